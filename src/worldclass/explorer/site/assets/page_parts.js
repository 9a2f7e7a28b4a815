// Small pieces of pages: elements, tables, waiting.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made[key] = value;
    else if (key === "class") made.className = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// A table like those of the static page: the first column heads the row, numbers stand right.
// A cell is a text, or an element such as a link.
export function table(caption, header, rows, textColumns = 1) {
  const cell = (content, i) => i === 0
    ? element("th", { scope: "row" }, content)
    : element("td", { class: i >= textColumns ? "n" : null }, content);
  return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...header.map((name, i) =>
        element("th", { scope: "col", class: i >= textColumns ? "n" : null }, name)))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell))))));
}

// Says on the page that something could not be done.
export function complain(error) {
  console.error(error);
  let box = document.getElementById("complaint");
  if (!box) {
    box = element("p", { id: "complaint", role: "alert" });
    document.querySelector(".lead").after(box);
  }
  box.textContent = `${error.message} The tables of this page hold its numbers all the same.`;
}

// Work under way: the page says `data-busy` while there is any.
let working = 0;
function busy(step) {
  working += step;
  if (working) document.body.dataset.busy = "";
  else delete document.body.dataset.busy;
}

// The last call wins, and only after a pause: for work that a slider must not wait for.
export function later(milliseconds, work) {
  let timer = 0;
  return (...given) => {
    if (timer) clearTimeout(timer);
    else busy(1);
    timer = setTimeout(() => {
      timer = 0;
      try {
        work(...given);
      } finally {
        busy(-1);
      }
    }, milliseconds);
  };
}

// Runs a job for the newest state only; what an older one finds is dropped.
export function newest(job) {
  let turn = 0;
  return async (...given) => {
    const own = ++turn;
    busy(1);
    try {
      await job(() => own === turn, ...given);
    } catch (error) {
      complain(error);
    } finally {
      busy(-1);
    }
  };
}
