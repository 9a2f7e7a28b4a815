// The form that sets a model, and the run of it on the server: start, wait, stop, errors.
import { choice } from "./controls.js";
import { element } from "./page_parts.js";
import { allowed, looked, number, reading } from "./setting_words.js";

const MOST_RUNS = 50;

// `start(wanted)` is called with model, from, seed, runs and set when the reader runs it.
export function settingForm(box, models, start) {
  const modelOf = (id) => models.find((one) => one.id === id);
  let [model, from, controller, shown] = [models[0], "defaults", null, ""];
  const fields = new Map();
  const which = choice("Model", (id) => fill(modelOf(id), "defaults", []));
  const base = choice("Start from", (name) => fill(model, name, []));
  const whole = (id, label, least, most) => {
    const input = element("input", { type: "number", id, min: least, max: most, step: 1 });
    return { input, element: element("div", { class: "choice" }, element("label", { for: id }, label), input) };
  };
  const [seed, runs] = [whole("own-seed", "Seed", 0, 2 ** 53 - 1), whole("own-runs", `Runs (at most ${MOST_RUNS})`, 1, MOST_RUNS)];
  const grid = element("div", { class: "settings" });
  const run = element("button", { type: "submit", class: "run" }, "Run");
  const cancel = element("button", { type: "button", disabled: true, onclick: () => stop() }, "Cancel");
  const status = element("p", { class: "what", role: "status" });
  const problem = element("div", { class: "problem", role: "alert", hidden: true });
  const form = element("form", { "aria-labelledby": "h-own", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    start({ model: model.id, from, seed: seed.input.value || "0", runs: runs.input.value || "1", set: changed() });
  } },
  element("div", { class: "controls" }, which.element, base.element, seed.element, runs.element, run, cancel),
  status, problem,
  element("details", {}, element("summary", {}, "Parameters"), grid));
  box.replaceChildren(element("h2", { id: "h-own" }, "Run a model yourself"), form);
  box.hidden = false;

  // What stands in a field: numbers with few digits; a field left as it is runs the number in full.
  const written = (value) => (value === null ? "" : typeof value === "number" ? number(value) : String(value));
  const initial = (one) => {
    const scenario = model.scenarios.find((own) => own.name === from);
    return written(scenario && one.name in scenario.settings ? scenario.settings[one.name] : one.default);
  };

  // What differs from where the reader started, as name:value.
  function changed() {
    return model.parameters.map((one) => [one, fields.get(one.name).value.trim()])
      .filter(([one, text]) => text !== "" && text !== initial(one)).map(([one, text]) => `${one.name}:${text}`);
  }

  function fill(chosen, name, set) {
    [model, from] = [chosen, name];
    which.show(models.map((one) => [one.id, one.label]), model.id);
    base.show([["defaults", "defaults"], ...model.scenarios.map((one) => [one.name, one.label])], from);
    const given = new Map(set.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)]));
    fields.clear();
    grid.replaceChildren(...model.parameters.map((one) => field(one, given.get(one.name) ?? initial(one))));
  }

  function field(one, value) {
    const id = `set-${one.name}`;
    const choices = one.kind === "bool" ? ["true", "false"] : one.choices;
    const read = element("b", {});
    const tell = () => { read.textContent = reading(one.unit, input.value); };
    const hint = element("small", { id: `${id}-hint` }, read,
      [allowed(one), choices.length ? "" : one.unit].filter(Boolean).join(" · "),
      element("span", {}, ` ${one.meaning}`));
    const [least, most] = one.limits || [null, null];
    const input = choices.length
      ? element("select", { id, "aria-describedby": hint.id }, ...choices.map((text) => new Option(text, text)))
      : element("input", one.kind === "str"
        ? { type: "text", id, "aria-describedby": hint.id }
        : { type: "number", id, min: least, max: most, step: one.kind === "int" ? 1 : "any", "aria-describedby": hint.id, placeholder: one.default === null ? "no limit" : "" });
    input.value = value;
    input.addEventListener("input", tell);
    tell();
    fields.set(one.name, input);
    return element("div", { class: "choice" }, element("label", { for: id }, one.name.replaceAll("_", " ")), input, hint);
  }

  function show(now) {
    const key = JSON.stringify([now.model, now.from, now.seed, now.runs, now.set]);
    if (key === shown) return;
    shown = key;
    fill(modelOf(now.model), now.from, now.set);
    seed.input.value = now.seed;
    runs.input.value = now.runs;
  }

  // The model and scenario that the reader looks at, unless there is something typed to lose.
  function follow(id, name) {
    if (model.id === id && from === name) return;
    if (!changed().length && !fieldsAmiss().length) fill(modelOf(id), name, []);
  }

  function stop() {
    if (controller) controller.abort();
  }

  // Fields with what cannot be meant: label, input, and the parameter (seed and runs have none).
  function fieldsAmiss() {
    const all = [["Seed", seed.input, null], ["Runs", runs.input, null],
      ...model.parameters.map((one) => [one.name.replaceAll("_", " "), fields.get(one.name), one])];
    return all.filter(([, input]) => !input.validity.valid);
  }

  // Rows from the server; null when it refused, or the reader stopped it: the form then says so.
  async function run_(now) {
    stop();
    const own = new AbortController();
    controller = own;
    problem.hidden = true;
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    const [amiss] = fieldsAmiss();
    if (amiss) {
      mark(amiss[1]);
      refuse(looked(...amiss));
      return null;
    }
    cancel.disabled = false;
    const began = performance.now();
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
    const tell = () => { status.textContent = `Running, ${Math.floor(seconds())} s …`; };
    tell();
    const timer = setInterval(tell, 1000);
    try {
      const answer = await fetch(new URL(`${document.body.dataset.api}simulate`, location.href), {
        method: "POST", signal: own.signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked(now)),
      });
      const content = await answer.json().catch(() => ({ what: `The server answered ${answer.status}.` }));
      if (!answer.ok) {
        refuse(content, answer.headers.get("Retry-After"));
        return null;
      }
      const thinned = content.every > 1 ? `, one of ${content.every} recorded times` : "";
      status.textContent = `Done in ${seconds()} s: ${content.rows.length.toLocaleString("en")} rows${thinned}.`;
      return content.rows;
    } catch (error) {
      if (controller === own) status.textContent = "";
      if (error.name !== "AbortError") refuse({ what: "The server could not be reached.", remedy: "Try again." });
      else if (controller === own) status.textContent = "Stopped; nothing was computed.";
      return null;
    } finally {
      clearInterval(timer);
      if (controller === own) {
        controller = null;
        cancel.disabled = true;
      }
    }
  }

  function mark(input) {
    input.setAttribute("aria-invalid", "true");
    input.closest("details")?.setAttribute("open", "");
  }

  // Parameters that the server names are called as their fields are, and marked.
  function refuse({ what, remedy }, wait) {
    status.textContent = "Not run; what was shown before stays.";
    for (const [name, input] of fields) if (what.includes(`'${name}'`)) mark(input);
    const named = (text) => text.replace(/'([a-z]+(?:_[a-z]+)*)'/g, (whole, name) => (fields.has(name) ? `“${name.replaceAll("_", " ")}”` : whole));
    problem.replaceChildren(
      element("p", {}, element("strong", {}, named(what))),
      remedy ? element("p", {}, named(remedy)) : "",
      wait ? element("p", {}, `The server has room again in about ${wait} seconds.`) : "",
    );
    problem.hidden = false;
  }

  return { run: run_, show, follow, stop };
}

// The request: numbers as numbers, words as words; what cannot be read is left to the server to refuse.
function asked(now) {
  const typed = (text) => {
    if (text === "true" || text === "false") return text === "true";
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  };
  const parameters = Object.fromEntries(now.set.map((text) => [text.slice(0, text.indexOf(":")), typed(text.slice(text.indexOf(":") + 1))]));
  const scenario = now.from === "defaults" ? {} : { scenario: now.from };
  return { model: now.model, ...scenario, parameters, seed: typed(now.seed), runs: typed(now.runs) };
}
