// Compare: places × classes of any theories, in small multiples.
import { figure, patched } from "../charts.js";
import { buttons, choice, fillForm, placeOptions, several, year as yearControl } from "../controls.js";
import { WHOM, estimate, placeRows, shard } from "../data.js";
import { endLabels } from "../labels.js";
import { persons, personsInterval, share, shareInterval, writers } from "../numbers.js";
import { citation, showNumber } from "../number.js";
import { element, later, newest, table } from "../page_parts.js";
import { atlasFields, openState } from "../state.js";

const MOST = 6;

export async function start(catalogue) {
  const charts = await shard("charts/compare.json.gz");
  const pairs = catalogue.theories.flatMap((theory) => theory.classes.map((klass) => `${theory.id}/${klass.id}`));
  const first = document.body.dataset;
  const { place, measure, sex, year } = atlasFields(catalogue, ["place", "measure", "sex", "year"]);
  const state = openState({
    places: { values: place.values, initial: first.places.split(","), list: true, most: MOST },
    classes: { values: pairs, initial: first.classes.split(","), list: true, most: MOST },
    panels: { values: ["classes", "places"], initial: "classes" },
    measure,
    sex,
    scale: { values: ["common", "own"], initial: "common" },
    year,
  }, (now, names) => render(now, names));

  const controls = {
    places: several("Places", MOST, (places) => state.set({ places })),
    classes: several("Classes", MOST, (classes) => state.set({ classes })),
    measure: choice("Measure", (measure) => state.set({ measure })),
    panels: buttons("One panel for each", [["classes", "Class"], ["places", "Place"]], (panels) => state.set({ panels })),
    scale: buttons("Scale", [["common", "Common"], ["own", "Own"]], (scale) => state.set({ scale })),
    sex: buttons("Sex", catalogue.sexes.map((one) => [one.id, one.label]), (sex) => state.set({ sex })),
    year: yearControl("Year of the table", catalogue.years, (year, moving) => state.set({ year }, { replace: moving })),
  };
  fillForm(...Object.values(controls));
  const panels = figure("panels");
  const places = placeOptions(catalogue);
  const classes = catalogue.theories.map((theory) => ({
    label: theory.label,
    options: theory.classes.map((klass) => [`${theory.id}/${klass.id}`, `${klass.label} (${theory.short})`]),
  }));

  function showControls(now) {
    controls.places.show(places, now.places);
    controls.classes.show(classes, now.classes);
    controls.measure.show(catalogue.measures.map((one) => [one.id, one.label]), now.measure);
    for (const name of ["panels", "scale", "sex", "year"]) controls[name].show(now[name]);
  }

  // Every line: which panel it is in, and its name there.
  function lines(now) {
    return now.classes.flatMap((pair, c) => now.places.map((code, p) => {
      const [theory, klass] = pair.split("/");
      const own = catalogue.class(theory, klass);
      const [className, placeName] = [`${own.label} (${catalogue.theory(theory).short})`, catalogue.place(code).name];
      return now.panels === "classes"
        ? { theory, klass, code, own, panel: className, place: c, line: placeName, hue: p }
        : { theory, klass, code, own, panel: placeName, place: p, line: className, hue: c };
    }));
  }

  // The same vertical scale in every panel, where the reader wants it.
  function specifications(now, top) {
    const plain = charts[now.measure];
    if (now.scale === "own") return plain;
    return patched(plain, (node) => node.field === "low" && node.scale, ({ scale }) => ({ scale: { ...scale, domain: [0, top] } }));
  }

  function showPanels(now, rows) {
    const measure = catalogue.measure(now.measure);
    const whom = WHOM[now.sex];
    const points = [];
    const tidy = [];
    for (const one of lines(now)) {
      for (const year of catalogue.years) {
        const row = rows.get(one.code)(one.theory, one.klass, now.sex, year);
        tidy.push(row);
        const numbers = estimate(row, measure);
        if (numbers.value === null) continue;
        const { panel, place, line, hue, theory, klass, code, own } = one;
        points.push({ panel, place, line, hue, theory, klass, code, year, shown: own.bounds ? 0 : 1, ...numbers });
      }
    }
    const top = Math.max(...points.map((point) => point.high ?? point.value)) || 1;
    const [write, between] = writers(measure);
    const last = points.filter((point) => point.year === catalogue.years.at(-1));
    const names = [...new Set(points.map((point) => point.panel))];
    const title = `${catalogue.years[0]}–${catalogue.years.at(-1)}${whom}, ${measure.axis}`;
    const labels = (height) => names.flatMap((name) => endLabels(
      points.filter((point) => point.panel === name), measure, height, now.scale === "common" ? top : undefined,
    ));
    const theory = catalogue.theory(now.classes[0].split("/")[0]);
    return panels.show({
      title,
      rows: tidy,
      charts: specifications(now, top),
      key: JSON.stringify([now.scale, now.measure, names, now.scale === "common" ? top : 0]),
      data: (layout, specification) => ({ lines: [...points, ...labels(specification.spec.height)] }),
      what: `One panel a ${now.panels === "classes" ? "class" : "place"}; line: central estimate, band: 5–95 %. ` +
        (now.scale === "common" ? "All panels have one scale." : "Every panel has its own scale."),
      note: theory.footnote,
      description: `Small multiples, ${measure.axis}. In ${catalogue.years.at(-1)}: ${last.map((point) =>
        `${point.panel}, ${point.line}: ${point.shown ? write(point.value) : ""} (${between(point.low, point.high)})`).join("; ")}.`,
      address: state.address,
      citation: () => citation(catalogue, theory.id, title, state.address()),
      hover: (datum) => datum.code && showNumber(catalogue, rows.get(datum.code)(datum.theory, datum.klass, now.sex, datum.year)),
    });
  }

  const showTable = later(100, (now, rows) => {
    const adults = catalogue.measure("share_adults");
    const found = lines(now).map(({ theory, klass, code, own }) => {
      const row = rows.get(code)(theory, klass, now.sex, now.year);
      const { value, low, high } = estimate(row, adults);
      return [
        catalogue.place(code).name, own.label, catalogue.theory(theory).short,
        own.bounds ? "–" : persons(row.persons), personsInterval(row.persons_p05, row.persons_p95),
        own.bounds ? "–" : share(value), shareInterval(low, high),
      ];
    });
    const whom = WHOM[now.sex];
    const header = ["Place", "Class", "Theory", "Persons", "5–95 %", "% of adults", "5–95 %"];
    document.getElementById("table").replaceChildren(
      table(`Compared, ${now.year}${whom}`, header, found, 3),
      element("p", { class: "note" }, catalogue.theories[0].footnote),
    );
  });

  const render = newest(async (current, now, names) => {
    showControls(now);
    const found = await Promise.all(now.places.map(async (code) => [code, await placeRows(code)]));
    if (!current()) return;
    const rows = new Map(found);
    const [theory, klass] = now.classes[0].split("/");
    showNumber(catalogue, rows.get(now.places[0])(theory, klass, now.sex, now.year));
    showTable(now, rows);
    if (!(names && names.size === 1 && names.has("year"))) await showPanels(now, rows);
  });

  await render(state.get());
}
