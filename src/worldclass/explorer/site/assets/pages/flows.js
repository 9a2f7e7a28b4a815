// Flows: who works for whom, between groups and countries, by sex and through time.
import { figure, phone } from "../charts.js";
import { buttons, choice, fillForm, year as yearControl } from "../controls.js";
import { WHOM, shard } from "../data.js";
import { ACCOUNTS, RULED, amount, between, largest, partnerTable, ribbonTable, rowsOf, signed, tell, unitOf } from "../flow_parts.js";
import { significant } from "../numbers.js";
import { element, later, newest, table } from "../page_parts.js";
import { openState } from "../state.js";

const COUNTRIES = "countries";
const GROUPS = [["regions", "Regions"], ["north-south", "North and South"], [COUNTRIES, "Countries"]];
const ONE = { hours: "hour", persons: "person" };
const FIRST = "USA"; // draws most on balance


export async function start(catalogue) {
  const note = document.body.dataset.note;
  const words = await shard("data/flows/words.json.gz");
  const tables = document.body.dataset.years.split(",").map(Number);
  const [first, last] = [tables[0], tables.at(-1)];
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const ids = (options) => options.map(([id]) => id);
  const state = openState({
    groups: { values: ids(GROUPS), initial: "regions" },
    country: { values: words.groups[COUNTRIES], initial: FIRST },
    measure: { values: ids(ACCOUNTS), initial: "hours" },
    sex: { values: catalogue.sexes.map((one) => one.id), initial: "total" },
    year: { values: years, initial: last, number: true },
  }, (now) => render(now));

  const controls = {
    groups: buttons("Between", GROUPS, (groups) => state.set({ groups })),
    country: choice("One country", (country) => state.set({ country })),
    measure: buttons("Measure", ACCOUNTS, (measure) => state.set({ measure })),
    sex: buttons("Sex", catalogue.sexes.map((one) => [one.id, one.label]), (sex) => state.set({ sex })),
    year: yearControl("Year", years, (year, moving) => state.set({ year }, { replace: moving })),
  };
  fillForm(...Object.values(controls));
  const figures = { matrix: figure("matrix"), sankey: figure("sankey"), trends: figure("trends") };
  const part = (id) => document.getElementById(id);

  function showControls(now) {
    controls.country.show(words.groups[COUNTRIES].map((code) => [code, words.names[code]]), now.country);
    controls.country.element.hidden = now.groups !== COUNTRIES;
    for (const name of ["groups", "measure", "sex", "year"]) controls[name].show(now[name]);
  }

  function cite(title) {
    return `worldclass ${catalogue.version}: ${title}. Labour embodied in final demand, from the World ` +
      `Input-Output Database (2013 release) and public labour statistics. ${state.address()}`;
  }

  function draw(name, now, own, rows) {
    const charts = { wide: own.wide.chart, phone: own.phone.chart };
    const layout = () => (phone.matches ? own.phone : own.wide);
    const { title } = own.wide;
    const heading = title.replace(...{
      matrix: ["", ""],
      sankey: ["Who works for whom", "Flows between places"],
      trends: now.groups === COUNTRIES ? ["Who gains and who gives", `What ${words.names[now.country]} gains or gives on balance`] : ["", ""],
    }[name]);
    return figures[name].show({
      charts,
      rows,
      key: JSON.stringify(charts),
      data: (width) => own[width].data,
      title: heading,
      get what() { return layout().what; },
      get note() { return now.sex === "total" ? layout().note : `${layout().note}${RULED}`; },
      description: own.wide.description,
      address: state.address,
      citation: () => cite(heading),
      hover: (datum) => tell(words, now, datum),
    });
  }

  const showTable = later(100, (now, found) => {
    const own = found.rows.filter((row) => row.sex === now.sex).sort((a, b) => b.ratio - a.ratio);
    const cells = own.map((row) => {
      const unit = unitOf(row);
      return [found.names[row.country], ...["given", "commanded", "net"].flatMap((kind) => [
        (kind === "net" ? signed : amount)(unit * row[kind]),
        between(unit * row[`${kind}_p05`], unit * row[`${kind}_p95`]),
      ]), significant(row.ratio, 3, false)];
    });
    const [, what] = ACCOUNTS.find(([id]) => id === now.measure);
    const header = ["Country", "Given", "5–95 %", "Commanded", "5–95 %", "Net", "5–95 %", `Per ${ONE[now.measure]} given`];
    part("table").replaceChildren(
      table(`${what} given and commanded by country, ${now.year}${WHOM[now.sex]}`, header, cells),
      element("p", { class: "note" }, note),
    );
  });

  // Pictures and tables of a year; without a table of it, only the trends stay.
  async function showYear(current, now, pairs, countries) {
    for (const id of ["table", "ribbons"]) part(id).hidden = !pairs;
    document.querySelector(".number").hidden = !pairs;
    part("partners").hidden = !pairs || now.groups !== COUNTRIES;
    part("absent").textContent = pairs ? "" : `The store has no table for ${now.year}: choose another year.`;
    if (!pairs) {
      figures.matrix.hide();
      figures.sankey.hide();
      return;
    }
    const rows = rowsOf(pairs.rows);
    showTable(now, countries);
    tell(words, now, largest(words, now, pairs.sankey.wide.data.ribbons)); // from the first, so that pointing moves nothing
    part("ribbons").replaceChildren(...ribbonTable(now, pairs.sankey.wide.data.ribbons));
    if (now.groups === COUNTRIES) part("partners").replaceChildren(...partnerTable(words, now, rows));
    await draw("matrix", now, pairs.matrix, rows);
    if (current()) await draw("sankey", now, pairs.sankey, rows);
  }

  let shown = ""; // what the trends show; a year changes nothing there
  const render = newest(async (current, now) => {
    showControls(now);
    const there = tables.includes(now.year);
    const folder = `data/flows/${now.groups}/${now.measure}`;
    const wanted = [shard(now.groups === COUNTRIES ? `${folder}/trends/${now.country}.json.gz` : `${folder}/trends.json.gz`)];
    if (there) wanted.push(shard(`${folder}/${now.year}/${now.sex}.json.gz`), shard(`data/flows/table/${now.measure}/${now.year}.json.gz`));
    const [trends, pairs, countries] = await Promise.all(wanted);
    if (!current()) return;
    await showYear(current, now, pairs, countries);
    const through = [now.groups, now.measure, now.sex, now.groups === COUNTRIES && now.country].join(" ");
    if (!current() || through === shown) return;
    shown = through;
    await draw("trends", now, trends[now.sex], trends.rows.filter((row) => row.sex === now.sex));
  });

  await render(state.get());
}
