/* How clear a promise is, asked for while somebody types. Without it the advice is as of the last saved step. */
"use strict";
(() => {
  const form = document.querySelector("form[data-advice]");
  const here = document.querySelector("[data-advice-here]");
  if (!form || !here) return;
  let waiting = 0;
  let asking = null;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.advice, { method: "POST", body: new FormData(form), signal: asking.signal });
      if (answer.ok && !answer.redirected) here.innerHTML = await answer.text();
    } catch {
      // No connection: what stands there stays.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
})();
