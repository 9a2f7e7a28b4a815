// Data & methods: the origin of one number, which the address names.
import { choice, fillForm, placeOptions } from "../controls.js";
import { address, ask, placeRows, shard } from "../data.js";
import { namedFlow, showFlow } from "../flow_origin.js";
import { persons, personsInterval, share, unbroken } from "../numbers.js";
import { showNumber, told } from "../number.js";
import { element, newest, table } from "../page_parts.js";
import { atlasFields, openState } from "../state.js";

export async function start(catalogue) {
  const flow = await namedFlow(catalogue);
  if (flow) {
    document.getElementById("number").hidden = false;
    showFlow(flow);
    return;
  }
  const state = openState(atlasFields(catalogue, ["theory", "class", "place", "year", "sex"]), (now) => render(now));
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
    const place = catalogue.place(now.place);
    const measured = row.imputed > 0
      ? `${words.imputed} of what decides this number was measured by no source for this place and year; that part is carried over or estimated from other countries.`
      : "Sources measured all of what decides this number.";
    return element("ol", {},
      element("li", {}, unbroken(`Published totals of ${place.sentence || place.name}, ${now.year}: persons by sex and age, labour force, status, sector, incomes (Sources, below). ${measured}`)),
      element("li", {}, "Assumptions fill what the totals leave open; each has a central value and a range (Assumptions, below)."),
      element("li", {}, `The rule of “${klass.label}” counts who belongs: ${klass.description} Theory “${theory.label}”, after ${theory.citation.replace(/\s+/g, " ")}`),
      element("li", {}, `${catalogue.draws} draws over all assumptions together give 5–95 %: ${personsInterval(row.persons_p05, row.persons_p95)} persons around ${klass.bounds ? "no central estimate" : persons(row.persons)}.`));
  }

  // What each assumption contributes: a computation, so that a static site has it for some numbers.
  async function weights(now) {
    const { api, weighed } = document.body.dataset;
    if (!api && !isHeadline(now)) return [elsewhere(now, weighed.split(","))];
    const { rows } = api
      ? await ask("contributions", { theory: now.theory, class: now.class, country: now.place, year: now.year, sex: now.sex })
      : await shard(`data/weights/${now.theory}/${now.place}.json.gz`);
    const cells = (kind) => rows.filter((row) => row.kind === kind && row.central !== null)
      .map((row) => [row.label, persons(row.low), persons(row.high), ...(kind === "definition" ? [] : [share(row.share_of_variance)])]);
    const together = rows.find((row) => row.central === null);
    const tables = [
      element("h3", {}, "What the number hangs on"),
      table("Persons with one assumption at its ends, the others central", ["Assumption", "At its 5th percentile", "At its 95th", "Share of variance"], [...cells("assumption"), ...cells("split")]),
      element("p", { class: "note" }, unbroken("Share of variance: how much of the spread over 1,024 draws of all assumptions goes with this one alone, known to about two points; " +
        `${together ? share(together.share_of_variance) : "the rest"} is due to assumptions acting together, and to sampling.`)),
    ];
    const definitions = cells("definition");
    if (definitions.length) tables.push(
      table("Persons with one definition at the ends of its range", ["Definition of the theory", "At its low end", "At its high end"], definitions),
      element("p", { class: "note" }, "Definitions are choices, not uncertainty: they are not in the interval."));
    return tables;
  }

  const isHeadline = (now) => document.body.dataset.weighed.split(",").includes(now.place) &&
    now.class === catalogue.theory(now.theory).focus && now.year === catalogue.years.at(-1) && now.sex === "total";

  function elsewhere(now, places) {
    const { label, focus } = catalogue.theory(now.theory);
    const links = places.flatMap((place, i) => {
      const query = new URLSearchParams({ theory: now.theory, class: focus, place });
      return [i ? ", " : "", element("a", { href: `${address("data.html")}?${query}#number` }, catalogue.place(place).name)];
    });
    return element("p", { class: "note" }, "How much each assumption contributes to this number: the second command above, or a site served by worldclass serve, computes it. " +
      `These files hold it for the class “${catalogue.class(now.theory, focus).label}” of the theory “${label}” in ${catalogue.years.at(-1)}: `, ...links, ".");
  }

  const render = newest(async (current, now) => {
    showControls(now);
    const rows = await placeRows(now.place);
    if (!current()) return;
    const row = rows(now.theory, now.class, now.sex, now.year);
    showNumber(catalogue, row);
    const box = document.getElementById("origin");
    box.replaceChildren(chain(now, row), ...again(now));
    const waiting = element("p", { class: "note", role: "status" }, "What the number hangs on is being computed …");
    box.append(waiting);
    try {
      const found = await weights(now);
      if (current()) box.append(...found);
    } finally {
      waiting.remove();
    }
  });

  await render(state.get());
}
