// World: one class in every place; map, trends, table.
import { figure, patched } from "../charts.js";
import { buttons, choice, fillForm, placeOptions, year as yearControl } from "../controls.js";
import { WHOM, address, classRows, estimate, shard } from "../data.js";
import { endLabels } from "../labels.js";
import { personsInterval, persons, share, shareInterval, writers } from "../numbers.js";
import { citation, showNumber } from "../number.js";
import { element, later, newest, table } from "../page_parts.js";
import { atlasFields, openState } from "../state.js";

export async function start(catalogue) {
  const [charts, shapes] = await Promise.all([shard("charts/world.json.gz"), shard("data/shapes.json.gz")]);
  const fields = atlasFields(catalogue, ["theory", "class", "year", "sex", "measure", "place"]);
  const state = openState(fields, (now, names) => render(now, names));

  const controls = {
    theory: choice("Theory", (theory) => state.set({ theory })),
    class: choice("Class", (klass) => state.set({ class: klass })),
    measure: choice("Measure", (measure) => state.set({ measure })),
    sex: buttons("Sex", catalogue.sexes.map((one) => [one.id, one.label]), (sex) => state.set({ sex })),
    place: choice("Place", (place) => state.set({ place })),
    year: yearControl("Year", catalogue.years, (year, moving) => state.set({ year }, { replace: moving })),
  };
  fillForm(...Object.values(controls));
  const [map, trends] = [figure("map"), figure("trends")];
  const places = placeOptions(catalogue);
  const countries = catalogue.places.filter((place) => place.country);
  const legend = element("ul", { class: "legend" });
  document.querySelector("#map div.picture").before(legend);

  function showControls(now) {
    const classes = catalogue.theory(now.theory).classes;
    controls.theory.show(catalogue.theories.map((one) => [one.id, one.label]), now.theory);
    controls.class.show(classes.map((one) => [one.id, one.label + (one.bounds ? " (only bounded)" : "")]), now.class);
    controls.measure.show(catalogue.measures.map((one) => [one.id, one.label]), now.measure);
    controls.sex.show(now.sex);
    controls.place.show(places, now.place);
    controls.year.show(now.year);
  }

  // The map as it is saved: with the borders between colours that fit the class, and their legend.
  function savedMap(now) {
    const { expression, names, colours } = charts.steps[now.theory][now.class][now.measure];
    return patched(
      patched(charts.maps[now.measure], (node) => node.as === "step", () => ({ calculate: expression })),
      (node) => node.field === "step",
      ({ scale }) => ({ scale: { ...scale, domain: names, range: colours } }),
    );
  }

  function words(now) {
    const klass = catalogue.class(now.theory, now.class);
    const theory = catalogue.theory(now.theory);
    return { klass, whom: WHOM[now.sex], theory, measure: catalogue.measure(now.measure) };
  }

  function common(now, title, rows) {
    return {
      title,
      rows,
      address: state.address,
      citation: () => citation(catalogue, now.theory, title, state.address()),
    };
  }

  function showMap(now, row) {
    const { klass, whom, theory, measure } = words(now);
    const rows = catalogue.places.map((place) => row(place.code, now.year));
    const data = countries.map((place) => {
      // The plane of the shapes, which are projected already, under the names that the chart reads.
      const point = place.point ? { longitude: place.point[0], latitude: place.point[1] } : {};
      return { code: place.code, place: place.name, ...point, ...estimate(row(place.code, now.year), measure) };
    });
    const found = data.filter((entry) => entry.value !== null);
    showLegend(now, measure);
    const [write] = writers(measure);
    const sorted = [...found].sort((a, b) => b.value - a.value);
    const named = (entries) => entries.map((entry) => `${entry.place} ${write(entry.value)}`).join(", ");
    return map.show({
      ...common(now, `${klass.label}: every country${whom}, ${now.year}`, rows),
      charts: charts.drawn.map,
      data: { map: data },
      fixed: { shapes },
      repaint: (svg) => paint(svg, now, measure, data),
      download: { charts: savedMap(now), data: { map: found } },
      what: `${measure.axis}; theory “${theory.label}”${klass.bounds ? ". The data only bound this class: point at a country for its bounds" : ""}`,
      note: `${theory.footnote} ${catalogue.shapes}`,
      description: `World map of ${klass.label}, ${measure.axis}, ${now.year}, ${found.length} countries. ` + (klass.bounds
        ? "The data only bound this class, so that no country has a colour of its own; the table below holds the bounds."
        : `Most: ${named(sorted.slice(0, 3))}. Least: ${named(sorted.slice(-3))}.`),
      hover: (datum) => hovered(now, row, datum.code || datum.id, now.year),
      press: (datum) => pick(datum.code || datum.id),
    });
  }

  function showLegend(now, measure) {
    const { names, colours } = charts.steps[now.theory][now.class][now.measure];
    const all = [...names.map((name, i) => [name, colours[i]]), ["no estimate", charts.no_data]];
    legend.setAttribute("aria-label", `Colours of the map: ${measure.axis}`);
    const { bounds } = catalogue.class(now.theory, now.class);
    legend.replaceChildren(...all.map(([name, colour], i) =>
      element("li", {}, bounds && i === 0 ? chip(HATCH, hatching(colour, charts.no_data)) : chip(colour), name)));
  }

  // Colours and tooltips of the countries, in place: the shapes stay as they are.
  function paint(svg, now, measure, data) {
    const { breaks, colours } = charts.steps[now.theory][now.class][now.measure];
    const [write, between] = writers(measure);
    const rows = new Map(data.map((entry) => [entry.code, entry]));
    const bounded = catalogue.class(now.theory, now.class).bounds;
    for (const mark of svg.querySelectorAll(".mark-shape path, .mark-symbol path")) {
      const item = mark.__data__;
      const own = item && item.datum && rows.get(item.datum.code || item.datum.id);
      if (!own) continue;
      const step = breaks.filter((border) => own.value >= border).length;
      mark.setAttribute("fill", own.value === null ? charts.no_data : bounded ? HATCH : colours[step]);
      item.tooltip = bounded
        ? { Country: own.place, "Bounds only": between(own.low, own.high) }
        : { Country: own.place, Estimate: write(own.value), "5–95 %": between(own.low, own.high) };
    }
  }

  const known = (code) => code && catalogue.place(code);
  function hovered(now, row, code, year) {
    if (known(code)) showNumber(catalogue, row(code, year));
  }
  const pick = (code) => known(code) && state.set({ place: code });

  // Places of the trends: the world, North and South, and the one chosen.
  const lines = (now) => [...new Set(["WORLD", "NORTH", "SOUTH", now.place])];

  function showTrends(now, row) {
    const { klass, whom, theory, measure } = words(now);
    const chosen = lines(now);
    const rows = chosen.flatMap((code) => catalogue.years.map((year) => row(code, year)));
    const points = chosen.flatMap((code, hue) => catalogue.years.map((year) => ({
      panel: "", place: 0, line: catalogue.place(code).name, code, hue, year,
      shown: klass.bounds ? 0 : 1, ...estimate(row(code, year), measure),
    }))).filter((point) => point.value !== null);
    const years = catalogue.years;
    const title = `${klass.label} through time${whom}, ${years[0]}–${years.at(-1)}`;
    const [write, between] = writers(measure);
    const ends = points.filter((point) => point.year === years.at(-1));
    return trends.show({
      ...common(now, title, rows),
      charts: charts.drawn.trends[now.measure],
      download: { charts: charts.trends[now.measure] },
      data: (layout) => ({ lines: [...points, ...endLabels(points, measure, charts.trends[now.measure][layout].spec.height)] }),
      what: `${measure.axis}; ${klass.bounds ? "band: bounds, without an estimate" : "line: central estimate, band: 5–95 %"}; theory “${theory.label}”`,
      note: theory.footnote,
      description: `${title}, ${measure.axis}. In ${years.at(-1)}: ` + ends.map((end) =>
        `${end.line} ${klass.bounds ? "bounds" : write(end.value)} (${between(end.low, end.high)})`).join("; ") + ".",
      hover: (datum) => hovered(now, row, datum.code, datum.year),
    });
  }

  const showTable = later(150, (now, row) => {
    const { klass, whom, theory } = words(now);
    const adults = catalogue.measure("share_adults");
    const rows = catalogue.places.map((place) => {
      const own = row(place.code, now.year);
      const { value, low, high } = estimate(own, adults);
      return [
        element("a", { href: address(`country/${place.code}.html`) + query(now) }, place.name),
        klass.bounds ? "–" : persons(own.persons), personsInterval(own.persons_p05, own.persons_p95),
        klass.bounds ? "–" : share(value), shareInterval(low, high), share(own.imputed),
      ];
    });
    const interval = klass.bounds ? "Bounds" : "5–95 %";
    const header = ["Place", "Persons", interval, "% of adults", interval, "Imputed input"];
    document.getElementById("table").replaceChildren(
      table(`${klass.label} by place${whom}, ${now.year}`, header, rows),
      element("p", { class: "note" }, theory.footnote),
    );
  });

  const query = (now) => {
    const initial = catalogue.theories[0].id;
    return now.theory === initial ? "" : `?theory=${now.theory}`;
  };

  const render = newest(async (current, now, names) => {
    showControls(now);
    const row = await classRows(now.theory, now.class, now.sex);
    if (!current()) return;
    const only = (name) => names && names.size === 1 && names.has(name);
    const work = [];
    if (!only("place")) work.push(showMap(now, row));
    if (!only("year")) work.push(showTrends(now, row));
    if (!only("place") && (names || location.search)) showTable(now, row); // the static table is the first view's
    showNumber(catalogue, row(now.place, now.year));
    await Promise.all(work);
  });

  await render(state.get());
}

// Stripes for what is only bounded: a pattern that stands in the legend, for the map as well.
const HATCH = "url(#bounds-only)";
function hatching(stripe, ground) {
  const made = (name, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  return made("pattern", { id: "bounds-only", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    made("rect", { width: 6, height: 6, fill: ground }), made("rect", { width: 2.5, height: 6, fill: stripe }));
}

function chip(colour, ...definitions) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "picture chip");
  svg.setAttribute("aria-hidden", "true");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: 14, height: 14, fill: colour })) box.setAttribute(name, value);
  svg.append(...definitions, box);
  return svg;
}
