// Data & methods: the origin of one number, which the address names.
import { choice, fillForm, placeOptions } from "../controls.js";
import { ask, placeRows } from "../data.js";
import { namedFlow, showFlow } from "../flow_origin.js";
import { persons, personsInterval, share, unbroken } from "../numbers.js";
import { showNumber, told } from "../number.js";
import { element, newest, table } from "../page_parts.js";
import { openState } from "../state.js";

export async function start(catalogue) {
  const flow = await namedFlow(catalogue);
  if (flow) {
    document.getElementById("number").hidden = false;
    showFlow(flow);
    return;
  }
  const ids = (entries, key = "id") => entries.map((entry) => entry[key]);
  const state = openState({
    theory: { values: ids(catalogue.theories), initial: catalogue.theories[0].id },
    class: {
      values: ({ theory }) => ids(catalogue.theory(theory).classes),
      initial: ({ theory }) => catalogue.theory(theory).focus,
    },
    place: { values: ids(catalogue.places, "code"), initial: "WORLD" },
    year: { values: catalogue.years, initial: catalogue.years.at(-1), number: true },
    sex: { values: ids(catalogue.sexes), initial: "total" },
  }, (now) => render(now));
  const controls = {
    theory: choice("Theory", (theory) => state.set({ theory })),
    class: choice("Class", (klass) => state.set({ class: klass })),
    place: choice("Place", (place) => state.set({ place })),
    year: choice("Year", (year) => state.set({ year: Number(year) })),
    sex: choice("Sex", (sex) => state.set({ sex })),
  };
  fillForm(...Object.values(controls));
  document.getElementById("number").hidden = false;
  const places = placeOptions(catalogue);
  const years = [...catalogue.years].reverse().map((year) => [String(year), String(year)]);

  function showControls(now) {
    controls.theory.show(catalogue.theories.map((one) => [one.id, one.label]), now.theory);
    controls.class.show(catalogue.theory(now.theory).classes.map((one) => [one.id, one.label]), now.class);
    controls.place.show(places, now.place);
    controls.year.show(years, String(now.year));
    controls.sex.show(catalogue.sexes.map((one) => [one.id, one.label]), now.sex);
  }

  // How to compute the number again, from the command line and from Python.
  function again(now) {
    const { theory, class: klass, place, year, sex } = now;
    return [
      element("h3", {}, "Compute it again"),
      element("pre", {}, element("code", {},
        `worldclass atlas --theory ${theory} --country ${place} --year ${year} --sex ${sex} --out number.csv\n` +
        `worldclass atlas --theory ${theory} --country ${place} --year ${year} --explain ${klass}\n\n` +
        `import worldclass as wc\n` +
        `wc.atlas("${theory}", country="${place}", year=${year}, sex="${sex}")\n` +
        `wc.contributions("${theory}", "${klass}", country="${place}", year=${year}, sex="${sex}")`)),
    ];
  }

  function chain(now, row) {
    const theory = catalogue.theory(now.theory);
    const klass = catalogue.class(now.theory, now.class);
    const words = told(catalogue, row);
    return element("ol", {},
      element("li", {}, `Published totals of ${catalogue.place(now.place).name}, ${now.year}: persons by sex and age, labour force, status, sector, incomes (Sources, below). No source measured ${words.imputed} of what decides this number; that part is carried over or estimated from other countries.`),
      element("li", {}, "Assumptions fill what the totals leave open; each has a central value and a range (Assumptions, below)."),
      element("li", {}, `The rule of “${klass.label}” counts who belongs: ${klass.description} (theory “${theory.label}”, after ${theory.citation.replace(/\s+/g, " ")})`),
      element("li", {}, `${catalogue.draws} draws over all assumptions together give 5–95 %: ${personsInterval(row.persons_p05, row.persons_p95)} persons around ${klass.bounds ? "no central estimate" : persons(row.persons)}.`));
  }

  // What each assumption contributes: a computation, so only where a server answers.
  async function weights(now) {
    const answer = await ask("contributions", {
      theory: now.theory, class: now.class, country: now.place, year: now.year, sex: now.sex,
    });
    const rows = answer.rows.filter((row) => row.kind === "assumption").map((row) => [
      row.label, persons(row.low), persons(row.high), share(row.share_of_variance),
    ]);
    return table("What the number hangs on: persons with one assumption at its ends, the others central",
      ["Assumption", "At its 5th percentile", "At its 95th", "Share of variance"], rows);
  }

  const render = newest(async (current, now) => {
    showControls(now);
    const rows = await placeRows(now.place);
    if (!current()) return;
    const row = rows(now.theory, now.class, now.sex, now.year);
    showNumber(catalogue, row);
    const box = document.getElementById("origin");
    box.replaceChildren(chain(now, row), ...again(now));
    if (document.body.dataset.api) {
      const found = await weights(now);
      if (current()) box.append(found);
    }
  });

  await render(state.get());
}
