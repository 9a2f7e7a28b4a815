// What fields of a model's parameters say: numbers with few digits, shares as per cent, what is allowed.

// Four significant digits, as few as they can be written with.
export function number(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  if (size > 0 && size < 1e-4) return value.toExponential(3).replace(/\.?0*e/, "e");
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

const between = (pair) => (pair && pair.some((end) => end !== null)
  ? `${pair[0] === null ? "any" : number(pair[0])} to ${pair[1] === null ? "any" : number(pair[1])}` : "");

// The plausible range of a parameter; where it has none, its limits.
export const allowed = (one) => between(one.range) || (between(one.limits) && `limits ${between(one.limits)}`);

const RATES = { "per year": "a year", "a period": "a period" };

// A share or a rate as per cent: "= 82 % of sites", "= 2.5 % a year"; nothing for other units.
export function reading(unit, text) {
  const value = Number(text);
  const of = unit === "share" || unit.startsWith("share of ") ? unit.slice(6) : RATES[unit];
  if (of === undefined || text.trim() === "" || !Number.isFinite(value)) return "";
  const percent = number(Number((100 * value).toPrecision(4))).replace("-", "−");
  return `= ${percent} %${of ? ` ${of}` : ""}\n`;
}

// Why a field cannot be meant, and what to do: its label, its value, what is allowed.
export function looked(label, input, one) {
  const kind = input.step === "1" ? "whole number" : "number";
  const [least, most] = [input.min, input.max];
  const range = least !== "" && most !== "" ? ` from ${number(Number(least))} to ${number(Number(most))}`
    : least !== "" ? ` from ${number(Number(least))} up` : most !== "" ? ` up to ${number(Number(most))}` : "";
  const { validity: why, value } = input;
  let what = `“${label}” is ${value}, which is no ${kind}.`;
  if (why.badInput) what = `“${label}” holds something that is no ${kind}.`;
  else if (why.rangeOverflow) what = `“${label}” is ${value}: more than it can be.`;
  else if (why.rangeUnderflow) what = `“${label}” is ${value}: less than it can be.`;
  const unit = one && one.unit && !one.choices.length ? ` (${one.unit})` : "";
  const usual = one && one.default !== null ? ` The default is ${number(one.default)}.` : "";
  return { what, remedy: `Give a ${kind}${range}${unit}.${usual}` };
}
