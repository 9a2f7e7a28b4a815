// Direct labels: names beside lines and areas, moved apart.
import { writers } from "./numbers.js";

const LABEL_GAP = 15;

// Names beside the ends of a panel's lines; the panel's top is its largest value, or the one given.
export function endLabels(points, measure, height, highest) {
  if (!points.length) return [];
  const [write, between] = writers(measure);
  const top = highest || Math.max(...points.map((point) => point.high ?? point.value)) || 1;
  const last = Math.max(...points.map((point) => point.year));
  const ends = points.filter((point) => point.year === last).sort((a, b) => a.value - b.value);
  const tops = spread(ends.map((end) => (end.value / top) * height), LABEL_GAP, 4, height - 4);
  return ends.map(({ panel, place, line, hue, value, low, high, shown }, i) => ({
    panel, place, line, hue, top: height - tops[i], label: `${line}  ${shown === 0 ? between(low, high) : write(value)}`,
  }));
}

// Names beside the right ends of curves over a parameter.
export function curveLabels(points, height) {
  const top = Math.max(...points.map((point) => Math.max(point.value, point.high ?? 0))) || 1;
  const last = Math.max(...points.map((point) => point.parameter));
  const ends = points.filter((point) => point.parameter === last).sort((a, b) => a.value - b.value);
  const tops = spread(ends.map((end) => (end.value / top) * height), LABEL_GAP, 4, height - 4);
  return ends.map(({ label, colour }, i) => ({ label, colour, top: height - tops[i] }));
}

// Names beside the areas of a stack, in the order from bottom to top.
export function areaLabels(points, order, measure, height) {
  const totals = {};
  for (const point of points) totals[point.year] = (totals[point.year] || 0) + point.value;
  const top = measure.share ? 1 : Math.max(...Object.values(totals));
  const last = Math.max(...points.map((point) => point.year));
  const [write] = writers(measure);
  const drawn = order.filter((label) => points.some((point) => point.label === label));
  const ends = drawn.map((label) => points.find((point) => point.year === last && point.label === label) || { value: 0 });
  const sizes = ends.map((end) => end.value);
  let base = 0;
  const middles = sizes.map((size) => {
    base += size;
    return ((base - size / 2) / top) * height;
  });
  return spread(middles, LABEL_GAP, 2, height - 2).map((place, i) => ({
    label: drawn[i].length > 28 ? `${drawn[i].slice(0, 27).trimEnd()}…` : drawn[i],
    number: ends[i].shown === 0 ? "bounded" : write(sizes[i]),
    top: height - place,
  }));
}

// Positions moved apart by at least a gap, as charts/labels.py does it.
export function spread(wanted, gap, low, high) {
  const blocks = [];
  wanted.forEach((position, place) => {
    let [mean, size] = [position - place * gap, 1];
    while (blocks.length && blocks[blocks.length - 1][0] > mean) {
      const [before, count] = blocks.pop();
      mean = (before * count + mean * size) / (count + size);
      size += count;
    }
    blocks.push([mean, size]);
  });
  const top = high - (wanted.length - 1) * gap;
  const offsets = blocks.flatMap(([mean, size]) => Array(size).fill(Math.min(Math.max(mean, low), Math.max(top, low))));
  return offsets.map((offset, place) => offset + place * gap);
}
