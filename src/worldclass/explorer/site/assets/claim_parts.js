// The words of a claim: its verdict, its receipt, and one specification in full.
import { element, table } from "./page_parts.js";

const SIGNS = { holds: ["holds", "●"], depends: ["depends", "◆"], fails: ["fails", "▼"], "not testable here": ["untestable", "○"] };

export function summaryParts(found) {
  const [slug, sign] = SIGNS[found.verdict] || ["untestable", "·"];
  return [
    element("h2", { id: "claim-title", tabindex: "-1" }, found.title),
    element("p", { class: "badge-line" },
      element("span", { class: `badge ${slug}` }, element("span", { "aria-hidden": "true" }, sign), ` ${found.verdict}`),
      ` ${found.marks}`),
    element("p", { class: "statement" }, found.statement),
    element("p", { class: "note" }, `${found.theory_label}. After: ${found.source}`),
    element("p", {}, found.because),
    ...(found.estimate ? [element("p", {}, `${found.parts[0].label}: ${found.estimate}; the median over specifications.`)] : []),
  ];
}

function item(one) {
  if (one.text !== undefined) return element("p", {}, one.text);
  if (one.points) return element("ul", {}, ...one.points.map((point) => element("li", {}, point)));
  if (one.command) return element("pre", { tabindex: "0" }, element("code", {}, one.command));
  return table(one.caption, one.header, one.rows, one.text_columns);
}

export const receiptParts = (found) => found.blocks.map((block) => element("section", {},
  element("h3", {}, block.heading), ...block.items.map(item)));

// Where an estimate stands among all of them.
function place(rank, count) {
  const of = `of all ${count.toLocaleString("en")} estimates`;
  if (rank === 1) return `Its estimate is the least ${of}.`;
  if (rank === count) return `Its estimate is the greatest ${of}.`;
  const [less, more] = [rank - 1, count - rank].map((number) => number.toLocaleString("en"));
  return `Its estimate stands at place ${rank.toLocaleString("en")} ${of}, from the least up: ${less} before it, ${more} after it.`;
}

// A specification's number, estimate and options, for those who point at it or choose it.
export function showSpecification(panel, found, part, row, count) {
  const fact = ([term, text]) => element("div", {}, element("dt", {}, term), element("dd", {}, text));
  const facts = [
    [part.label, `${row.estimate_text} ${part.unit}`],
    ...(found.draws > 1 ? [["5–95 %", row.interval_text]] : []),
    ["Holds in", `${row.share_text}${found.draws > 1 ? " of draws" : ""}`],
    ...(found.parts.length > 1 ? [["All conditions hold in", row.together_text]] : []),
    ...found.choices.map((one) => [one.label, row[`option_${one.id}`]]),
  ];
  panel.replaceChildren(
    element("h2", { id: "number-title" }, `One combination of choices: specification ${row.number.toLocaleString("en")} of ${count.toLocaleString("en")}`),
    element("p", { class: "what" }, `${place(row.rank, count)} The claim was tried under ${count.toLocaleString("en")} combinations of the choices below; this is what one of them gives.`),
    element("dl", {}, ...facts.map(fact)),
  );
  panel.hidden = false;
}
