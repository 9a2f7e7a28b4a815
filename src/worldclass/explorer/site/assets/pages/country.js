// Country: the classes of one place through time, its rank, its neighbours, theories side by side.
import { figure } from "../charts.js";
import { buttons, choice, fillForm, placeOptions, year as yearControl } from "../controls.js";
import { WHOM, address, classRows, estimate, placeRows, readingOrder, shard } from "../data.js";
import { areaLabels } from "../labels.js";
import { persons, personsInterval, share, shareInterval, writers } from "../numbers.js";
import { citation, showNumber } from "../number.js";
import { element, newest, table } from "../page_parts.js";
import { atlasFields, openState } from "../state.js";

const RANKED = 11;

export async function start(catalogue) {
  const fields = atlasFields(catalogue, ["place", "theory", "class", "year", "sex", "measure"]);
  fields.place.inPath = true;
  const state = openState(fields, (now, names) => render(now, names));

  const controls = {
    place: choice("Place", (place) => state.set({ place })),
    theory: choice("Theory", (theory) => state.set({ theory })),
    measure: choice("Measure", (measure) => state.set({ measure })),
    class: choice("Class of the ranking", (klass) => state.set({ class: klass })),
    sex: buttons("Sex", catalogue.sexes.map((one) => [one.id, one.label]), (sex) => state.set({ sex })),
    year: yearControl("Year", catalogue.years, (year, moving) => state.set({ year }, { replace: moving })),
  };
  fillForm(...Object.values(controls));
  const figures = Object.fromEntries(["areas", "trends", "theories", "ranking"].map((id) => [id, figure(id)]));
  const places = placeOptions(catalogue);

  function showControls(now) {
    controls.place.show(places, now.place);
    controls.theory.show(catalogue.theories.map((one) => [one.id, one.label]), now.theory);
    controls.measure.show(catalogue.measures.map((one) => [one.id, one.label]), now.measure);
    controls.class.show(catalogue.theory(now.theory).classes.map((one) => [one.id, one.label]), now.class);
    controls.sex.show(now.sex);
    controls.year.show(now.year);
  }

  function words(now) {
    const place = catalogue.place(now.place);
    return {
      place,
      where: place.sentence || place.name,
      whom: WHOM[now.sex],
      theory: catalogue.theory(now.theory),
      measure: catalogue.measure(now.measure),
      span: `${catalogue.years[0]}–${catalogue.years.at(-1)}`,
    };
  }

  function common(now, title, rows) {
    const { theory } = words(now);
    return {
      title,
      rows,
      note: theory.footnote,
      address: state.address,
      citation: () => citation(catalogue, now.theory, title, state.address()),
    };
  }

  // Rows of one theory through the years, with names and the order of stacking.
  function through(now, row, order) {
    const { theory, measure } = words(now);
    return theory.classes.flatMap((klass) => catalogue.years.map((year) => ({
      year, label: klass.label, class: klass.id, rank: order.indexOf(klass.label), shown: klass.bounds ? 0 : 1,
      ...estimate(row(now.theory, klass.id, now.sex, year), measure),
    }))).filter((entry) => entry.value !== null);
  }

  const tidy = (now, row) => catalogue.theory(now.theory).classes.flatMap((klass) =>
    catalogue.years.map((year) => row(now.theory, klass.id, now.sex, year)));

  const hover = (now, row) => (datum) => {
    if (datum.class) showNumber(catalogue, row(now.theory, datum.class, now.sex, datum.year || now.year));
  };

  function showTime(now, row, charts) {
    const { place, whom, theory, measure, span } = words(now);
    const order = stacking(theory);
    const points = through(now, row, order);
    const rows = tidy(now, row);
    const [write, between] = writers(measure);
    const last = points.filter((point) => point.year === catalogue.years.at(-1));
    const said = last.map((point) => `${point.label} ${point.shown ? write(point.value) : ""} (${between(point.low, point.high)})`);
    const areas = figures.areas.show({
      ...common(now, `Classes through time: ${place.name}${whom}, ${span}`, rows),
      charts: charts.areas[now.measure],
      data: (layout, specification) => ({ areas: points, area_labels: areaLabels(points, order, measure, specification.height) }),
      what: `Classes of the theory “${theory.label}”, ${measure.axis}`,
      description: `Stacked areas of class sizes, ${measure.axis}. In ${catalogue.years.at(-1)}: ${said.join("; ")}.`,
      hover: hover(now, row),
    });
    const trends = figures.trends.show({
      ...common(now, `Each class with its interval: ${place.name}${whom}, ${span}`, rows),
      charts: charts.trends[now.measure],
      data: { trends: points },
      what: `Classes of the theory “${theory.label}”, ${measure.axis}; line: central estimate, band: 5–95 %; every panel has its own scale`,
      description: `One panel a class, ${measure.axis}. In ${catalogue.years.at(-1)}: ${said.join("; ")}.`,
      hover: hover(now, row),
    });
    return Promise.all([areas, trends]);
  }

  function showTheories(now, row, charts) {
    const { place, whom, measure } = words(now);
    const [write] = writers(measure);
    const rows = [];
    const data = catalogue.theories.flatMap((theory, i) => readingOrder(theory).map((klass, slot) => {
      const own = row(theory.id, klass.id, now.sex, now.year);
      rows.push(own);
      const numbers = estimate(own, measure);
      return {
        theory: theory.label, place: i, slot, label: klass.label, colour: klass.colour, class: klass.id, id: theory.id,
        bar: klass.bounds ? null : numbers.value, ...numbers,
      };
    })).filter((entry) => entry.value !== null);
    const largest = catalogue.theories.map((theory) => data.filter((entry) => entry.id === theory.id)
      .reduce((most, entry) => (entry.value > most.value ? entry : most)));
    return figures.theories.show({
      ...common(now, `Theories side by side: ${place.name}${whom}, ${now.year}`, rows),
      charts: charts[now.measure],
      // A phone has no room for whole names.
      data: (layout) => ({ theories: layout === "phone" ? data.map((entry) => ({ ...entry, theory: catalogue.theory(entry.id).short })) : data }),
      what: `${measure.axis}; bar: central estimate, line: 5–95 %`,
      description: `One panel a theory, ${measure.axis}. Largest class by theory: ` +
        `${largest.map((entry) => `${entry.theory}: ${entry.label} ${write(entry.value)}`).join("; ")}.`,
      hover: (datum) => showNumber(catalogue, row(datum.id, datum.class, now.sex, now.year)),
    });
  }

  // The part of the ranking around the place; aggregates see its top.
  async function showRanking(current, now, charts) {
    const { place, whom, theory, measure } = words(now);
    const klass = catalogue.class(now.theory, now.class);
    const row = await classRows(now.theory, now.class, now.sex);
    if (!current()) return;
    const size = (entry) => (klass.bounds ? entry.high ?? entry.value : entry.value);
    const all = catalogue.places.filter((one) => one.country)
      .map((one) => ({ one, row: row(one.code, now.year), ...estimate(row(one.code, now.year), measure) }))
      .filter((entry) => entry.value !== null)
      .sort((a, b) => size(b) - size(a) || (a.one.code < b.one.code ? -1 : 1));
    const at = all.findIndex((entry) => entry.one.code === now.place);
    const from = Math.max(0, Math.min(at - (RANKED - 1) / 2, all.length - RANKED));
    const excerpt = all.slice(from, from + RANKED);
    const data = excerpt.map((entry, i) => ({
      place: `${klass.bounds ? "" : `${from + i + 1}. `}${entry.one.name}${entry.one.code === now.place ? " ◂" : ""}`,
      code: entry.one.code, label: klass.label, shown: klass.bounds ? 0 : 1, imputed: entry.row.imputed,
      value: entry.value, low: entry.low, high: entry.high,
    }));
    const title = klass.bounds
      ? `Bounds of the class “${klass.label}”${whom}, ${now.year}: no ranks`
      : at < 0
      ? `Where the class “${klass.label}” is largest${whom}, ${now.year}`
      : `${place.name} is ${at + 1} of ${all.length} by the class “${klass.label}”${whom}, ${now.year}`;
    const [write, between] = writers(measure);
    showNeighbours(now, all);
    await figures.ranking.show({
      ...common(now, title, excerpt.map((entry) => entry.row)),
      charts: charts.ranking[now.measure],
      data: { ranking: data },
      what: klass.bounds
        ? `${measure.axis}; bar: bounds; theory “${theory.label}”. The data only bound this class; countries stand in the order of their upper bounds.`
        : `${measure.axis}; dot: central estimate, bar: 5–95 %; theory “${theory.label}”. Ranks of overlapping intervals are not told apart by the data.`,
      description: `${title}. ${data.map((entry) => `${entry.place} ${klass.bounds ? between(entry.low, entry.high) : write(entry.value)}`).join("; ")}.`,
      hover: (datum) => showNumber(catalogue, row(datum.code, now.year)),
      press: (datum) => state.set({ place: datum.code }),
    });
  }

  function showNeighbours(now, all) {
    const { place, measure } = words(now);
    const klass = catalogue.class(now.theory, now.class);
    const near = new Set(place.neighbours || []);
    const [write, between] = writers(measure);
    const rows = all.map((entry, i) => [entry, i + 1]).filter(([entry]) => near.has(entry.one.code) || entry.one === place)
      .map(([entry, rank]) => [
        element("a", { href: `${address(`country/${entry.one.code}.html`)}${location.search}` }, entry.one.name),
        klass.bounds ? "–" : write(entry.value), between(entry.low, entry.high), klass.bounds ? "–" : String(rank),
      ]);
    const box = document.getElementById("neighbours");
    box.hidden = rows.length < 2;
    box.replaceChildren(
      element("h2", {}, "Neighbours by land"),
      table(`${klass.label}, ${measure.axis}, ${now.year}`, ["Country", "Estimate", klass.bounds ? "Bounds" : "5–95 %", "Rank"], rows),
    );
  }

  function showTable(now, row) {
    const { where, whom, theory } = words(now);
    const shares = catalogue.measures.filter((measure) => measure.share);
    const rows = readingOrder(theory).map((klass) => {
      const own = row(now.theory, klass.id, now.sex, now.year);
      const adults = estimate(own, catalogue.measure("share_adults"));
      const rank = row.rank(now.theory, klass.id, now.year);
      return [
        klass.label + (klass.bounds ? " †" : ""),
        klass.bounds ? "–" : persons(own.persons), personsInterval(own.persons_p05, own.persons_p95),
        klass.bounds ? "–" : share(adults.value), shareInterval(adults.low, adults.high),
        ...shares.filter((measure) => measure.id !== "share_adults").map((measure) => (klass.bounds ? "–" : share(own[measure.id]))),
        rank ? String(rank) : "–", share(own.imputed),
      ];
    });
    const header = ["Class", "Persons", "5–95 %", "% of adults", "5–95 %", "% of population", "% of labour force", "Rank", "Imputed input"];
    document.getElementById("table").replaceChildren(
      table(`Classes of ${where}${whom}, ${now.year}, by the theory “${theory.label}”`, header, rows),
      element("p", { class: "note" }, `Rank: among the countries, by share of adults, women and men. ${bounded(theory) ? "† The data only bound this class: its intervals are these bounds. " : ""}${theory.footnote}`),
    );
  }

  function showHead(now) {
    const { where } = words(now);
    document.querySelector("h1").textContent = `Classes of ${where}`;
    document.title = `Classes of ${where} · worldclass`;
    document.getElementById("opening").hidden = true;
    for (const link of document.querySelectorAll(".places a")) {
      if (link.getAttribute("href") === `${now.place}.html`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  const render = newest(async (current, now, names) => {
    showControls(now);
    const [row, charts, sideBySide] = await Promise.all([
      placeRows(now.place), shard(`charts/country/${now.theory}.json.gz`), shard("charts/theories.json.gz"),
    ]);
    if (!current()) return;
    const only = (...allowed) => names && [...names].every((name) => allowed.includes(name));
    showHead(now);
    showTable(now, row);
    showNumber(catalogue, row(now.theory, now.class, now.sex, now.year));
    const work = [];
    if (!only("year", "class")) work.push(showTime(now, row, charts));
    if (!only("class", "theory")) work.push(showTheories(now, row, sideBySide));
    work.push(showRanking(current, now, charts));
    await Promise.all(work);
  });

  await render(state.get());
}

const bounded = (theory) => theory.classes.some((klass) => klass.bounds);

// Labels from bottom to top: the theory's order read upwards, neutral classes above all.
function stacking(theory) {
  const named = theory.classes.filter((klass) => !klass.neutral).map((klass) => klass.label);
  const neutral = theory.classes.filter((klass) => klass.neutral).map((klass) => klass.label);
  return [...(theory.ordered ? named : named.reverse()), ...neutral];
}
