// Turns the static pictures of results into live charts. Comes with the first result of a notebook.
(async (options) => {
  "use strict";
  const RESULTS = `.worldclass-result[data-library="${options.key}"]`;
  const name = `worldclass ${options.key}`;
  if (window[name]) return window[name]();
  window[name] = () => {}; // on its way: results that come meanwhile are found below

  const media = matchMedia("(prefers-color-scheme: dark)");

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  // JupyterLab and VS Code say whether they are dark; elsewhere the ground behind the result does.
  function isDark(place) {
    const { jpThemeLight, vscodeThemeKind } = document.body.dataset;
    if (jpThemeLight) return jpThemeLight === "false";
    if (vscodeThemeKind) return /dark$|high-contrast$/.test(vscodeThemeKind);
    for (let node = place; node; node = node.parentElement) {
      const [red, green, blue, alpha = 1] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g).map(Number);
      if (alpha > 0.5) return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
    }
    return media.matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
  }

  async function draw(place) {
    const dark = isDark(place);
    place.dataset.drawn = dark ? "dark" : "light";
    const held = place.querySelector('script[type="application/x-worldclass-chart"]');
    if (!held) return;
    const stage = document.createElement("div");
    await window.worldclassEmbed(stage, JSON.parse(await unpack(held.textContent)), {
      mode: "vega-lite",
      renderer: "svg",
      ast: true, // expressions are interpreted: no text becomes a program
      actions: { export: true, source: false, compiled: false, editor: false },
      downloadFileName: place.dataset.name,
      loader: { load: () => Promise.reject(new Error("no outside requests")) },
      tooltip: { theme: dark ? "dark" : "light" },
    });
    settle(place, stage, dark);
  }

  // The live chart takes the place of the static picture, and its name.
  function settle(place, stage, dark) {
    const figure = place.querySelector(".worldclass-picture");
    const svg = stage.querySelector("svg.marks");
    figure.dataset.name ||= figure.querySelector("img").alt;
    svg.style.maxWidth = "100%";
    svg.style.height = "auto";
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", figure.dataset.name);
    for (const part of svg.children) part.setAttribute("aria-hidden", "true");
    for (const menu of stage.querySelectorAll("summary")) menu.setAttribute("aria-label", "Save this picture");
    place.classList.toggle("worldclass-dark", dark);
    figure.replaceChildren(stage);
  }

  function drawNew() {
    for (const place of document.querySelectorAll(`${RESULTS}:not([data-drawn])`)) draw(place);
  }

  function drawAgain() {
    for (const place of document.querySelectorAll(`${RESULTS}[data-drawn]`))
      if (place.dataset.drawn !== (isDark(place) ? "dark" : "light")) draw(place);
  }

  try {
    const packed = document.querySelector(`script[type="application/x-worldclass-library-${options.key}"]`);
    const script = document.createElement("script");
    script.textContent = await unpack(packed.textContent);
    document.head.append(script);
    script.remove();
    const style = document.createElement("style");
    style.textContent = options.style;
    document.head.append(style);
  } catch (error) {
    delete window[name]; // static pictures stay; the next result that brings the libraries tries again
    throw error;
  }
  window[name] = drawNew;
  drawNew();
  new MutationObserver(drawAgain).observe(document.body, {
    attributeFilter: ["class", "data-jp-theme-light", "data-vscode-theme-kind"],
  });
  media.addEventListener("change", drawAgain);
})({/* OPTIONS */});
