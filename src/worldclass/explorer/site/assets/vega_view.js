// A Vega view: no outside request, no text that becomes a program, our own styles and tooltips.
import embed from "./vega.js";

const OPTIONS = {
  renderer: "svg",
  ast: true, // expressions are interpreted: no text becomes a program
  actions: false,
  defaultStyle: false,
  tooltip: () => {}, // the library would bring a style of its own
  loader: { load: () => Promise.reject(new Error("no outside requests")) },
};

const isCompiled = (specification) => specification.$schema.includes("/vega/");

// A specification, in Vega-Lite or compiled to Vega, with rows for its named data.
export function drawn(specification, datasets) {
  if (!isCompiled(specification)) return { ...specification, datasets };
  const data = specification.data.map((one) => (one.name in datasets ? { ...one, values: datasets[one.name] } : one));
  return { ...specification, data };
}

export async function viewOf(place, specification, more = {}) {
  const mode = isCompiled(specification) ? "vega" : "vega-lite";
  const result = await embed(place, specification, { ...OPTIONS, mode, ...more });
  return result.view;
}
