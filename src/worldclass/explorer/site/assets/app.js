// Starts the page: loads the catalogue and the page's own module, and says so when it cannot.
import { catalogue, shard } from "./data.js";
import { complain } from "./page_parts.js";

function offerThemes() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.onclick = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* kept for this page only */ }
    name();
  };
  name();
  button.hidden = false;
}

// A page inside another one shows a single figure, and the way to the whole.
function embedded() {
  const id = new URLSearchParams(location.search).get("embed");
  const box = id && document.querySelector(`figure#${CSS.escape(id)}`);
  if (!box) return;
  const whole = new URL(location.href);
  whole.searchParams.delete("embed");
  const link = Object.assign(document.createElement("a"), { href: whole.href, target: "_blank", rel: "noopener" });
  link.textContent = "Open in worldclass";
  const way = document.createElement("p");
  way.className = "embedded";
  way.append(link);
  box.classList.add("embedded");
  box.after(way);
}

offerThemes();
embedded();
if (!location.search) for (const path of document.body.dataset.first.split(" ")) if (path) shard(path);
try {
  const [known, page] = await Promise.all([
    catalogue(),
    import(`./pages/${document.body.dataset.page}.js`),
  ]);
  await page.start(known);
  document.body.dataset.ready = "";
} catch (error) {
  complain(error);
}
