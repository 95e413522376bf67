// A ballot in somebody else's name: the same form, sent as a whole by one button. Nothing of it is
// kept on this device, where the next ballot is another person's.
(() => {
  "use strict";
  const place = () => document.querySelector("[data-person]");
  const form = () => document.getElementById("ballot");
  window.drafts = { put: () => {}, get: () => null, forget: () => {}, settle: () => {} };
  window.secret = { tiers: () => null };

  // Each answer to send: its body, and where its revision stands.
  function answers(f) {
    const items = [...f.querySelectorAll("[data-item]")];
    if (!items.length) return [{ body: window.bodies[f.dataset.shape](f), at: f }];
    const given = items.filter((item) => item.querySelector("input:checked"));
    return given.map((item) => ({ body: window.bodies[f.dataset.shape](f, item), at: item }));
  }

  function reasons(f, item) {
    const fields = [...(item || f).querySelectorAll("textarea[name^='reason:']")];
    const said = fields.filter((field) => field.value.trim());
    return Object.fromEntries(said.map((field) => [field.name.slice("reason:".length), field.value.trim()]));
  }

  async function enter(button) {
    const f = form();
    if (!f.reportValidity() || (f.dataset.shape === "consent" && !f.elements.consent.value)) return;
    button.disabled = true;
    let last = null;
    for (const { body, at } of answers(f)) {
      const revision = Number(at.dataset.revision || 0) + 1;
      const said = { body, revision, on_behalf_of: place().dataset.person };
      const words = reasons(f, at === f ? null : at);
      if (Object.keys(words).length) said.reasons = words;
      last = await window.commands.send("POST", `/api/v1/rounds/${f.dataset.round}/ballots`, said);
      if (!last) break;
      at.dataset.revision = revision;
    }
    button.disabled = false;
    if (last) location.assign(place().dataset.back + last.number);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-enter]");
    if (button) enter(button);
  });
  document.addEventListener("submit", (event) => event.target.id === "ballot" && event.preventDefault());
})();
