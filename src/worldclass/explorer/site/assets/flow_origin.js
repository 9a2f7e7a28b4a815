// Where the number of a flow comes from: its tables, its labour accounts, its equation, and how to
// compute it again. The address names it: ?flow=PRODUCER,CONSUMER or, for a net amount, ?flow=PLACE.
import { WHOM, address, shard } from "./data.js";
import { ACCOUNTS, amount, between, rowsOf, signed, unitOf } from "./flow_parts.js";
import { element } from "./page_parts.js";

// The number that the address names; nothing where it names none that can be meant.
export async function namedFlow(catalogue) {
  const query = new URLSearchParams(location.search);
  if (!query.has("flow")) return null;
  const words = await shard("data/flows/words.json.gz");
  const { groups = "regions", measure = "hours", sex = "total", year } = Object.fromEntries(query);
  const places = query.get("flow").split(",");
  const known = Object.hasOwn(words.groups, groups) && words.groups[groups];
  const meant = known && ACCOUNTS.some(([id]) => id === measure) && catalogue.sex(sex) && words.years.includes(Number(year)) &&
    places.length <= 2 && places.every((code) => known.includes(code));
  if (!meant) return null;
  const now = { groups, measure, sex, year: Number(year), places };
  const row = places.length === 2 ? await pairRow(now) : await netRow(now);
  return row && { ...now, row, words };
}

async function pairRow({ groups, measure, year, sex, places: [producer, consumer] }) {
  const { rows } = await shard(`data/flows/${groups}/${measure}/${year}/${sex}.json.gz`);
  return rowsOf(rows).find((row) => row.producer === producer && row.consumer === consumer);
}

async function netRow({ groups, measure, year, sex, places: [place] }) {
  const folder = `data/flows/${groups}/${measure}/trends`;
  const { rows } = await shard(groups === "countries" ? `${folder}/${place}.json.gz` : `${folder}.json.gz`);
  return rows.find((row) => row.year === year && row.sex === sex && (row.producer === place || row.consumer === place));
}

export function showFlow(found) {
  const { places, measure, sex, year, row, words } = found;
  const names = places.map((code) => words.names[code]);
  const [, what] = ACCOUNTS.find(([id]) => id === measure);
  const pair = places.length === 2;
  const scaled = (name) => row[name] === null ? null : unitOf(row) * row[name];
  const write = pair ? amount : signed;
  const panel = document.querySelector(".number");
  panel.replaceChildren(
    element("h2", { id: "number-title" }, pair ? `${names[0]} for ${names[1]}${WHOM[sex]}, ${year}` : `${names[0]}, net${WHOM[sex]}, ${year}`),
    element("dl", {}, element("div", {}, element("dt", {}, what),
      element("dd", {}, element("b", {}, write(scaled("value"))), ` (5–95 %: ${between(scaled("p05"), scaled("p95"))})`))),
    element("p", { class: "what" }, pair
      ? `${what} worked in the first place for the final demand of the second, in one year.`
      : `${what} commanded anywhere by the place’s final demand, less those worked in it, in one year.`),
  );
  panel.hidden = false;
  document.getElementById("origin").replaceChildren(chain(found), element("h3", {}, "Compute it again"), again(found),
    element("p", {}, element("a", { href: `${address("data.html")}#number` }, "Numbers of classes instead")));
}

function chain({ measure, sex, year, words }) {
  const worked = measure === "hours" ? "Hours" : "Persons at work";
  return element("ol", {},
    element("li", {}, `The input-output table of ${year} (World Input-Output Database, release of 2013: 40 countries, a rest of the world, 35 industries) says what every industry sells to every other, and who finally buys. It is solved once for all final buyers.`),
    element("li", {}, `${worked} of each country, industry and sex: the International Labour Organization’s persons by sector and sex and the Penn World Table’s hours a person; stated rules divide sectors into industries. ${sex === "total" ? "" : words.ruled}`),
    element("li", {}, `${worked} per unit of output, times the output that a place’s final demand needs from all industries, at any remove, summed over the industries of the place that works.`),
    element("li", {}, `${words.draws} draws over the assumptions of the labour accounts give 5–95 %. Errors of the trade tables have no interval.`));
}

// From the command line and from Python; groups are those of the picture.
function again({ groups, measure, sex, year, places, words }) {
  const way = places.length === 2 ? "pair" : "country";
  const own = groups === "countries" ? [] : words.groups[groups].filter((code) => code !== "REST");
  const group = own.map((code) => ` --group ${code}`).join("");
  const given = own.length ? `, group=[${own.map((code) => `"${code}"`).join(", ")}]` : "";
  return element("pre", { tabindex: "0" }, element("code", {},
    `worldclass flows --year ${year} --by ${way},sex --account ${measure}${group} --draws ${words.draws} --out flows.csv\n\n` +
    `import worldclass as wc\n` +
    `wc.flows(${year}, by="${way},sex", account="${measure}"${given}, sex="${sex}", draws=${words.draws})`));
}
