// One number in full: what it is, its interval, and one click away where it comes from.
import { WHOM, address, estimate } from "./data.js";
import { persons, personsInterval, share, shareInterval, unbroken } from "./numbers.js";
import { element } from "./page_parts.js";

// Where the page Data & methods tells the origin of a number.
export function originOf(row) {
  const query = new URLSearchParams({
    theory: row.theory, class: row.class, place: row.country, year: row.year, sex: row.sex,
  });
  return `${address("data.html")}?${query}#number`;
}

// Words for a row of the atlas: heading, and facts as [term, text].
export function told(catalogue, row) {
  const theory = catalogue.theory(row.theory);
  const klass = catalogue.class(row.theory, row.class);
  const whom = WHOM[row.sex];
  const facts = [["Persons", (klass.bounds ? "" : persons(row.persons)), personsInterval(row.persons_p05, row.persons_p95)]];
  for (const measure of catalogue.measures.filter((one) => one.share)) {
    const { value, low, high } = estimate(row, measure);
    if (value !== null) facts.push([measure.axis, klass.bounds ? "" : share(value), shareInterval(low, high)]);
  }
  return {
    interval: klass.bounds ? "bounds" : "5–95 %",
    heading: `${klass.label}: ${catalogue.place(row.country).name}${whom}, ${row.year}`,
    definition: `${klass.description} Theory: ${theory.label}.`,
    facts,
    imputed: share(row.imputed),
  };
}

// The navigation leads to the origin of the number that was told last.
export function rememberOrigin(href) {
  for (const link of document.querySelectorAll('nav[aria-label="Pages"] a'))
    if (link.href.split("?")[0] === address("data.html")) link.href = href;
}

export function showNumber(catalogue, row) {
  if (document.body.dataset.page !== "data") rememberOrigin(originOf(row));
  const panel = document.querySelector(".number");
  const words = told(catalogue, row);
  const fact = ([term, value, interval]) => element("div", {},
    element("dt", {}, term),
    element("dd", {}, value ? element("b", {}, value) : null, interval === "–" ? null : value ? ` (${words.interval}: ${interval})` : `${interval} (${words.interval} only)`));
  panel.replaceChildren(
    element("h2", { id: "number-title" }, words.heading),
    element("dl", {}, ...words.facts.map(fact)),
    element("p", { class: "what" }, words.definition, unbroken(` Imputed part of the input: ${words.imputed}.`)),
    document.body.dataset.page === "data" ? "" : element("p", {}, element("a", { href: originOf(row) }, "Where this number comes from")),
  );
  panel.hidden = false;
}

// A citation of a view.
export function citation(catalogue, theory, title, where) {
  const own = catalogue.theory(theory);
  const after = own.citation.replace(/\s+/g, " ").replace(/\.$/, "");
  return `worldclass ${catalogue.version}: ${title}. Theory “${own.label}”, after ${after}. ` +
    `Population table ${catalogue.content_hash.slice(0, 16)}. ${where}`;
}
