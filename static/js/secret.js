// Secret rounds: the key that alone can change a ballot, and the ballot as it was sent. Only this
// browser has them, until the round closes: the server can't show anybody their own answer.
(() => {
  "use strict";
  const page = document.body.dataset;
  const OWN = `secret:${page.workshop}:${page.who || ""}:`;
  const LONGEST = 14 * 24 * 3600 * 1000;
  const exercise = () => document.getElementById("exercise");
  const fields = (f) => [...f.elements].filter((x) => x.matches("input, select"));

  const read = (round) => JSON.parse(localStorage.getItem(OWN + round) || "null");
  const write = (round, entry) => localStorage.setItem(OWN + round, JSON.stringify(entry));

  const isSecret = () => Boolean(exercise()) && "secret" in exercise().dataset;
  const fresh = () => ({ key: window.consilience.key(), revisions: {}, fields: {}, at: Date.now() });

  // What goes with a ballot of this form: nothing, unless the round is secret.
  function terms(f, counted) {
    if (!isSecret()) return {};
    const entry = read(f.dataset.round) || fresh();
    const revision = Math.max(Number(counted.dataset.revision), (entry.revisions[counted.id] || 0) + 1);
    counted.dataset.revision = revision;
    entry.revisions[counted.id] = revision;
    for (const field of fields(f)) entry.fields[place(field)] = written(field) ? field.value : field.checked;
    if (f.dataset.shape === "ranking") entry.tiers = window.ranking.tiers(f);
    write(f.dataset.round, entry);
    return { ballot_key: entry.key, revision };
  }

  const written = (field) => field.matches("select, [type=number]");
  const place = (field) => `${field.name} ${written(field) ? "" : field.value}`;

  // The ranking as it was sent, best first.
  const tiers = (f) => (isSecret() && (read(f.dataset.round) || {}).tiers) || null;

  // Another tab of this browser was faster: go on from its revision.
  function behind(f, counted, revision) {
    const entry = read(f.dataset.round);
    if (!isSecret() || !entry) return;
    entry.revisions[counted.id] = revision;
    write(f.dataset.round, entry);
  }

  function begin(root) {
    const f = root.querySelector("#ballot");
    if (!f || !f.dataset.round || !isSecret()) return;
    const entry = read(f.dataset.round);
    if (entry) return fill(f, entry);
    if (!("marked" in exercise().dataset)) return;
    root.querySelector("[data-elsewhere]").hidden = false;
    for (const part of f.querySelectorAll("fieldset, button")) part.disabled = true;
  }

  function fill(f, entry) {
    for (const field of fields(f)) {
      const kept = entry.fields[place(field)];
      if (kept === undefined) continue;
      if (written(field)) field.value = kept;
      else field.checked = kept;
    }
    for (const [id, revision] of Object.entries(entry.revisions)) {
      const counted = document.getElementById(id);
      if (!counted) continue;
      counted.dataset.revision = revision;
      if (counted.dataset.item) counted.dataset.answered = "";
    }
  }

  // A closed round forgets: what was answered shall not stay on a laptop that others use.
  function forget(round) {
    localStorage.removeItem(OWN + round);
    window.consilience.outbox.forget(round);
  }

  document.addEventListener("consilience:changed", ({ detail }) => {
    for (const { kind, ids } of detail.changes) if (kind === "round_closed" && read(ids.round)) forget(ids.round);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const closed = exercise() && exercise().dataset.secretClosed;
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(OWN))) {
      const round = name.slice(OWN.length);
      if (round === closed || Date.now() - read(round).at > LONGEST) forget(round);
    }
  });

  window.secret = { terms, behind, begin, tiers };
})();
