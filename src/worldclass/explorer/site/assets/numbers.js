// Numbers as people read them, by the same conventions as charts/numbers.py.
const SCALES = [[1e9, "bn"], [1e6, "M"], [1e3, "k"]];
export const NO_VALUE = "–";
const missing = (value) => value === null || value === undefined || !Number.isFinite(value);

export function significant(value, digits, trim = true) {
  if (value === 0) return "0";
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const rounded = decimals >= 0 ? Number(value.toFixed(decimals)) : Math.round(value * 10 ** decimals) / 10 ** decimals;
  const text = rounded.toFixed(Math.max(decimals, 0));
  return trim && text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

export function persons(value, digits = 3) {
  if (missing(value)) return NO_VALUE;
  for (const [scale, unit] of SCALES)
    if (Math.abs(value) >= scale * (1 - 0.5 * 10 ** -digits)) return `${significant(value / scale, digits)} ${unit}`;
  return significant(value, digits);
}

// A low end far below the high one: never without a unit, which would be read as the other's.
function lowEnd(low, unit, digits) {
  if (low >= 1e3 * (1 - 0.5 * 10 ** -digits)) return persons(low, digits);
  const text = low < 1 ? "<0.001" : significant(low / 1e3, digits);
  return unit === "k" ? text : `${text} k`;
}

function ends(low, high, digits) {
  for (const [scale, unit] of SCALES) {
    if (Math.abs(high) < scale * (1 - 0.5 * 10 ** -digits)) continue;
    const top = significant(high / scale, digits, false);
    if (low > 0 && low < 0.1 * scale) return [lowEnd(low, unit, digits), top, ` ${unit}`];
    return [significant(low / scale, digits, false), top, ` ${unit}`];
  }
  return [significant(low, digits), significant(high, digits), ""];
}

export function personsInterval(low, high) {
  if (missing(low) || missing(high) || low === high) return NO_VALUE;
  let digits = 2;
  let [bottom, top, unit] = ends(low, high, digits);
  while (digits < 4 && bottom === top) [bottom, top, unit] = ends(low, high, ++digits);
  return `${bottom}–${top}${unit}`;
}

export function share(value, sign = true) {
  if (missing(value)) return NO_VALUE;
  const [percent, unit] = [100 * value, sign ? " %" : ""];
  if (percent > 0 && percent < 0.05) return `<0.1${unit}`;
  return `${percent.toFixed(percent >= 9.95 ? 0 : 1)}${unit}`;
}

export function shareInterval(low, high) {
  if (missing(low) || missing(high) || low === high) return NO_VALUE;
  return `${share(low, false)}–${share(high)}`;
}

// Prose in which no line breaks between a number and its unit.
export const unbroken = (text) => text.replace(/(\d) (%|bn|M|k)(?=\W|$)/g, "$1\u00a0$2");

// Writers of a measure: one number, and both ends of an interval.
export const writers = (measure) => (measure.share ? [share, shareInterval] : [persons, personsInterval]);
