// Finding rows in a long list: what does not hold the words that are typed, or is not what was
// asked for, steps aside. A push brings all rows again, so they are sifted after each.
(() => {
  "use strict";
  const MARKS = ["component", "area", "level", "agreement", "flagged", "decided"];
  const marks = MARKS.map((mark) => `[data-${mark}]:not(td)`).join();

  const asked = (form) =>
    MARKS.map((mark) => [mark, form.elements[mark].value]).filter(([, value]) => value);

  function sift(list) {
    const form = document.querySelector(`form[data-filter="${list.id}"]`);
    const wanted = form ? asked(form) : [];
    const field = document.querySelector(`[data-find="${list.id}"]`);
    const words = (field ? field.value : "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const passes = (one) => wanted.every(([mark, value]) => one.dataset[mark] === value);
    const holds = (one) => words.every((word) => one.textContent.toLocaleLowerCase().includes(word));
    let shown = 0;
    let all = 0;
    for (const row of rows(list)) {
      const parts = row.matches(marks) ? [row] : [...row.querySelectorAll(marks)];
      const kept = parts.filter((part) => passes(part));
      const stays = holds(row) && (kept.length > 0 || !parts.length);
      for (const part of parts) if (part !== row) part.hidden = !kept.includes(part);
      row.hidden = !stays;
      const counted = parts.filter((part) => part.dataset.decided);
      all += counted.length;
      shown += stays ? counted.filter((part) => kept.includes(part)).length : 0;
    }
    for (const head of list.querySelectorAll("[data-heads]")) head.hidden = !leads(head, wanted.length + words.length);
    if (form) say(form, wanted.length, shown, all);
  }

  const rows = (list) => {
    const found = list.querySelectorAll(":is(tr, li)[data-row]");
    return found.length ? found : list.querySelectorAll("label");
  };

  // A heading stays while something under it does; an empty one while nothing is asked for.
  function leads(head, narrowed) {
    let at = head.matches("tr") ? head.nextElementSibling : head.querySelector("[data-row]");
    if (!at || at.matches("[data-heads]")) return !narrowed;
    for (; at && !at.matches("[data-heads]"); at = at.nextElementSibling) if (!at.hidden) return true;
    return false;
  }

  function say(form, narrowed, shown, all) {
    const place = form.querySelector("[data-shown]");
    place.textContent = narrowed ? place.dataset.shown.replace("{n}", shown).replace("{all}", all) : "";
    form.querySelector("[data-all]").hidden = !narrowed;
  }

  // The address keeps what was asked for, also for the same rows looked at otherwise.
  function remember(form) {
    const query = new URLSearchParams(asked(form));
    const view = form.elements.view;
    const at = (name) => `?${new URLSearchParams([...(name ? [["view", name]] : []), ...query])}`;
    history.replaceState(null, "", at(view ? view.value : ""));
    for (const link of document.querySelectorAll("a[data-view]:not([data-all])")) link.href = at(link.dataset.view);
  }

  const siftAll = () => {
    for (const one of document.querySelectorAll("[data-find], [data-filter]")) {
      const list = document.getElementById(one.dataset.find || one.dataset.filter);
      if (list) sift(list);
    }
  };

  document.addEventListener("input", ({ target }) => {
    const form = target.form && target.form.matches("[data-filter]") ? target.form : null;
    const list = document.getElementById(form ? form.dataset.filter : target.dataset.find || "");
    if (form) remember(form);
    if (list) sift(list);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-filter]")) event.preventDefault();
  });
  document.addEventListener("consilience:swapped", siftAll);
  document.addEventListener("DOMContentLoaded", siftAll);
})();
