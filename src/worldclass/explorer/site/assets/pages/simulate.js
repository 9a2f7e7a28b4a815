// Simulate: runs of named scenarios; a server also runs a model with the reader's parameters.
import { figure, patched } from "../charts.js";
import { choice, fillForm } from "../controls.js";
import { shard } from "../data.js";
import { spread } from "../labels.js";
import { significant } from "../numbers.js";
import { element, newest, table } from "../page_parts.js";
import { alike, binned, lines, quantile, summed, MECHANISM } from "../runs.js";
import { settingForm } from "../setting_form.js";
import { openState } from "../state.js";

const OWN = "own";
const ALL = "all-groups";
const MOST_LINES = 8;

export async function start(catalogue) {
  if (!document.getElementById("own")) return; // a site made without the models
  const [known, charts] = await Promise.all([shard("data/models.json.gz"), shard("charts/simulate.json.gz")]);
  const live = Boolean(document.body.dataset.api);
  const modelOf = (id) => known.models.find((one) => one.id === id);
  const scenarios = new Map(known.models.flatMap((model) => model.scenarios.map((one) => [one.name, { ...one, model }])));
  const shown = known.stories.map((one) => one.scenario);
  const modelIn = (now) => (now.scenario === OWN ? modelOf(now.model) : scenarios.get(now.scenario).model);
  const state = openState({
    scenario: { values: live ? [...shown, OWN] : shown, initial: shown[0] },
    model: { values: known.models.map((one) => one.id), initial: "civil-violence" },
    from: { values: ({ model }) => ["defaults", ...modelOf(model).scenarios.map((one) => one.name)], initial: "defaults" },
    seed: { initial: "0" },
    runs: { initial: "3" },
    set: { list: true, initial: [] },
    quantity: { values: (now) => modelIn(now).outputs.map((one) => one.id), initial: (now) => modelIn(now).first },
    group: { initial: ALL },
    line: { initial: "all" },
  }, (now, names) => render(now, names));
  function outputIn(now) {
    return modelIn(now).outputs.find((one) => one.id === now.quantity);
  }

  const controls = {
    scenario: choice("Scenario", (scenario) => state.set({ scenario })),
    quantity: choice("Quantity", (quantity) => state.set({ quantity })),
    group: choice("Group", (group) => state.set({ group })),
    line: choice("Runs shown", (line) => state.set({ line })),
  };
  fillForm(...Object.values(controls));
  const picture = figure("runs");
  const kept = new Map();
  let asked = false; // the reader pressed Run below the picture
  const form = live ? settingForm(document.getElementById("own"), known.models, (wanted) => launch(wanted)) : null;

  // A setting of the reader's own becomes what is shown once there are runs of it: when it is
  // refused, or stopped, what was chosen before stays.
  const launch = newest(async (current, wanted) => {
    const rows = await form.run(wanted);
    if (!rows || !current()) return;
    keep(wanted, rows);
    asked = true;
    const before = state.address();
    state.set({ scenario: OWN, ...wanted });
    if (state.address() === before) render(state.get());
  });

  const keyOf = (now) => JSON.stringify([now.model, now.from, now.seed, now.runs, now.set]);
  function keep(now, rows) {
    const content = binned(rows, known.most_times);
    kept.clear(); // one at a time: they are large
    kept.set(keyOf(now), { rows, ...content, chance: alike(content) ? false : null });
  }

  // Runs in bins of time, and what the view says of them; null when a server gave none.
  async function found(now) {
    if (now.scenario !== OWN) {
      const content = await shard(`data/simulation/${now.scenario}.json.gz`);
      return { ...content, title: scenarios.get(now.scenario).label };
    }
    if (!kept.has(keyOf(now))) {
      const rows = await form.run(now);
      if (!rows) return null;
      keep(now, rows);
    }
    const name = now.from === "defaults" ? "" : `, from “${scenarios.get(now.from).label}”`;
    const set = now.set.length ? `, ${now.set.map((one) => one.replace(":", " = ").replaceAll("_", " ")).join(", ")}` : "";
    return { ...kept.get(keyOf(now)), seed: now.seed, title: `${modelIn(now).label}${name}${set}` };
  }

  function showControls(now, content) {
    const options = shown.map((name) => [name, scenarios.get(name).label]);
    if (live) options.push([OWN, "Your own setting"]);
    controls.scenario.show(options, now.scenario);
    const output = outputIn(now);
    const own = content && content.quantities.find((one) => one.quantity === now.quantity);
    const quantities = content ? content.quantities.map((one) => one.quantity) : [now.quantity];
    controls.quantity.show(quantities.map((id) => [id, id.replaceAll("_", " ")]), now.quantity);
    const groups = own ? groupsOf(output, own) : [];
    const several = groups.length > MOST_LINES ? `the first ${MOST_LINES}` : "all";
    controls.group.show([[ALL, several], ...groups.map((one) => [one.id, one.label])], groups.some((one) => one.id === now.group) ? now.group : ALL);
    const runs = content ? content.runs : 1;
    controls.line.show(!content || asOne(content) ? [["all", "the only run"]] : [["all", `median and 5–95 % of ${runs}`],
      ...Array.from({ length: runs }, (_, i) => [String(i), `run ${i + 1} alone`])], now.line);
    controls.group.element.hidden = groups.length < 2;
    controls.line.element.hidden = !content || asOne(content);
  }

  // The words and tables of the scenario chosen; those of a run of one's own are made here.
  function showTables(now, content) {
    for (const part of document.querySelectorAll("#table > section")) part.hidden = part.id !== `s-${now.scenario}`;
    const id = modelIn(now).id;
    for (const part of document.querySelectorAll("#parameters > details")) part.hidden = part.id !== `p-${id}`;
    let box = document.getElementById("s-own");
    if (!box) {
      box = element("section", { id: "s-own" });
      document.getElementById("table").append(box);
    }
    box.hidden = now.scenario !== OWN || !content;
    if (box.hidden) return;
    const plain = (value) => (Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : significant(value, 3));
    const write = (value, output) => (output.share ? `${significant(100 * value, 3)} %` : plain(value)).replace("-", "−");
    const rows = summed(content.rows, modelIn(now), known.most_groups).map(({ output, group, value, low, high }) => [
      output.axis, group.replaceAll("-", " "), output.last ? "last value" : "mean of the later half",
      write(value, output), ...(asOne(content) ? [] : [`${write(low, output)} to ${write(high, output)}`]),
    ]);
    box.replaceChildren(
      element("h2", {}, content.title),
      table(`${modelIn(now).label}: ${content.runs === 1 ? "one run" : `${content.runs} runs${content.chance === false ? ", all the same" : ""}`}, seed ${content.seed}`,
        ["Quantity", "Group", "What the number is", ...(asOne(content) ? ["Value"] : ["Median of runs", "5–95 % of runs"])], rows, 3),
      element("p", { class: "note" }, MECHANISM),
    );
  }

  // Groups with name and colour: the declared ones, or those that arose in the run.
  function groupsOf(output, own) {
    if (output.groups.length) return output.groups.filter((one) => one.id in own.groups);
    return Object.keys(own.groups).map((id, i) => {
      const words = id.replaceAll("-", " ");
      return { id, label: words[0].toUpperCase() + words.slice(1), colour: known.hues[i % known.hues.length] };
    });
  }

  function showRuns(now, content) {
    const model = modelIn(now);
    const output = outputIn(now);
    const own = content.quantities.find((one) => one.quantity === now.quantity);
    if (!own) {
      picture.hide();
      return null;
    }
    const all = groupsOf(output, own);
    const single = all.filter((one) => one.id === now.group);
    const groups = single.length ? single : all.slice(0, MOST_LINES);
    const only = asOne(content);
    const alone = only ? 0 : now.line === "all" || !(Number(now.line) < content.runs) ? null : Number(now.line);
    const points = groups.flatMap((group) => lines(own, group, alone));
    const [low, high] = ends(points, output);
    const scenario = now.scenario === OWN ? scenarios.get(now.from) : scenarios.get(now.scenario);
    const times = [own.time[0], own.time.at(-1)];
    const chosen = patched(charts[output.share ? "share" : "number"], (node) => Array.isArray(node.domain),
      ({ domain }) => ({ domain: domain[1] === 1 ? [low, high] : times }));
    const without = content.chance === false ? ": the model has no chance in it with this setting, so that every run is the same" : "";
    const which = only ? `${content.runs === 1 ? "One run" : `${content.runs} runs, drawn as one line`}${without}` : alone === null ? `Line: median of ${content.runs} runs; band: 5–95 % of them` : `Run ${alone + 1} of ${content.runs}`;
    const thin = own.bin > 1 ? `; each point is a mean over ${own.bin} neighbouring times` : "";
    const cut = points.some((point) => point.value > high || point.value < low) ? "; values beyond the axis are cut off" : "";
    const title = `${content.title}: ${output.id.replaceAll("_", " ")}`;
    const beyond = output.caution && points.some((point) => point.value < 0 || point.value > 1) ? ` ${output.caution}` : "";
    return picture.show({
      title,
      charts: chosen,
      key: JSON.stringify([output.share, low, high, ...times]),
      data: (layout, specification) => ({
        runs: points,
        run_labels: labels(points, specification.height, low, high),
        marks: (scenario ? scenario.marks : []).map((mark, i) => ({ ...mark, top: -14 - 13 * (i % 4) })), // words above the lines, and above one another
      }),
      what: `Up: ${output.axis} (${output.meaning.replace(/\.$/, "")}). Across: time, ${model.time_unit}s. ${which}${thin}${cut}. ${MECHANISM}`,
      note: `${MECHANISM}${beyond} Seed ${content.seed}. Model: ${model.citation}.`,
      description: `${title}. ${groups.map((group) => told(points.filter((point) => point.group === group.id))).filter(Boolean).join("; ")}. ${MECHANISM}`,
      rows: points.map((point) => ({
        model: model.id, scenario: scenario ? scenario.name : "", seed: content.seed, runs: content.runs,
        run: alone === null || (only && content.runs > 1) ? "" : alone, quantity: now.quantity, group: point.group, time: point.time,
        value: point.value, p05: point.low, p95: point.high, mean_over_times: own.bin,
      })),
      address: state.address,
      citation: () => `worldclass ${catalogue.version}: ${title}, seed ${content.seed}. ${MECHANISM} Model: ${model.citation}. ${state.address()}`,
    });
  }

  const told = (own) => own.length && `${own[0].label} from ${significant(own[0].value, 3)} to ${significant(own.at(-1).value, 3)}`;

  const render = newest(async (current, now, names) => {
    if (form && (!names || now.scenario === OWN)) form.show(now);
    if (form && now.scenario !== OWN && (!names || names.has("scenario"))) {
      form.stop();
      form.follow(scenarios.get(now.scenario).model.id, now.scenario);
    }
    showControls(now, null);
    const content = await found(now);
    if (!current()) return;
    showControls(now, content);
    showTables(now, content);
    if (content) await showRuns(now, content);
    if (content && asked) document.getElementById("runs").scrollIntoView({ block: "nearest" });
    asked = false;
  });

  await render(state.get());
}

// Whether one line tells all: one run, or runs that do not differ.
const asOne = (content) => content.runs === 1 || content.chance === false;

// Ends of the vertical axis: the output's own, or from zero unless values are negative.
function ends(points, output) {
  if (output.view) return output.view;
  let [low, high] = [0, -Infinity];
  for (const point of points) {
    for (const value of [point.value, point.low, point.high]) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(high > low)) high = low + 1;
  return [low, high + 0.04 * (high - low)];
}

// Names beside the right ends of lines: at the mean of the last tenth, which a spike does not move.
function labels(points, height, low, high) {
  const groups = [...new Set(points.map((point) => point.group))];
  const found = groups.map((group) => {
    const own = points.filter((point) => point.group === group);
    const tail = own.slice(-Math.max(1, Math.floor(own.length / 10)));
    const level = quantile(tail.map((point) => point.value).sort((a, b) => a - b), 0.5);
    return { label: own[0].label, colour: own[0].colour, level: Math.min(Math.max(level, low), high) };
  }).sort((a, b) => a.level - b.level);
  const tops = spread(found.map(({ level }) => ((level - low) / (high - low)) * height), 15, 4, height - 4);
  return found.map(({ label, colour }, i) => ({ label, colour, top: height - tops[i] }));
}
