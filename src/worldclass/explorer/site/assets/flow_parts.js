// Numbers of flows: in words, as rows, as tables, and where they come from.
import { WHOM, address } from "./data.js";
import { NO_VALUE, persons } from "./numbers.js";
import { rememberOrigin } from "./number.js";
import { element, table } from "./page_parts.js";

export const ACCOUNTS = [["hours", "Hours"], ["persons", "Persons"]];
const UNITS = { "million hours": 1e6, "thousand persons": 1e3, persons: 1 };

export const unitOf = (row) => UNITS[row.unit];
export const amount = (value, digits = 3) => persons(value, digits).replace("-", "−");
export const signed = (value) => `${value > 0 ? "+" : ""}${amount(value)}`;
export const between = (low, high) => (low === null || high === null ? NO_VALUE : `${amount(low, 2)} to ${amount(high, 2)}`);

// Rows of a shard that holds one array a column, or one value where all are the same.
export function rowsOf(columns) {
  const names = Object.keys(columns);
  const length = Math.max(...names.map((name) => (Array.isArray(columns[name]) ? columns[name].length : 1)));
  return Array.from({ length }, (_, i) => Object.fromEntries(
    names.map((name) => [name, Array.isArray(columns[name]) ? columns[name][i] : columns[name]])));
}

// Where Data & methods tells the origin of a flow, or, with one place, of its net amount.
export function originOf({ groups, measure, sex }, year, places) {
  const query = new URLSearchParams({ flow: places.join(","), groups, measure, year, sex });
  return `${address("data.html")}?${query.toString().replaceAll("%2C", ",")}#number`;
}

// Codes of places by the names that pictures give them; places taken together have none.
export function codesOf(words, groups) {
  return new Map(words.groups[groups].map((code) => [words.names[code], code]));
}

export const RULED = " The part of women in an industry is ruled, not measured.";

function meaning({ measure, sex }, pair, datum) {
  const worked = measure === "hours" ? "Hours worked" : "Persons who work";
  const ruled = sex === "total" ? "" : RULED;
  if (pair) return `${worked} in the first place for the final demand of the second, directly or through other products, in one year.${ruled}`;
  if (datum.line) return `${worked} anywhere for the place’s final demand, less those in it for anybody’s, in one year.${ruled}`;
  return `All that crosses the place’s border in this direction, in one year.${ruled}`;
}

// One number in full: who, for whom, how much, between what, and from where.
export function tell(words, now, datum) {
  if (!datum.amount) return;
  const pair = Boolean(datum.producer);
  const year = datum.year ?? now.year;
  const heading = pair
    ? `${datum.producer} for ${datum.consumer}${WHOM[now.sex]}, ${year}`
    : `${datum.line ?? datum.place}, ${datum.line ? "net" : now.measure}${WHOM[now.sex]}, ${year}`;
  const known = datum.between && datum.between !== NO_VALUE;
  const codes = codesOf(words, now.groups);
  const places = (pair ? [datum.producer, datum.consumer] : [datum.line]).map((name) => codes.get(name));
  const origin = places.every(Boolean) ? originOf(now, year, places) : null;
  if (origin) rememberOrigin(origin);
  const panel = document.querySelector(".number");
  panel.replaceChildren(
    element("h2", { id: "number-title" }, heading),
    element("dl", {}, element("div", {}, element("dt", {}, now.measure === "hours" ? "Hours" : "Persons"),
      element("dd", {}, element("b", {}, datum.amount), known ? ` (5–95 %: ${datum.between})` : null))),
    element("p", { class: "what" }, meaning(now, pair, datum)),
    element("p", {}, origin
      ? element("a", { href: origin }, "Where this number comes from")
      : element("a", { href: address("data.html") }, "Sources and assumptions")),
  );
  panel.hidden = false;
}

// The largest flow between two places that are not taken together with others.
export function largest(words, { groups }, ribbons) {
  const codes = codesOf(words, groups);
  const own = ribbons.filter((row) => codes.has(row.producer) && codes.has(row.consumer));
  return own.reduce((most, row) => (row.value > most.value ? row : most), own[0]);
}

// Every ribbon of a flow diagram with its interval, largest first.
export function ribbonTable(now, ribbons) {
  const found = new Map(ribbons.map((row) => [row.ribbon, row]));
  const rows = [...found.values()].sort((a, b) => b.value - a.value)
    .map((row) => [row.producer, row.consumer, row.amount, row.between]);
  return [
    element("summary", {}, "The ribbons as a table, with intervals"),
    table(`Flows between places${WHOM[now.sex]}, ${now.year}`, ["Work in", "For final demand in", "In a year", "5–95 %"], rows, 2),
    element("p", { class: "note" }, "Places taken together have no interval: the ends of intervals do not add up."),
  ];
}

// What one country gives to each other, and commands from it.
export function partnerTable(words, now, rows) {
  const { country } = now;
  const [given, commanded] = [new Map(), new Map()];
  for (const row of rows) {
    if (row.producer === country) given.set(row.consumer, row);
    if (row.consumer === country) commanded.set(row.producer, row);
  }
  const size = (code) => given.get(code).value + commanded.get(code).value;
  const cells = (row) => [amount(unitOf(row) * row.value), between(unitOf(row) * row.p05, unitOf(row) * row.p95)];
  const name = words.names[country];
  const found = [...given.keys()].filter((code) => code !== country).sort((a, b) => size(b) - size(a)).map((code) => {
    const [to, from] = [given.get(code), commanded.get(code)];
    return [words.names[code], ...cells(to), ...cells(from), signed(unitOf(to) * (from.value - to.value))];
  });
  const [, what] = ACCOUNTS.find(([id]) => id === now.measure);
  return [
    element("h2", {}, `${name} and each other country`),
    table(`${what} that cross borders with ${name}${WHOM[now.sex]}, ${now.year}`,
      ["With", `${name} gives`, "5–95 %", `${name} commands`, "5–95 %", "Net (central)"], found),
    element("p", { class: "note" }, "Largest exchange first. The two directions are drawn together, so that the ends of their intervals give no interval of the net."),
  ];
}
