// The interpreter's page: fetched anew whenever the meeting moves. What was on it once is
// remembered on this device, so that a wording shows what has changed since it was last seen.
(() => {
  "use strict";
  const { workshop, who } = document.body.dataset;
  const place = () => document.getElementById("interpreting");
  const key = `consilience-seen-${workshop}-${who}`;
  const seen = JSON.parse(localStorage.getItem(key) || "{}"); // wording → the version last seen
  let shown = {};
  let asking = null;

  async function look() {
    if (asking) asking.abort();
    asking = new AbortController();
    const asked = new URLSearchParams(Object.values(seen).slice(-60).map((version) => ["seen", version]));
    let answer, text;
    try {
      answer = await fetch(`/w/${workshop}/mine/interpreting?${asked}`, { signal: asking.signal });
      text = await answer.text();
    } catch {
      return; // offline or superseded: the next change asks again
    }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    place().replaceWith(document.adoptNode(page.getElementById("interpreting")));
    remember();
  }

  // A change stays marked as long as it stands there; it was seen once it has left.
  function remember() {
    const now = {};
    for (const one of place().querySelectorAll("[data-subject]")) now[one.dataset.subject] = one.dataset.version;
    for (const [subject, version] of Object.entries(shown)) if (!(subject in now)) see(subject, version);
    for (const [subject, version] of Object.entries(now)) if (!(subject in seen)) see(subject, version);
    shown = now;
    localStorage.setItem(key, JSON.stringify(seen));
  }

  function see(subject, version) {
    delete seen[subject]; // the one last seen stands last
    seen[subject] = version;
  }

  window.addEventListener("pagehide", () => {
    for (const [subject, version] of Object.entries(shown)) see(subject, version);
    localStorage.setItem(key, JSON.stringify(seen));
  });
  document.addEventListener("consilience:changed", look);
  document.addEventListener("DOMContentLoaded", look);
})();
