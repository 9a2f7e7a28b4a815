// Runs before the page is painted: the reader's choice of light or dark, if there is one.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's choice then holds.
  }
  if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";
})();
