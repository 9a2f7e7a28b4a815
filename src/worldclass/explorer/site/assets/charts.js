// Live charts: a figure with heading, picture, note and tools.
import { offerTools } from "./download.js";
import { drawn, viewOf } from "./vega_view.js";

// Where a picture laid out for a wide page would have type too small to read; the one for a phone
// may grow instead.
export const phone = matchMedia("(max-width: 760px)");
const MOST_GROWTH = 1.6;

// A figure of the page by its id. `show` draws it or, where only its numbers changed, feeds it.
//
// content: { charts: { wide, phone }, key (when the charts are made anew each time), data: { name: rows }, fixed: { name: rows that never change },
//            title, what, note, description, rows (of the atlas, for CSV), citation,
//            hover(datum), press(datum) }; `data` may be a function of the layout and the
// specification. A chart whose marks only change colour may have `repaint(svg)`, which is then
// called instead of feeding it, and `download` with the charts and data of its file.
export function figure(id) {
  const box = document.getElementById(id);
  const part = (name) => box.querySelector(name);
  let [view, key, content, busy] = [null, null, null, Promise.resolve()];

  async function draw(own) {
    const layout = phone.matches ? "phone" : "wide";
    const specification = own.charts[layout];
    const name = own.key ? `${layout} ${own.key}` : specification;
    const data = typeof own.data === "function" ? own.data(layout, specification) : own.data;
    words(own);
    if (view && key === name && own.repaint) {
      own.repaint(box.querySelector("div.picture svg"));
    } else if (view && key === name) {
      for (const [part, rows] of Object.entries(data)) view.data(part, rows);
      await view.runAsync();
    } else {
      const stage = document.createElement("div");
      const whole = drawn(specification, { ...own.fixed, ...data });
      const next = await viewOf(stage, whole, { tooltip: (_, event, item, value) => tip(event, item, value) });
      next.addEventListener("click", (event, item) => item && item.datum && content.press && content.press(item.datum));
      if (view) view.finalize();
      [view, key] = [next, name];
      settle(stage, layout === "phone" ? MOST_GROWTH : 1);
      if (own.repaint) own.repaint(box.querySelector("div.picture svg"));
    }
    box.querySelector("div.picture svg").setAttribute("aria-label", own.description || own.title);
    box.hidden = false;
  }

  function words(own) {
    part("h2").textContent = own.title;
    part(".what").textContent = own.what;
    part("figcaption").textContent = own.note;
  }

  function settle(stage, growth) {
    const svg = stage.querySelector("svg");
    svg.style.maxWidth = `${growth * Number(svg.getAttribute("width"))}px`;
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("role", "img");
    for (const child of svg.children) child.setAttribute("aria-hidden", "true");
    part("div.picture").replaceChildren(stage);
  }

  function tip(event, item, value) {
    showTip(event, value);
    if (value && item.datum && content.hover) content.hover(item.datum);
  }

  function show(own) {
    content = own;
    // One drawing at a time; of those that wait, only the newest is drawn.
    busy = busy.then(() => (content === own ? draw(own) : null));
    return busy;
  }

  phone.addEventListener("change", () => content && show(content));
  offerTools(box, () => ({ ...content, layout: phone.matches ? "phone" : "wide" }));
  return { show, hide: () => { box.hidden = true; } };
}

let tipBox = null;
function showTip(event, value) {
  if (!tipBox) {
    tipBox = document.createElement("div");
    tipBox.id = "tip";
    tipBox.setAttribute("aria-hidden", "true"); // the panel of the number says the same
    document.body.append(tipBox);
  }
  tipBox.hidden = !value;
  if (!value) return;
  tipBox.replaceChildren(...Object.entries(value).map(([name, text]) => {
    const line = document.createElement("p");
    const term = document.createElement("span");
    term.textContent = name;
    line.append(term, String(text));
    return line;
  }));
  const { width, height } = tipBox.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - width - 8);
  const top = event.clientY + height + 24 > innerHeight ? event.clientY - height - 12 : event.clientY + 14;
  tipBox.style.left = `${Math.max(8, left)}px`;
  tipBox.style.top = `${Math.max(8, top)}px`;
}

// Replace parts of a specification: every object that passes the test is given the new entries.
export function patched(node, test, entries) {
  if (Array.isArray(node)) return node.map((child) => patched(child, test, entries));
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, child]) => [name, patched(child, test, entries)]));
  return test(node) ? Object.assign(copy, entries(copy)) : copy;
}
