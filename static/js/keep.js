/* What somebody types into a form with data-keep="<what it is about>" is kept on this device until it is sent, for a
   day at most: a closed browser, a lost connection or a session that ended loses nothing. Signing out forgets all. */
"use strict";
(() => {
  const PREFIX = "net4u:kept:";
  const DAY = 24 * 60 * 60 * 1000;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "version"]);

  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const forget = (name) => localStorage.removeItem(name);

  const isDoor = document.querySelector("form [name=login], form [name=code]") !== null;
  for (const name of names()) {
    const entry = read(name);
    if (!entry || Date.now() - entry.at > DAY) forget(name);
    // It was sent, and the answer is not the door: it has arrived, or the answer holds it.
    else if (entry.sent && !isDoor) forget(name);
    else if (entry.sent) localStorage.setItem(name, JSON.stringify({ ...entry, sent: false }));
  }
  for (const form of document.querySelectorAll("form[data-forget]")) {
    form.addEventListener("submit", () => names().forEach(forget));
  }

  const kept = (form) => [...form.elements].filter((each) => each.name && !SKIPPED.has(each.name) && each.type !== "hidden"
    && each.type !== "file" && each.type !== "password" && each.tagName !== "BUTTON" && each.tagName !== "FIELDSET");
  const values = (form) => kept(form).map((each) => [each.name, each.value, each.checked ?? null]);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const restore = (form, stored) => {
    const rows = [...stored];
    for (const each of kept(form)) {
      const choosable = each.type === "checkbox" || each.type === "radio";
      const at = rows.findIndex(([name, value]) => name === each.name && (!choosable || value === each.value));
      if (at < 0) continue;
      const [[, value, checked]] = rows.splice(at, 1);
      if (choosable) each.checked = checked;
      else each.value = value;
    }
  };

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = PREFIX + form.dataset.keep;
    const asSent = values(form);
    const entry = read(name);
    const notice = form.querySelector("[data-kept]");
    if (entry && !same(entry.values, asSent)) {
      restore(form, entry.values);
      if (notice) notice.hidden = false;
    }
    form.querySelector("[data-kept-drop]")?.addEventListener("click", () => {
      forget(name);
      restore(form, asSent);
      notice.hidden = true;
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    let waiting = 0;
    const keep = (sent) => localStorage.setItem(name, JSON.stringify({ at: Date.now(), sent, values: values(form) }));
    const look = () => {
      waiting = 0;
      if (same(values(form), asSent)) forget(name);
      else keep(false);
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 500);
    });
    // Whoever closes the page while typing loses not even the last half second.
    window.addEventListener("pagehide", () => {
      if (waiting) look();
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      waiting = 0;
      if (event.defaultPrevented) return;
      keep(navigator.onLine);
      if (navigator.onLine) return;
      event.preventDefault();
      const line = form.querySelector("[data-offline]");
      if (line) line.hidden = false;
    });
  }
})();
