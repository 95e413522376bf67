// Ranking: buttons do everything; dragging is an enhancement on top of them.
(() => {
  "use strict";
  const form = () => document.querySelector('#ballot[data-shape="ranking"]');
  const list = (f) => f.querySelector("[data-ranked]");
  const rows = (f) => [...list(f).children];
  const tied = (row) => row.hasAttribute("data-tied");

  // The order as tiers: a row marked as tied shares the place of the one above.
  function tiers(f) {
    const found = [];
    for (const row of rows(f)) {
      if (tied(row) && found.length) found[found.length - 1].push(row.dataset.option);
      else found.push([row.dataset.option]);
    }
    return found;
  }

  function renumber(f) {
    let place = 0;
    rows(f).forEach((row, n) => {
      if (n === 0) row.removeAttribute("data-tied");
      if (!tied(row)) place = n + 1;
      row.querySelector(".place").textContent = tied(row) ? "=" : place;
      row.querySelector('[data-move="up"]').disabled = n === 0;
      row.querySelector('[data-move="tie"]').disabled = n === 0;
      row.querySelector('[data-move="tie"]').setAttribute("aria-pressed", String(tied(row)));
      row.querySelector('[data-move="down"]').disabled = n === rows(f).length - 1;
    });
  }

  function changed(f, said) {
    renumber(f);
    f.setAttribute("data-reordered", "");
    f.setAttribute("data-dirty", "");
    const note = f.querySelector("[data-unsent]");
    note.textContent = note.dataset.changed;
    f.querySelector("[data-said]").textContent = said;
    window.drafts.put(f, "tiers", tiers(f));
  }

  function rank(f, option, text) {
    const template = f.querySelector("template[data-row]").content.firstElementChild;
    const row = template.cloneNode(true);
    row.id = `rank-${option}`;
    row.dataset.option = option;
    row.dataset.text = text;
    row.querySelector("bdi").textContent = text;
    for (const button of row.querySelectorAll("button"))
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace("@", text));
    list(f).append(row);
    const waiting = f.querySelector(`#pool-${CSS.escape(option)}`);
    if (waiting) waiting.hidden = true;
    return row;
  }

  const moves = {
    up: (f, row) => row.previousElementSibling && row.previousElementSibling.before(row),
    down: (f, row) => row.nextElementSibling && row.nextElementSibling.after(row),
    tie: (f, row) => row.toggleAttribute("data-tied"),
    out: (f, row) => {
      const waiting = f.querySelector(`#pool-${CSS.escape(row.dataset.option)}`);
      row.remove();
      if (waiting) waiting.hidden = false;
    },
  };

  document.addEventListener("click", (event) => {
    const f = form();
    if (!f || !f.contains(event.target)) return;
    const added = event.target.closest("[data-pool] [data-option]");
    if (added) {
      const row = rank(f, added.dataset.option, added.dataset.text);
      changed(f, `${row.dataset.text}: ${rows(f).length}`);
      return next(f, added).focus();
    }
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("li");
    const below = row.nextElementSibling || row.previousElementSibling;
    moves[button.dataset.move](f, row);
    changed(f, `${row.dataset.text}: ${rows(f).indexOf(row) + 1 || ""}`);
    stay(f, row.isConnected ? row : below, button);
  });

  // The keyboard goes on with the next that is not ranked yet, and at the end with the sending.
  function next(f, added) {
    const left = [...f.querySelectorAll("[data-pool] li:not([hidden]) [data-option]")];
    const later = left.find((one) => added.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    return later || left.at(-1) || f.querySelector("[type=submit]");
  }

  // The same button stays under the finger and the keyboard; at an end of the list, which can't be
  // passed, the first of the row that can be pressed.
  function stay(f, row, button) {
    if (!row) return f.querySelector("[data-pool] li:not([hidden]) [data-option]").focus();
    const same = row.querySelector(`[data-move="${button.dataset.move}"]`);
    (same.disabled ? row.querySelector("[data-move]:not([disabled])") : same).focus();
  }

  function restore(f) {
    const typed = window.drafts.get(f, "tiers");
    const kept = typed || window.secret.tiers(f);
    if (kept) {
      list(f).replaceChildren();
      for (const waiting of f.querySelectorAll("[data-pool] li")) waiting.hidden = false;
      for (const tier of kept)
        tier.forEach((option, n) => {
          const waiting = f.querySelector(`[data-pool] [data-option="${CSS.escape(option)}"]`);
          const row = waiting && rank(f, option, waiting.dataset.text);
          if (row && n > 0) row.setAttribute("data-tied", "");
        });
      if (typed) changed(f, "");
      else said(f);
    } else markTies(f);
    renumber(f);
    if (window.Sortable)
      window.Sortable.create(list(f), { handle: "[data-handle]", animation: 120, onEnd: () => changed(f, "") });
  }

  function markTies(f) {
    let before = null;
    for (const row of rows(f)) {
      row.toggleAttribute("data-tied", row.dataset.place === before);
      before = row.dataset.place;
    }
  }

  document.addEventListener("ballot:sent", () => {
    const f = form();
    if (f) said(f);
  });

  function said(f) {
    const note = f.querySelector("[data-unsent]");
    note.textContent = note.dataset.sent;
  }

  window.ranking = { tiers, begin: () => form() && restore(form()) };
  document.addEventListener("DOMContentLoaded", window.ranking.begin);
})();
