/* Keys for long lists: J and K move, T takes, Enter opens what has the focus. Without a script Tab does the same. */
"use strict";
(() => {
  const list = document.querySelector("[data-keys]");
  if (!list) return;
  for (const hint of document.querySelectorAll(".key-hints")) hint.hidden = false;
  const rows = [...list.children];
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (to) => rows[Math.max(0, Math.min(rows.length - 1, to))].querySelector("a").focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(here() + 1);
    else if (key === "k") go(here() - 1);
    else if (key === "t" && here() >= 0) rows[here()].querySelector("[data-take]")?.click();
    else return;
    event.preventDefault();
  });
})();
