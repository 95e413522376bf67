// While a proposal is written: what nearly says the same, as far as its writer may see it.
(() => {
  "use strict";
  const PAUSE = 600; // a hint is for whoever stops to think, not for every key
  let timer = 0;
  let asking = null;

  document.addEventListener("input", ({ target }) => {
    if (!target.dataset || !target.dataset.alike) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ask(target), PAUSE);
  });

  async function ask(field) {
    if (asking) asking.abort();
    asking = new AbortController();
    const text = field.value.trim();
    if (!text) return show([]);
    try {
      const answer = await fetch(`/w/${document.body.dataset.workshop}/mine/alike`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ kind: field.dataset.alike, text }),
        signal: asking.signal,
      });
      show(answer.ok ? (await answer.json()).items : []);
    } catch {
      // offline or superseded: a hint that does not come delays nobody
    }
  }

  function show(items) {
    const place = document.getElementById("alike");
    if (!place) return;
    place.hidden = !items.length;
    place.querySelector("[data-list]").replaceChildren(...items.map(line));
  }

  function line({ text }) {
    const [item, words] = [document.createElement("li"), document.createElement("bdi")];
    words.textContent = text;
    item.append(words);
    return item;
  }

  document.addEventListener("consilience:ack", () => show([]));
})();
