// Flows: who works for whom, between groups and countries, by sex and through time.
import { figure } from "../charts.js";
import { buttons, fillForm, year as yearControl } from "../controls.js";
import { address, shard } from "../data.js";
import { NO_VALUE, persons, significant } from "../numbers.js";
import { element, later, newest, table } from "../page_parts.js";
import { openState } from "../state.js";

const GROUPS = [["regions", "Regions"], ["north-south", "North and South"]];
const ACCOUNTS = [["hours", "Hours"], ["persons", "Persons"]];
const UNITS = { "million hours": 1e6, "thousand persons": 1e3, persons: 1 };
const ONE = { hours: "hour", persons: "person" };
const WHOM = { female: ", women", male: ", men", total: "" };

const phone = matchMedia("(max-width: 560px)");
const amount = (value, digits = 3) => persons(value, digits).replace("-", "−");
const signed = (value) => `${value > 0 ? "+" : ""}${amount(value)}`;
const between = (low, high) => (low === null || high === null ? NO_VALUE : `${amount(low, 2)} to ${amount(high, 2)}`);

export async function start(catalogue) {
  const note = document.body.dataset.note;
  const tables = document.body.dataset.years.split(",").map(Number);
  const [first, last] = [tables[0], tables.at(-1)];
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const ids = (options) => options.map(([id]) => id);
  const state = openState({
    groups: { values: ids(GROUPS), initial: "regions" },
    measure: { values: ids(ACCOUNTS), initial: "hours" },
    sex: { values: catalogue.sexes.map((one) => one.id), initial: "total" },
    year: { values: years, initial: last, number: true },
  }, (now) => render(now));

  const controls = {
    groups: buttons("Between", GROUPS, (groups) => state.set({ groups })),
    measure: buttons("Measure", ACCOUNTS, (measure) => state.set({ measure })),
    sex: buttons("Sex", catalogue.sexes.map((one) => [one.id, one.label]), (sex) => state.set({ sex })),
    year: yearControl("Year", years, (year, moving) => state.set({ year }, { replace: moving })),
  };
  fillForm(...Object.values(controls));
  const figures = { matrix: figure("matrix"), sankey: figure("sankey"), trends: figure("trends") };

  function cite(title) {
    return `worldclass ${catalogue.version}: ${title}. Labour embodied in final demand, from the World ` +
      `Input-Output Database (2013 release) and public labour statistics. ${state.address()}`;
  }

  // One number in full: who, for whom, how much, between what.
  function tell(now, datum) {
    if (!datum.amount) return;
    const heading = datum.producer
      ? `${datum.producer} for ${datum.consumer}${WHOM[now.sex]}, ${now.year}`
      : `${datum.line ?? datum.place}, ${datum.line ? "net" : now.measure}${WHOM[now.sex]}, ${datum.year ?? now.year}`;
    const known = datum.between && datum.between !== NO_VALUE;
    const panel = document.querySelector(".number");
    panel.replaceChildren(
      element("h2", { id: "number-title" }, heading),
      element("dl", {}, element("div", {}, element("dt", {}, now.measure === "hours" ? "Hours" : "Persons"),
        element("dd", {}, element("b", {}, datum.amount), known ? ` (5–95 %: ${datum.between})` : null))),
      element("p", { class: "what" }, note),
      element("p", {}, element("a", { href: address("data.html") }, "Sources and assumptions")),
    );
    panel.hidden = false;
  }

  function draw(name, now, own, rows) {
    const charts = { wide: own.wide.chart, phone: own.phone.chart };
    const layout = () => (phone.matches ? own.phone : own.wide);
    const title = name === "sankey" ? own.wide.title.replace("Who works for whom", "Flows between places") : own.wide.title;
    return figures[name].show({
      charts,
      rows: rows.filter((row) => row.sex === now.sex),
      key: JSON.stringify(charts),
      data: (width) => own[width].data,
      title,
      get what() { return layout().what; },
      get note() { return now.sex === "total" ? layout().note : `${layout().note} The part of women in an industry is ruled, not measured.`; },
      description: own.wide.description,
      address: state.address,
      citation: () => cite(title),
      hover: (datum) => tell(now, datum),
    });
  }

  const showTable = later(100, (now, found) => {
    const own = found.rows.filter((row) => row.sex === now.sex).sort((a, b) => b.ratio - a.ratio);
    const cells = own.map((row) => {
      const unit = UNITS[row.unit];
      return [found.names[row.country], ...["given", "commanded", "net"].flatMap((kind) => [
        (kind === "net" ? signed : amount)(unit * row[kind]),
        between(unit * row[`${kind}_p05`], unit * row[`${kind}_p95`]),
      ]), significant(row.ratio, 3, false)];
    });
    const [what] = ACCOUNTS.filter(([id]) => id === now.measure).map(([, label]) => label);
    const header = ["Country", "Given", "5–95 %", "Commanded", "5–95 %", "Net", "5–95 %", `Per ${ONE[now.measure]} given`];
    document.getElementById("table").replaceChildren(
      table(`${what} given and commanded by country, ${now.year}${WHOM[now.sex]}`, header, cells),
      element("p", { class: "note" }, note),
    );
  });

  let shown = ""; // what the trends show; a year changes nothing there
  const render = newest(async (current, now) => {
    for (const [name, control] of Object.entries(controls)) control.show(now[name]);
    const there = tables.includes(now.year);
    document.getElementById("absent").textContent = there ? "" : `The store has no table for ${now.year}: choose another year.`;
    const folder = `data/flows/${now.groups}/${now.measure}`;
    const wanted = [shard(`${folder}/trends.json.gz`)];
    if (there) wanted.push(shard(`${folder}/${now.year}.json.gz`), shard(`data/flows/countries/${now.measure}/${now.year}.json.gz`));
    const [trends, pairs, countries] = await Promise.all(wanted);
    if (!current()) return;
    document.getElementById("table").hidden = !there;
    document.querySelector(".number").hidden = true;
    if (there) {
      showTable(now, countries);
      await draw("matrix", now, pairs[now.sex].matrix, pairs.rows);
      if (!current()) return;
      await draw("sankey", now, pairs[now.sex].sankey, pairs.rows);
    } else {
      figures.matrix.hide();
      figures.sankey.hide();
    }
    const through = `${now.groups} ${now.measure} ${now.sex}`;
    if (!current() || through === shown) return;
    shown = through;
    await draw("trends", now, trends[now.sex].trends, trends.rows);
  });

  await render(state.get());
}
