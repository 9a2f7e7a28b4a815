// Runs of a model: in bins of time, as lines with bands, and summed up; as simulations.py does it.
export const MECHANISM = "Mechanism, not forecast: a simulation shows what its assumptions imply.";

// A quantile of sorted numbers, by linear interpolation.
export function quantile(sorted, part) {
  const at = (sorted.length - 1) * part;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function grouped(rows, key) {
  const found = new Map();
  for (const row of rows) {
    const name = key(row);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(row);
  }
  return found;
}

// Rows of a server's answer, as the shards of a static site hold them.
export function binned(rows, most) {
  const runs = Math.max(...rows.map((row) => row.run)) + 1;
  const quantities = [];
  for (const [quantity, own] of grouped(rows, (row) => row.quantity)) {
    const times = [...new Set(own.map((row) => row.time))].sort((a, b) => a - b);
    if (times.length < 2) continue;
    const size = Math.ceil(times.length / most);
    const place = new Map(times.map((time, i) => [time, Math.floor(i / size)]));
    const bins = Math.ceil(times.length / size);
    const time = Array.from({ length: bins }, (_, bin) => mean(times.slice(bin * size, (bin + 1) * size)));
    const groups = {};
    for (const [group, members] of grouped(own, (row) => row.group)) {
      const held = Array.from({ length: runs }, () => Array.from({ length: bins }, () => []));
      for (const row of members) if (row.value !== null) held[row.run][place.get(row.time)].push(row.value);
      groups[group] = held.map((line) => line.map((values) => (values.length ? mean(values) : null)));
    }
    quantities.push({ quantity, bin: size, time, groups });
  }
  return { runs, quantities };
}

// Whether several runs do not differ in anything: the model has no chance in it, as it was set.
export const alike = ({ runs, quantities }) => runs > 1 && quantities.every(({ groups }) =>
  Object.values(groups).every(([first, ...others]) => others.every((run) => run.every((value, i) => value === first[i]))));

// Points of one group: the median and 5–95 % of the runs, drawn while half of them last; or one run.
export function lines(own, group, alone) {
  const runs = own.groups[group.id];
  const points = [];
  own.time.forEach((time, i) => {
    const there = { label: group.label, colour: group.colour, group: group.id, time };
    if (alone !== null || runs.length === 1) {
      const value = runs[alone || 0][i];
      if (value !== null) points.push({ ...there, value, low: null, high: null });
      return;
    }
    const values = runs.map((run) => run[i]).filter((value) => value !== null).sort((a, b) => a - b);
    if (2 * values.length < runs.length || !values.length) return;
    points.push({ ...there, value: quantile(values, 0.5), low: quantile(values, 0.05), high: quantile(values, 0.95) });
  });
  return points;
}

// Each quantity and group in one number a run, then median and 5–95 % over the runs.
export function summed(rows, model, most) {
  const found = [];
  const ends = new Map();
  for (const row of rows) ends.set(row.run, Math.max(ends.get(row.run) ?? -Infinity, row.time));
  const late = (row) => 2 * row.time > ends.get(row.run) || row.time === ends.get(row.run);
  for (const output of model.outputs) {
    const own = rows.filter((row) => row.quantity === output.id && row.value !== null && (output.last || late(row)));
    const groups = grouped(own, (row) => row.group);
    for (const [group, members] of groups.size <= most ? groups : []) {
      const values = [...grouped(members, (row) => row.run).values()]
        .map((run) => (output.last ? run.at(-1).value : mean(run.map((row) => row.value)))).sort((a, b) => a - b);
      found.push({ output, group, value: quantile(values, 0.5), low: quantile(values, 0.05), high: quantile(values, 0.95) });
    }
  }
  return found;
}
