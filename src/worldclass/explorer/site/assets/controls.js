// Controls with labels: a choice, a few buttons, a year with play, several places.
import { element } from "./page_parts.js";

let count = 0;
const fresh = (name) => `${name}-${++count}`;

// A list to choose from; options are [value, text] or { label, options } for a group.
export function choice(label, onchange) {
  const id = fresh("choice");
  const select = element("select", { id, onchange: () => onchange(select.value) });
  const option = ([value, text]) => new Option(text, value);
  return {
    element: element("div", { class: "choice" }, element("label", { for: id }, label), select),
    show(options, value) {
      const key = JSON.stringify(options);
      if (select.dataset.key !== key) {
        select.replaceChildren(...options.map((entry) => Array.isArray(entry)
          ? option(entry)
          : element("optgroup", { label: entry.label }, ...entry.options.map(option))));
        select.dataset.key = key;
      }
      select.value = value;
    },
  };
}

// A few alternatives side by side.
export function buttons(label, options, onchange) {
  const name = fresh("buttons");
  const inputs = options.map(([value]) =>
    element("input", { type: "radio", name, value, id: `${name}-${value}`, onchange: () => onchange(value) }));
  const labelled = options.map(([value, text], i) =>
    element("label", { for: `${name}-${value}` }, inputs[i], element("span", {}, text)));
  return {
    element: element("fieldset", { class: "buttons" }, element("legend", {}, label), element("div", {}, ...labelled)),
    show(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

// A year, by slider or by playing through them; while it moves, nothing enters the history.
export function year(label, years, onchange) {
  const id = fresh("year");
  const [first, last] = [years[0], years[years.length - 1]];
  const shown = element("output", { for: id });
  let timer = 0;
  const slider = element("input", {
    type: "range", id, min: first, max: last, step: 1,
    oninput: () => { stop(); onchange(Number(slider.value), true); },
    onchange: () => onchange(Number(slider.value), false),
  });
  const play = element("button", { type: "button", class: "play", onclick: () => (timer ? stop(true) : start()) });
  const name = () => {
    play.textContent = timer ? "Stop" : "Play";
    play.setAttribute("aria-label", timer ? "Stop at this year" : "Play through the years");
  };

  function start() {
    if (Number(slider.value) >= last) move(first);
    timer = setInterval(() => {
      const next = Number(slider.value) + 1;
      if (next > last) return stop(true);
      return move(next);
    }, 500);
    name();
  }

  function move(value) {
    slider.value = value;
    onchange(value, true);
  }

  function stop(settled) {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    name();
    if (settled) onchange(Number(slider.value), false);
  }

  name();
  return {
    element: element("div", { class: "year" }, element("label", { for: id }, label), slider, shown, play),
    show(value) {
      slider.value = value;
      shown.textContent = value;
    },
  };
}

// One of some ordered values, by slider; `words` writes a value for readers.
export function steps(label, onchange) {
  const id = fresh("steps");
  const shown = element("output", { for: id });
  let [values, words] = [[], String];
  const name = (text) => {
    shown.textContent = words(text);
    slider.setAttribute("aria-valuetext", words(text));
  };
  const slider = element("input", {
    type: "range", id, min: 0, step: 1,
    oninput: () => onchange(values[Number(slider.value)], true),
    onchange: () => onchange(values[Number(slider.value)], false),
  });
  return {
    element: element("div", { class: "year steps" }, element("label", { for: id }, label), slider, shown),
    show(all, value, writer) {
      [values, words] = [all, writer];
      slider.max = all.length - 1;
      slider.value = all.indexOf(value);
      name(value);
    },
  };
}

// Several of a list, at most so many: add by choosing, take away by pressing.
export function several(label, most, onchange) {
  const id = fresh("several");
  const select = element("select", { id, onchange: () => onchange([...chosen, select.value]) });
  const list = element("ul", { class: "chosen", "aria-label": `${label}, chosen` });
  let chosen = [];
  return {
    element: element("div", { class: "several" },
      element("div", { class: "choice" }, element("label", { for: id }, label), select), list),
    show(options, values) {
      chosen = values;
      const flat = options.flatMap((entry) => (Array.isArray(entry) ? [entry] : entry.options));
      const texts = new Map(flat);
      const free = (entries) => entries.filter(([value]) => !values.includes(value)).map(([value, text]) => new Option(text, value));
      const hint = new Option(values.length < most ? "Add …" : `At most ${most}`, "", true, true);
      select.replaceChildren(hint, ...options.map((entry) => Array.isArray(entry)
        ? free([entry])[0]
        : element("optgroup", { label: entry.label }, ...free(entry.options))).filter(Boolean));
      select.disabled = values.length >= most;
      list.replaceChildren(...values.map((value) => element("li", {},
        element("button", {
          type: "button",
          "aria-label": `Remove ${texts.get(value)}`,
          disabled: values.length === 1,
          onclick: () => onchange(chosen.filter((other) => other !== value)),
        }, `${texts.get(value)} ×`))));
    },
  };
}

// Places as groups for a choice: aggregates, then countries.
export const placeOptions = (catalogue) => [false, true].map((country) => ({
  label: country ? "Countries" : "World and regions",
  options: catalogue.places.filter((place) => place.country === country).map((place) => [place.code, place.name]),
}));

// The form above the figures, shown once its controls are in it.
export function fillForm(...controls) {
  const form = document.querySelector(".controls");
  form.onsubmit = (event) => event.preventDefault();
  form.replaceChildren(...controls.map((control) => control.element));
  form.hidden = false;
}
