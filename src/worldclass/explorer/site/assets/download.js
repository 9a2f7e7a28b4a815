// Take away what a figure shows: its numbers, its picture, its citation, its place in another page.
import { element } from "./page_parts.js";
import { drawn, viewOf } from "./vega_view.js";

export function offerTools(box, content) {
  const name = () => `worldclass-${box.id}`;
  const tool = (text, label, work) =>
    element("button", { type: "button", "data-tool": text.toLowerCase(), "aria-label": label, onclick: work }, text);
  box.querySelector(".tools").replaceChildren(
    tool("CSV", "Download the numbers as CSV", () => save(`${name()}.csv`, csv(content().rows), "text/csv")),
    tool("PNG", "Download the picture as PNG", () => picture(content(), `${name()}.png`)),
    tool("SVG", "Download the picture as SVG", () => picture(content(), `${name()}.svg`)),
    tool("Cite", "Show how to cite this", () => dialog("How to cite this", content().citation())),
    tool("Embed", "Show how to embed this chart", () => dialog("Embed this chart", frame(box.id, content()))),
    tool("Link", "Show the address of this view", () => dialog("Address of this view", content().address())),
  );
}

// Tidy rows as CSV; the columns are those of the first row.
export function csv(rows) {
  const columns = Object.keys(rows[0] || {});
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((line) => `${line.map(cell).join(",")}\n`).join("");
}

export function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// The picture with its words around it, always on light paper.
async function picture(shown, name) {
  const own = { ...shown, ...shown.download };
  const specification = own.charts[own.layout];
  const data = typeof own.data === "function" ? own.data(own.layout, specification) : own.data;
  const stage = document.createElement("div");
  const view = await viewOf(stage, framed(drawn(specification, { ...own.fixed, ...data }), own));
  if (name.endsWith(".svg")) {
    save(name, new XMLSerializer().serializeToString(stage.querySelector("svg")), "image/svg+xml");
  } else {
    const canvas = await view.toCanvas(2);
    save(name, await new Promise((done) => canvas.toBlob(done, "image/png")), "image/png");
  }
  view.finalize();
}

// Title above and note below, as charts/picture.py frames a chart.
function framed(specification, own) {
  const { config, datasets, $schema, description, ...chart } = specification;
  const width = own.layout === "phone" ? 340 : 960;
  const characters = width / 6;
  const foot = {
    text: wrapped(`${own.note} ${own.address()}`, characters * 1.1), orient: "bottom", anchor: "start",
    fontSize: 10, fontWeight: "normal", color: config.axis.labelColor, lineHeight: 13, offset: 10,
  };
  const title = { text: wrapped(own.title, characters * 0.72), subtitle: wrapped(own.what, characters) };
  return { $schema, config, datasets, description, title, vconcat: [{ vconcat: [chart], title: foot }] };
}

function wrapped(text, characters) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 1 > characters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

function frame(id, own) {
  const url = new URL(own.address());
  url.searchParams.set("embed", id);
  return `<iframe src="${url.href.replaceAll("&", "&amp;")}" title="${own.title.replaceAll('"', "&quot;")}" width="100%" height="620" loading="lazy"></iframe>`;
}

// A text to copy.
export function dialog(title, text) {
  const area = element("textarea", { readonly: true, rows: 5, "aria-label": title }, text);
  const copy = element("button", {
    type: "button",
    onclick: async () => {
      area.select();
      try {
        await navigator.clipboard.writeText(text);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "Press Ctrl+C";
      }
    },
  }, "Copy");
  const close = element("button", { type: "button", onclick: () => box.close() }, "Close");
  const box = element("dialog", { "aria-label": title, onclose: () => box.remove() },
    element("h2", {}, title), area, element("p", {}, copy, close));
  document.body.append(box);
  box.showModal();
}
