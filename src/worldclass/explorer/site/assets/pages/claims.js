// Claims: the board of verdicts, and one claim with its specification curve and its receipt.
import { figure, patched, phone } from "../charts.js";
import { choice, fillForm, steps } from "../controls.js";
import { curveRows, specificationOf, tidyRows, tooltipOf } from "../claim_curve.js";
import { receiptParts, showSpecification, summaryParts } from "../claim_parts.js";
import { shard } from "../data.js";
import { citation } from "../number.js";
import { element, newest } from "../page_parts.js";
import { openState } from "../state.js";

const ALL = "all";
const MOST = { wide: 400, phone: 130 };

export async function start(catalogue) {
  const rows = [...document.querySelectorAll(".board tbody tr")];
  const index = new Map(rows.map((row) => [row.dataset.claim, { ...row.dataset, row }]));
  const texts = (name) => [...new Set(rows.map((row) => row.dataset[name]))];
  const own = (state) => index.get(state.claim);
  const counted = (state) => Array.from({ length: 1 + Number(state.claim && own(state).count) }, (_, i) => i);
  const state = openState({
    theory: { values: [ALL, ...texts("theory")], initial: ALL },
    verdict: { values: [ALL, ...texts("verdict")], initial: ALL },
    claim: { values: ["", ...index.keys()], initial: "" },
    part: { values: (now) => (now.claim ? own(now).parts.split(",") : [""]), initial: (now) => (now.claim ? own(now).parts.split(",")[0] : "") },
    specification: { values: counted, initial: 0, number: true }, // 0: the one in the middle
  }, (now, names) => render(now, names));

  const names = new Map(catalogue.theories.map((theory) => [theory.id, theory.label]));
  const named = (theory) => names.get(theory) || theory;
  const choose = (claim) => state.set({ claim, part: undefined, specification: 0 });
  const controls = {
    theory: choice("Theory", (theory) => state.set({ theory })),
    verdict: choice("Verdict", (verdict) => state.set({ verdict })),
    claim: choice("Claim", choose),
    part: choice("Condition", (part) => state.set({ part })),
    specification: steps("Combination of choices, from the least to the greatest estimate", (text, moving) => state.set({ specification: Number(text) }, { replace: moving })),
  };
  fillForm(controls.theory, controls.verdict, controls.claim);
  const curve = figure("curve");
  const box = document.getElementById("claim");
  const form = box.querySelector("form");
  form.onsubmit = (event) => event.preventDefault();
  form.replaceChildren(controls.part.element, controls.specification.element);
  let pressed = false; // a link of the board: go to what it opens
  const panel = box.querySelector(".number");
  for (const { claim, label, row } of index.values()) {
    const link = element("a", { href: `?claim=${claim}`, onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      pressed = true;
      choose(claim);
    } }, label);
    row.querySelector("th").replaceChildren(link);
  }

  function showControls(now, found) {
    controls.theory.show([[ALL, "All theories"], ...texts("theory").map((id) => [id, named(id)])], now.theory);
    controls.verdict.show([[ALL, "All verdicts"], ...texts("verdict").map((word) => [word, word])], now.verdict);
    const groups = texts("theory").map((id) => ({
      label: named(id),
      options: rows.filter((row) => row.dataset.theory === id).map((row) => [row.dataset.claim, row.dataset.label]),
    }));
    controls.claim.show([["", "None: only the board"], ...groups], now.claim);
    const several = Boolean(found) && found.parts.length > 1;
    controls.part.element.hidden = !several;
    if (several) controls.part.show(found.parts.map((part) => [part.id, part.label]), now.part);
    form.hidden = !found || found.together.length < 2;
  }

  function showBoard(now) {
    const fits = (row) => (now.theory === ALL || row.dataset.theory === now.theory) && (now.verdict === ALL || row.dataset.verdict === now.verdict);
    for (const row of rows) {
      row.hidden = !fits(row);
      if (row.dataset.claim === now.claim) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const shown = rows.filter(fits);
    const told = texts("verdict").map((word) => [shown.filter((row) => row.dataset.verdict === word).length, word]);
    document.getElementById("counts").textContent = `${shown.length} ${shown.length === 1 ? "claim" : "claims"}${shown.length ? ": " : ""}` +
      `${told.filter(([count]) => count).map(([count, word]) => `${word} ${count}`).join(", ")}.`;
  }

  // The chart with the claim's own scale, tooltip and sizes.
  function specifications(charts, found, part, layout) {
    const count = Math.min(MOST[layout], part.estimate.length);
    const plot = layout === "phone" ? 280 : 888;
    const step = plot / count;
    const size = Math.max(22, Math.min(70, 6 * step));
    const sized = { hit: { strokeWidth: Math.max(step, 2) }, point: { size }, interval: { strokeWidth: Math.max(0.8, Math.min(3, 0.4 * step)) } };
    let own = patched(charts[layout], (node) => typeof node.style === "string" && node.style in sized, (node) => sized[node.style]);
    own = patched(own, (node) => node.clamp === true, () => ({ type: part.scale.type, domain: part.scale.domain }));
    const ends = count > 1 ? [1, part.estimate.length] : [0, 2];
    own = patched(own, (node) => node.padding === 8, () => ({ domain: ends }));
    const words = found.states.map((one) => `datum.label == '${one.id}' ? '${one.words}' : `).join("");
    own = patched(own, (node) => node.orient === "top" && node.labelExpr, () => ({ labelExpr: `${words}datum.label` }));
    return patched(own, (node) => Array.isArray(node.tooltip), () => ({ tooltip: tooltipOf(found, part) }));
  }

  const made = new WeakMap();
  function drawings(charts, found, part) {
    if (!made.has(part)) made.set(part, { wide: specifications(charts, found, part, "wide"), phone: specifications(charts, found, part, "phone") });
    return made.get(part);
  }

  function showCurve(now, found, part, charts, at) {
    const points = curveRows(found, part);
    const count = points.length;
    const [least, middle, most] = [points[0], points[Math.floor((count - 1) / 2)], points.at(-1)];
    const thinned = count > MOST.wide
      ? ` Drawn: ${MOST.wide} of ${count.toLocaleString("en")} specifications (${MOST.phone} on a narrow screen), evenly spaced in the order of their estimates; the CSV holds all.` : "";
    const sampled = found.possible > count ? ` They are a sample of ${found.possible.toLocaleString("en")}.` : "";
    const title = `${found.label}: ${part.label}`;
    const chosen = points.find((point) => point.number === at);
    const left = points[0].estimate < part.at ? "above" : "below";
    return curve.show({
      title,
      rows: tidyRows(found),
      charts: drawings(charts, found, part),
      key: `${found.claim} ${part.id}`,
      data: { chosen: [{ rank: chosen.rank, estimate: chosen.estimate }] },
      // Asked for when the curve is drawn anew: another choice only moves the mark.
      get fixed() {
        return {
          curve: thin(points, phone.matches ? MOST.phone : MOST.wide),
          rule: [{ at: part.at, above: left === "above" ? part.rule : "", below: left === "below" ? part.rule : "" }],
        };
      },
      what: `Up: ${part.label}, ${part.unit}${part.scale.type === "log" ? " (logarithmic)" : ""}. Across: ${count.toLocaleString("en")} specifications, from the least to the greatest estimate. ` +
        `Dashed: ${part.rule}.`,
      note: `A point is one specification${found.draws > 1 ? `, its line the 5–95 % interval over ${found.draws} draws` : ""}.${thinned}${sampled}` +
        `${part.scale.cut ? ` The intervals of ${part.scale.cut} specifications run beyond the axis.` : ""} worldclass ${found.version}, ${found.computed}.`,
      description: `Specification curve, ${title}, ${part.unit}: least ${least.estimate_text}, middle ${middle.estimate_text}, greatest ${most.estimate_text}; ${part.rule}. ${found.headline}.`,
      address: state.address,
      citation: () => citation(catalogue, found.theory, title, state.address()),
      hover: (datum) => datum.number && showSpecification(panel, found, part, specificationOf(found, part, datum.number), count),
      press: (datum) => datum.number && state.set({ specification: datum.number }),
    });
  }

  let before = "";
  const render = newest(async (current, now, changed) => {
    const moved = before === now.claim && changed && changed.size === 1 && changed.has("specification");
    if (!moved) showBoard(now);
    if (!now.claim) {
      showControls(now);
      box.hidden = true;
      before = "";
      return;
    }
    const [found, charts] = await Promise.all([shard(`data/claims/${now.claim}.json.gz`), shard("charts/claims.json.gz")]);
    if (!current()) return;
    if (!moved) showControls(now, found);
    box.hidden = false;
    if (before !== now.claim) {
      box.querySelector(".summary").replaceChildren(...summaryParts(found));
      box.querySelector(".receipt").replaceChildren(...receiptParts(found));
      if (pressed) box.querySelector("h2").focus();
      pressed = false;
      before = now.claim;
    }
    const part = found.parts.find((one) => one.id === now.part);
    if (!part.estimate.length) {
      panel.hidden = true;
      curve.hide();
      return;
    }
    const points = curveRows(found, part);
    const at = now.specification || points[Math.floor((points.length - 1) / 2)].number;
    const order = new Map(points.map((point) => [String(point.number), point.rank]));
    controls.specification.show([...order.keys()], String(at), (text) => `${order.get(text).toLocaleString("en")} of ${points.length.toLocaleString("en")}`);
    showSpecification(panel, found, part, specificationOf(found, part, at), points.length);
    await showCurve(now, found, part, charts, at);
  });

  await render(state.get());
}

// At most so many points, evenly spaced in their order, both ends among them.
function thin(points, most) {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]);
}
