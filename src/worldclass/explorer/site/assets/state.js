// What the reader has chosen, and the address that says so: share it, go back to it.
//
// Fields in order: { name: { values, initial, list, most, inPath } }; `values` and `initial` may
// be functions of the fields before. A field in the path is the file's own name.

// The fields that pages about classes have in common, in the order that the page wants.
export function atlasFields(catalogue, names) {
  const ids = (entries, key = "id") => entries.map((entry) => entry[key]);
  const all = {
    theory: { values: ids(catalogue.theories), initial: catalogue.theories[0].id },
    class: {
      values: ({ theory }) => ids(catalogue.theory(theory).classes),
      initial: ({ theory }) => catalogue.theory(theory).focus,
    },
    place: { values: ids(catalogue.places, "code"), initial: "WORLD" },
    year: { values: catalogue.years, initial: catalogue.years.at(-1), number: true },
    sex: { values: ids(catalogue.sexes), initial: "total" },
    measure: { values: ids(catalogue.measures), initial: "share_adults" },
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

const ask = (entry, state) => (typeof entry === "function" ? entry(state) : entry);

export function openState(fields, changed) {
  let current = read();

  function settle(wanted) {
    const state = {};
    for (const [name, field] of Object.entries(fields)) {
      const values = ask(field.values, state);
      const known = (value) => (values ? values.includes(value) : typeof value === "string");
      const initial = ask(field.initial, state);
      if (field.list) {
        const kept = [...new Set((wanted[name] || []).filter(known))].slice(0, field.most);
        state[name] = kept.length ? kept : initial;
      } else {
        state[name] = known(wanted[name]) ? wanted[name] : initial;
      }
    }
    return state;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    const wanted = {};
    for (const [name, field] of Object.entries(fields)) {
      let text = query.get(name);
      if (field.inPath) text = decodeURIComponent(location.pathname.split("/").pop()).replace(/\.html$/, "");
      if (text === null) continue;
      const typed = (part) => (field.number ? Number(part) : part);
      wanted[name] = field.list ? text.split(",").map(typed) : typed(text);
    }
    return settle(wanted);
  }

  function addressOf(state) {
    const query = new URLSearchParams();
    const before = {};
    let file = location.pathname.split("/").pop();
    for (const [name, field] of Object.entries(fields)) {
      const initial = String(ask(field.initial, before));
      before[name] = state[name];
      if (field.inPath) file = `${state[name]}.html`;
      else if (String(state[name]) !== initial) query.set(name, String(state[name]));
    }
    const kept = new URLSearchParams(location.search).get("embed");
    if (kept) query.set("embed", kept);
    const text = query.toString().replaceAll("%2C", ",");
    return (file || "./") + (text ? `?${text}` : "");
  }

  // A step of the reader; `replace` leaves no trace in the history (a slider on its way).
  function set(patch, { replace = false } = {}) {
    const before = current;
    current = settle({ ...current, ...patch });
    const address = addressOf(current);
    if (replace) history.replaceState(null, "", address);
    else if (new URL(address, location.href).href !== location.href) history.pushState(null, "", address);
    announce(before);
  }

  function announce(before) {
    const names = Object.keys(fields).filter((name) => String(before[name]) !== String(current[name]));
    if (names.length) changed(current, new Set(names));
  }

  addEventListener("popstate", () => {
    const before = current;
    current = read();
    announce(before);
  });

  return { get: () => current, set, address: () => new URL(addressOf(current), location.href).href };
}
