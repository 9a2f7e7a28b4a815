// Theory: move one parameter and see the classes change; a static site has each parameter's sweep
// with the others at their defaults, a server computes any setting.
import { figure } from "../charts.js";
import { choice, fillForm, placeOptions, steps } from "../controls.js";
import { ask, estimate, readingOrder, shard } from "../data.js";
import { curveLabels } from "../labels.js";
import { persons, personsInterval, share, shareInterval, writers } from "../numbers.js";
import { citation } from "../number.js";
import { newest, table } from "../page_parts.js";
import { openState } from "../state.js";

const MEASURES = ["share_population", "persons"];
const LIVE_DRAWS = 50;

export async function start(catalogue) {
  const [known, charts] = await Promise.all([shard("data/parameters.json.gz"), shard("charts/theory.json.gz")]);
  const theory = catalogue.theory(document.body.dataset.theory);
  const parameters = known[theory.id];
  const live = Boolean(document.body.dataset.api);
  if (!parameters.length) return; // nothing can be moved
  const find = (id) => parameters.find((one) => one.id === id);
  const written = (value) => String(value);
  const fields = {
    parameter: { values: parameters.map((one) => one.id), initial: (parameters.find((one) => !one.choice) || parameters[0]).id },
    place: { values: catalogue.places.map((one) => one.code), initial: "WORLD" },
    measure: { values: MEASURES, initial: "share_population" },
  };
  for (const one of parameters) fields[one.id] = { values: one.values.map(written), initial: written(one.default) };
  const state = openState(fields, (now, names) => render(now, names));

  // On a static site only one parameter moves: the others go back to their defaults.
  function move(id, value) {
    const others = live ? {} : Object.fromEntries(parameters.filter((one) => one.id !== id).map((one) => [one.id, written(one.default)]));
    return { ...others, [id]: written(value) };
  }

  const controls = {
    parameter: choice("Parameter", (parameter) => state.set(live ? { parameter } : { parameter, ...move(parameter, state.get()[parameter]) })),
    value: steps("Value", (value, moving) => state.set(move(state.get().parameter, value), { replace: moving })),
    place: choice("Place", (place) => state.set({ place })),
    measure: choice("Measure", (measure) => state.set({ measure })),
  };
  fillForm(...Object.values(controls));
  document.getElementById("live").hidden = false;
  const curves = figure("curves");
  const places = placeOptions(catalogue);

  function showControls(now) {
    const one = find(now.parameter);
    controls.parameter.show(parameters.map((own) => [own.id, `${own.id.replaceAll("_", " ")}: ${own.description}`]), now.parameter);
    controls.value.show(one.values.map(written), now[one.id], (text) => (one.choice ? text.replaceAll("-", " ") : `${Number(text).toLocaleString("en")} ${one.unit}`));
    controls.place.show(places, now.place);
    controls.measure.show(MEASURES.map((id) => [id, catalogue.measure(id).label]), now.measure);
  }

  // Rows of the sweep of a parameter in one place: value × class.
  async function swept(now) {
    const one = find(now.parameter);
    const others = parameters.filter((own) => own.id !== one.id && now[own.id] !== written(own.default));
    if (live && others.length) {
      const answer = await ask("sweep", {
        theory: theory.id, parameter: one.id, value: one.values.map(written), country: now.place, draws: LIVE_DRAWS,
        set: others.map((own) => `${own.id}=${now[own.id]}`),
      });
      return answer.rows.map((row) => ({ ...row, parameter: written(row[one.id]) }));
    }
    const found = await shard(`data/sweep/${theory.id}/${one.id}.json.gz`);
    const place = found.places.indexOf(now.place);
    return found.values.flatMap((value, v) => found.classes.map((klass, c) => {
      const at = (v * found.classes.length + c) * found.places.length + place;
      return {
        parameter: written(value), class: klass, country: now.place, year: found.year, sex: "total",
        persons: found.persons[at], persons_p05: found.persons_p05[at], persons_p95: found.persons_p95[at],
        share_population: found.share_population[at],
      };
    }));
  }

  function showSizes(now, rows) {
    const one = find(now.parameter);
    const at = (value) => rows.filter((row) => row.parameter === value);
    const [chosen, normal] = [at(now[one.id]), at(written(one.default))];
    const population = catalogue.measure("share_population");
    const found = readingOrder(theory).map((klass) => {
      const [here, there] = [chosen, normal].map((list) => list.find((row) => row.class === klass.id));
      const { value, low, high } = estimate(here, population);
      const change = here.persons - there.persons;
      return [
        klass.label + (klass.bounds ? " †" : ""),
        klass.bounds ? "–" : persons(here.persons), personsInterval(here.persons_p05, here.persons_p95),
        klass.bounds ? "–" : share(value), shareInterval(low, high),
        klass.bounds ? "–" : Math.abs(change) < 1 ? "0" : `${change > 0 ? "+" : "−"}${persons(Math.abs(change))}`,
      ];
    });
    const { name, sentence } = catalogue.place(now.place);
    const header = ["Class", "Persons", "5–95 %", "% of population", "5–95 %", "Against the default"];
    document.getElementById("sizes").replaceChildren(table(`Classes of ${sentence || name}, ${rows[0].year}`, header, found));
    const others = parameters.filter((own) => own.id !== one.id && now[own.id] !== written(own.default));
    document.getElementById("moved").textContent = `${one.id.replaceAll("_", " ")} = ${one.choice ? now[one.id] : Number(now[one.id]).toLocaleString("en")} ${one.unit}. ${one.description} ` +
      (others.length ? `Also set: ${others.map((own) => `${own.id} = ${now[own.id]}`).join(", ")}. ` : "") +
      (live ? "" : "All other parameters are at their defaults.");
  }

  function showCurves(now, rows) {
    const one = find(now.parameter);
    if (one.choice) {
      curves.hide();
      return null;
    }
    const measure = catalogue.measure(now.measure);
    const points = rows.map((row) => {
      const klass = catalogue.class(theory.id, row.class);
      return klass && !klass.neutral && { label: klass.label, colour: klass.colour, parameter: Number(row.parameter), shown: klass.bounds ? 0 : 1, ...estimate(row, measure) };
    }).filter((point) => point && point.value !== null);
    const [write] = writers(measure);
    const place = catalogue.place(now.place).name;
    const title = `Classes by the parameter “${one.id.replaceAll("_", " ")}”: ${place}, ${rows[0].year}`;
    const settings = [{ parameter: one.default, name: "default" }];
    if (Number(now[one.id]) !== one.default) settings.push({ parameter: Number(now[one.id]), name: "chosen" });
    return curves.show({
      title,
      rows: rows.map(({ parameter, ...row }) => ({ theory: theory.id, parameter: one.id, setting: parameter, ...row })),
      charts: charts[now.measure],
      data: (layout, specification) => ({ curves: points, settings, curve_labels: curveLabels(points, specification.height) }),
      what: `Across: ${one.id.replaceAll("_", " ")}, ${one.unit}. Up: ${measure.axis}; line: central estimate, band: 5–95 %.`,
      note: theory.footnote.replace(/of \d+ draws/, `of ${live ? "the" : 100} draws`),
      description: `${title}. At ${now[one.id]}: ${points.filter((point) => point.parameter === Number(now[one.id]))
        .map((point) => `${point.label} ${write(point.value)}`).join(", ")}.`,
      address: state.address,
      citation: () => citation(catalogue, theory.id, title, state.address()),
    });
  }

  const render = newest(async (current, now) => {
    showControls(now);
    const rows = await swept(now);
    if (!current()) return;
    showSizes(now, rows);
    await showCurves(now, rows);
  });

  await render(state.get());
}
