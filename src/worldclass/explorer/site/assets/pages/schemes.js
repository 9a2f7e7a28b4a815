// Schemes: names in the table lead to the part that tells more, and open it.
import { element } from "../page_parts.js";

export async function start() {
  for (const name of document.querySelectorAll("#table tbody th"))
    name.replaceChildren(element("a", { href: `#${name.textContent}` }, name.textContent));
  addEventListener("hashchange", open);
  open();
}

function open() {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!part || part.tagName !== "DETAILS") return;
  part.open = true;
  part.scrollIntoView();
  part.querySelector("summary").focus({ preventScroll: true });
}
