/* Keys for long work. In lists J and K move, T takes, Enter opens what has the focus; Alt with an arrow moves a row;
   in the field for outputs Enter adds. Without a script Tab and the buttons do the same. */
"use strict";
(() => {
  for (const hint of document.querySelectorAll(".key-hints")) hint.hidden = false;

  const list = document.querySelector("[data-keys]");
  const rows = list ? [...list.children] : [];
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (to) => rows[Math.max(0, Math.min(rows.length - 1, to))].querySelector("a").focus();
  const walk = (key) => {
    if (key === "j") go(here() + 1);
    else if (key === "k") go(here() - 1);
    else if (key === "t" && here() >= 0) rows[here()].querySelector("[data-take]")?.click();
    else return false;
    return true;
  };

  const move = (target, key) => {
    const name = { ArrowUp: "up", ArrowDown: "down" }[key];
    const button = name && target.closest("li")?.querySelector(`[data-moves] [name=${name}]`);
    if (!button) return false;
    button.click();
    return true;
  };
  // The row that was moved keeps the focus, wherever it stands now.
  if (location.hash.startsWith("#move-")) document.querySelector(`${location.hash} button`)?.focus();

  const field = document.querySelector("[data-capture] textarea");
  field?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !field.value.trim()) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  if (location.hash === "#capture") field?.focus();

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const done = plain ? rows.length > 0 && walk(event.key.toLowerCase()) : event.altKey && move(event.target, event.key);
    if (done) event.preventDefault();
  });
})();
