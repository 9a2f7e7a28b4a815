// Shards of data, fetched when they are needed and kept.
const root = new URL("../", import.meta.url);
const kept = new Map();

export const address = (path) => new URL(path, root).href;

// A compressed JSON file. Some hosts unpack it on the way, so its first bytes decide.
export function shard(path) {
  if (!kept.has(path)) {
    const found = fetchShard(path);
    kept.set(path, found);
    found.catch(() => kept.delete(path));
  }
  return kept.get(path);
}

async function fetchShard(path) {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`The data file ${path} could not be read (${answer.status}).`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return JSON.parse(new TextDecoder().decode(bytes));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).json();
}

export async function catalogue() {
  const found = await shard("data/catalogue.json.gz");
  if (!found.theory) {
    const by = (list, key) => new Map(list.map((entry) => [entry[key], entry]));
    const [theories, places] = [by(found.theories, "id"), by(found.places, "code")];
    const [measures, sexes] = [by(found.measures, "id"), by(found.sexes, "id")];
    const classes = new Map(found.theories.map((one) => [one.id, by(one.classes, "id")]));
    Object.assign(found, {
      theory: (id) => theories.get(id),
      place: (code) => places.get(code),
      measure: (id) => measures.get(id),
      sex: (id) => sexes.get(id),
      class: (theory, id) => classes.get(theory).get(id),
    });
  }
  return found;
}

const COLUMNS = ["persons", "persons_p05", "persons_p95", "share_population", "share_adults",
  "share_workforce", "imputed"];

function picked(arrays, i) {
  const row = {};
  for (const name of COLUMNS) row[name] = arrays[name][i];
  return row;
}

// One class and sex: a function from place and year to a row of the atlas.
export async function classRows(theory, klass, sex) {
  const found = await shard(`data/class/${theory}/${klass}/${sex}.json.gz`);
  const places = new Map(found.places.map((code, i) => [code, i]));
  return (code, year) => {
    const place = places.get(code);
    const row = picked(found, place * found.years.length + year - found.years[0]);
    return { theory, class: klass, country: code, year, sex, ...row };
  };
}

// One place: a function from theory, class, sex and year to a row of the atlas, and ranks.
export async function placeRows(code) {
  const found = await shard(`data/place/${code}.json.gz`);
  const { years, sexes } = found;
  const row = (theory, klass, sex, year) => {
    const own = found.theories[theory];
    const at = (own.classes.indexOf(klass) * sexes.length + sexes.indexOf(sex)) * years.length;
    return { theory, class: klass, country: code, year, sex, ...picked(own, at + year - years[0]) };
  };
  row.rank = (theory, klass, year) => {
    const own = found.theories[theory];
    return own.rank && own.rank[own.classes.indexOf(klass) * years.length + year - years[0]];
  };
  return row;
}

// Value, low and high of a row by a measure. The base of a share is not drawn, so that the
// interval of a share is that of its persons.
export function estimate(row, measure) {
  if (!measure.share) return { value: row.persons, low: row.persons_p05, high: row.persons_p95 };
  const value = row[measure.id];
  const scaled = (end) => (row.persons > 0 && value !== null && end !== null ? (value * end) / row.persons : null);
  return { value, low: scaled(row.persons_p05), high: scaled(row.persons_p95) };
}

// End of a title that names the sex.
export const WHOM = { female: ", women", male: ", men", total: "" };

// Classes as a reader meets them: the theory's order, neutral ones at the end.
export const readingOrder = (theory) => [...theory.classes].sort((a, b) => a.neutral - b.neutral);

// An answer of the live server; `wanted` may hold lists. Its errors say what is wrong and what to do.
export async function ask(route, wanted, options = {}) {
  const url = new URL(document.body.dataset.api + route, location.href);
  for (const [name, value] of Object.entries(wanted))
    for (const one of [value].flat()) if (one !== null && one !== undefined) url.searchParams.append(name, one);
  const answer = await fetch(url, options);
  const content = await answer.json().catch(() => ({ what: `The server answered ${answer.status}.` }));
  if (!answer.ok) throw new Error([content.what, content.remedy].filter(Boolean).join(" "));
  return content;
}
