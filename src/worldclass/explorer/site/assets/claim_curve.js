// The numbers of a claim's specifications: as points of a curve, in full, and as rows of a file.
import { NO_VALUE, persons, significant } from "./numbers.js";

// An estimate of any unit, as `amount_text` of charts/verdicts.py writes it.
export function amount(value, digits = 3) {
  if (value === null || value === undefined) return NO_VALUE;
  const size = Math.abs(value);
  let text = significant(value, digits);
  if (size >= 99950) text = persons(value, digits);
  else if (size >= 999.5) text = Number(text).toLocaleString("en");
  return text.replace("-", "−");
}

// A share of draws, never rounded to none, to all or across a cut-off; as `holding_text`.
export function holding(share) {
  for (let digits = 0; digits < 4; digits++) {
    const text = (100 * share).toFixed(digits);
    if (![0, 10, 90, 100].includes(Number(text)) || Math.abs(Number(text) / 100 - share) < 1e-9) return `${text} %`;
  }
  return `${(100 * share).toFixed(6)} %`;
}

const between = (low, high) => (low === null || high === null ? NO_VALUE : `${amount(low)} to ${amount(high)}`);

const known = new WeakMap();
// Specifications of one condition, from the least to the greatest estimate.
export function curveRows(found, part) {
  if (!known.has(part)) {
    const [holds, fails] = found.cutoffs;
    const state = (share) => (share >= holds ? "holds" : share <= fails ? "fails" : "some");
    const rows = part.estimate.map((estimate, i) => ({
      number: i + 1,
      estimate,
      low: part.p05[i] ?? estimate,
      high: part.p95[i] ?? estimate,
      state: state(part.share_holding[i]),
      estimate_text: amount(estimate),
      interval_text: between(part.p05[i], part.p95[i]),
      share_text: holding(part.share_holding[i]),
      together_text: holding(found.together[i]),
      ...Object.fromEntries(found.choices.map((one) => [`option_${one.id}`, one.options[found.options[one.id][i]]])),
    }));
    rows.sort((one, other) => one.estimate - other.estimate || one.number - other.number);
    rows.forEach((row, place) => { row.rank = place + 1; });
    known.set(part, rows);
  }
  return known.get(part);
}

export const specificationOf = (found, part, number) => curveRows(found, part).find((row) => row.number === number);

export function tooltipOf(found, part) {
  const told = [
    ["number", "Specification"], ["estimate_text", `Estimate (${part.unit})`], ["interval_text", "5–95 %"],
    ["share_text", "Holds in draws"], ...(found.parts.length > 1 ? [["together_text", "All conditions hold in"]] : []),
    ...found.choices.map((one) => [`option_${one.id}`, one.label]),
  ];
  return told.map(([field, title]) => ({ field, title, type: "nominal" }));
}

// Every specification and condition, under the names of the Python tables.
export function tidyRows(found) {
  if (!known.has(found)) known.set(found, allRows(found));
  return known.get(found);
}

function allRows(found) {
  return found.parts.flatMap((part) => part.estimate.map((estimate, i) => ({
    claim: found.claim,
    specification: i + 1,
    ...Object.fromEntries(found.choices.map((one) => [one.id, one.options[found.options[one.id][i]]])),
    part: part.id, unit: part.unit, holds: part.holds,
    estimate, p05: part.p05[i], p95: part.p95[i], share_holding: part.share_holding[i], all_hold: found.together[i],
  })));
}
