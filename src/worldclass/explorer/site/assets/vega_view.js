// A Vega view: no outside request, no text that becomes a program, our own styles and tooltips.
import embed from "./vega.js";

const OPTIONS = {
  mode: "vega-lite",
  renderer: "svg",
  ast: true, // expressions are interpreted: no text becomes a program
  actions: false,
  defaultStyle: false,
  tooltip: () => {}, // the library would bring a style of its own
  loader: { load: () => Promise.reject(new Error("no outside requests")) },
};

export const drawn = (specification, datasets) => ({ ...specification, datasets });

export async function viewOf(place, specification, more = {}) {
  const result = await embed(place, specification, { ...OPTIONS, ...more });
  return result.view;
}
