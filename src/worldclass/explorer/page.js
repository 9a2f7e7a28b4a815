"use strict";
// Turns the page's static pictures into live ones. Reads everything from the page itself.
(() => {
  const atlas = JSON.parse(document.getElementById("atlas").textContent);
  const { numbers, charts, points, shapes } = atlas;
  const { classes, places, years } = numbers;
  const state = {
    place: Math.max(0, places.findIndex((place) => place.code === atlas.place)),
    measure: "share_adults",
    class: Math.max(0, classes.findIndex((own) => own.id === atlas.focus)),
    year: years.length - 1,
  };
  const phone = window.matchMedia("(max-width: 560px)");
  const views = {};

  const at = (place, year, own) => (place * years.length + year) * classes.length + own;

  // One estimate in the unit of a measure: value, low and high.
  function estimate(place, year, own, measure) {
    const i = at(place, year, own);
    const share = numbers.share_adults[i];
    const value = measure === "persons" ? numbers.persons[i] : share === null ? null : share / 1e5;
    const scaled = (percent) => (value === null || percent === null ? null : (value * percent) / 100);
    return { value, low: scaled(numbers.low[i]), high: scaled(numbers.high[i]) };
  }

  // Labels from bottom to top, as the picture stacks them: its colour scale lists them so.
  function stacking() {
    const scale = find(charts.areas[state.measure].wide, (node) => node.scale && node.scale.range);
    return scale.scale.domain;
  }

  function find(node, test) {
    if (node === null || typeof node !== "object") return undefined;
    if (test(node)) return node;
    for (const child of Object.values(node)) {
      const found = find(child, test);
      if (found) return found;
    }
    return undefined;
  }

  function areaRows() {
    const order = stacking();
    const rows = [];
    years.forEach((year, y) =>
      classes.forEach((own, c) => {
        const row = estimate(state.place, y, c, state.measure);
        if (row.value === null) return;
        const shown = own.bounds ? 0 : 1;
        rows.push({ year, label: own.label, rank: order.indexOf(own.label), shown, ...row });
      }),
    );
    return rows;
  }

  // Positions moved apart by at least a gap: pooled adjacent violators, then clipped.
  function spread(wanted, gap, low, high) {
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
    const top = Math.max(high - (wanted.length - 1) * gap, low);
    const offsets = blocks.flatMap(([mean, size]) => Array(size).fill(Math.min(Math.max(mean, low), top)));
    return offsets.map((offset, place) => offset + place * gap);
  }

  function significant(value, digits) {
    return String(Number(value.toPrecision(digits)));
  }

  function written(value) {
    if (value === null) return "–";
    if (state.measure === "persons") {
      for (const [scale, unit] of [[1e9, "bn"], [1e6, "M"], [1e3, "k"]])
        if (value >= scale * 0.9995) return `${significant(value / scale, 3)} ${unit}`;
      return significant(value, 3);
    }
    const percent = 100 * value;
    if (percent > 0 && percent < 0.05) return "<0.1 %";
    return `${percent.toFixed(percent >= 9.95 ? 0 : 1)} %`;
  }

  // The bounds of a class of which there is no estimate.
  function between(row) {
    const [low, high] = [written(row.low), written(row.high)];
    const unit = high.slice(high.indexOf(" "));
    return `${low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`;
  }

  function areaLabels(rows, height) {
    const totals = {};
    for (const row of rows) totals[row.year] = (totals[row.year] || 0) + row.value;
    const top = state.measure === "persons" ? Math.max(...Object.values(totals)) : 1;
    const last = years[years.length - 1];
    let base = 0;
    const order = stacking();
    const found = order.map((label) => rows.find((own) => own.year === last && own.label === label));
    const sizes = found.map((row) => (row ? row.value : 0));
    const middles = sizes.map((size) => {
      base += size;
      return ((base - size / 2) / top) * height;
    });
    return spread(middles, 15, 2, height - 2).map((place, i) => ({
      label: order[i].length > 28 ? `${order[i].slice(0, 27).trimEnd()}…` : order[i],
      number: found[i] && !found[i].shown ? between(found[i]) : written(sizes[i]),
      top: height - place,
    }));
  }

  function isCountry(place) {
    return place.code.length === 3;
  }

  function countryRows() {
    const rows = [];
    places.forEach((place, p) => {
      if (!isCountry(place)) return;
      const row = estimate(p, state.year, state.class, "share_adults");
      if (row.value === null) return;
      const point = points[place.code];
      const where = point ? { longitude: point[0], latitude: point[1] } : {};
      const own = classes[state.class];
      const shown = own.bounds ? 0 : 1;
      const value = own.bounds ? row.high : row.value;
      rows.push({ code: place.code, place: place.name, label: own.label, shown, ...where, ...row, value });
    });
    return rows;
  }

  function datasets(name, specification) {
    if (name === "areas") {
      const areas = areaRows();
      return { areas, area_labels: areaLabels(areas, specification.height) };
    }
    if (name === "trends") return { trends: areaRows() };
    const rows = countryRows();
    if (name === "map") return { map: rows, shapes };
    rows.sort((a, b) => b.value - a.value || (a.code < b.code ? -1 : 1));
    return { ranking: rows.slice(0, 20) };
  }

  function choice(name) {
    if (charts[name].all) return "all";
    return document.getElementById(name).dataset.controls === "place" ? state.measure : classes[state.class].id;
  }

  async function draw(name) {
    const layout = phone.matches ? "phone" : "wide";
    const key = `${choice(name)} ${layout}`;
    const specification = charts[name][choice(name)][layout];
    const data = datasets(name, specification);
    const known = views[name];
    if (known && known.key === key) {
      for (const [part, rows] of Object.entries(data)) if (part !== "shapes") known.view.data(part, rows);
      await known.view.runAsync();
      return;
    }
    const frame = document.querySelector(`#${name} .${layout}`);
    frame.dataset.name ||= frame.getAttribute("aria-label");
    const stage = document.createElement("div");
    const whole = { ...specification, datasets: data };
    const result = await vegaEmbed(stage, whole, {
      mode: "vega-lite",
      renderer: "svg",
      ast: true,
      actions: { export: true, source: false, compiled: false, editor: false },
      downloadFileName: `worldclass-${name}`,
      loader: { load: () => Promise.reject(new Error("no outside requests")) },
      tooltip: { theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" },
    });
    if (known) known.view.finalize();
    views[name] = { key, view: result.view };
    settle(frame, stage);
  }

  // Put a live picture in the place of the static one; its name moves from the frame to the SVG,
  // for the frame now also holds a menu.
  function settle(frame, stage) {
    const svg = stage.querySelector("svg");
    svg.style.maxWidth = `${svg.getAttribute("width")}px`;
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", frame.dataset.name);
    for (const part of svg.children) part.setAttribute("aria-hidden", "true");
    for (const menu of stage.querySelectorAll("summary")) menu.setAttribute("aria-label", "Save this picture");
    frame.removeAttribute("role");
    frame.removeAttribute("aria-label");
    frame.replaceChildren(stage);
  }

  function retitle(figure) {
    const title = figure.querySelector("[data-title]");
    const what = figure.querySelector(".what");
    const span = `${years[0]}–${years[years.length - 1]}`;
    const own = classes[state.class].label;
    const names = {
      areas: `Classes through time: ${places[state.place].name}, ${span}`,
      trends: `Each class with its interval: ${places[state.place].name}, ${span}`,
      map: `${own}: every country, ${years[state.year]}`,
      ranking: `Where the class “${own}” ${classes[state.class].bounds ? "may be" : "is"} largest, ${years[state.year]}`,
    };
    title.textContent = names[figure.id];
    if (figure.dataset.controls === "place") {
      const units = { persons: "persons", share_adults: "% of adults (15 and over)" };
      const [old] = Object.entries(units).filter(([key]) => key !== state.measure);
      what.textContent = what.textContent.replace(old[1], units[state.measure]);
    }
    for (const picture of figure.querySelectorAll(".picture")) {
      picture.dataset.name = `${names[figure.id]}, chart.`;
      const named = picture.querySelector("svg[role]") || picture;
      named.setAttribute("aria-label", picture.dataset.name);
    }
  }

  function update(kind) {
    for (const name of driven(kind)) {
      retitle(document.getElementById(name));
      draw(name);
    }
  }

  function fill(select, entries, chosen) {
    entries.forEach(([value, text]) => select.add(new Option(text, value, false, value === chosen)));
  }

  // Which charts a bar of controls drives.
  const driven = (kind) =>
    Object.keys(charts).filter((name) => document.getElementById(name).dataset.controls === kind);

  function listenToPlace() {
    const [place, measure] = ["place", "measure"].map((name) => document.getElementById(`choose-${name}`));
    const listed = places.map((entry, i) => [i, entry.name, isCountry(entry)]);
    listed.sort((a, b) => a[2] - b[2] || (a[2] ? a[1].localeCompare(b[1]) : a[0] - b[0]));
    fill(place, listed.map(([i, text]) => [String(i), text]), String(state.place));
    place.onchange = () => { state.place = Number(place.value); update("place"); };
    measure.onchange = () => { state.measure = measure.value; update("place"); };
  }

  function listenToClass() {
    const [own, year] = ["class", "year"].map((name) => document.getElementById(`choose-${name}`));
    const shown = document.getElementById("year-shown");
    fill(own, classes.map((entry, i) => [String(i), entry.label]), String(state.class));
    Object.assign(year, { min: 0, max: years.length - 1, value: state.year });
    year.closest("label").hidden = years.length === 1;
    const show = () => {
      shown.textContent = years[state.year];
      year.setAttribute("aria-valuetext", years[state.year]);
    };
    show();
    own.onchange = () => { state.class = Number(own.value); update("class"); };
    year.oninput = () => { state.year = Number(year.value); show(); update("class"); };
  }

  function listen() {
    if (driven("place").length) listenToPlace();
    if (driven("class").length) listenToClass();
    for (const bar of document.querySelectorAll(".controls")) bar.hidden = !driven(bar.dataset.for).length;
    phone.onchange = () => Object.keys(charts).forEach(draw);
  }

  listen();
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.unobserve(entry.target);
        draw(entry.target.id);
      }
    },
    { rootMargin: "400px" },
  );
  for (const name of Object.keys(charts)) seen.observe(document.getElementById(name));
})();
