// The criteria of an exercise: rows to write, to order and to take out. They are kept as one list in
// the form's own field, so that drafts, conflicts and sending know them as they know any other.
(() => {
  "use strict";
  const within = (target) => target.closest("fieldset[data-criteria]");
  const rows = (own) => own.querySelector("[data-rows]");
  const field = (own) => own.querySelector("[name='settings.criteria']");
  const method = (own) => own.querySelector("[name='settings.method']");
  const ready = (own, rule) => JSON.parse(own.querySelector(`template[data-ready="${rule}"]`).content.textContent);

  function draw(own) {
    rows(own).replaceChildren();
    for (const one of JSON.parse(field(own).value || "[]")) add(own, one);
    fit(own);
  }

  function add(own, { id = "", text = "", weight = "1", direction = "up" }) {
    const row = own.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    row.dataset.id = id;
    for (const [name, value] of Object.entries({ text, weight, direction })) part(row, name).value = value;
    rows(own).append(row);
    return row;
  }

  const part = (row, name) => row.querySelector(`[data-within="${name}"]`);

  // A row without words is none.
  function keep(own) {
    const listed = [...rows(own).children].map((row) => ({
      ...(row.dataset.id ? { id: row.dataset.id } : {}),
      text: part(row, "text").value.trim(),
      weight: part(row, "weight").value.trim() || "1",
      direction: part(row, "direction").value,
    }));
    field(own).value = JSON.stringify(listed.filter((one) => one.text));
    field(own).dispatchEvent(new Event("input", { bubbles: true }));
    fit(own);
  }

  // What belongs to the rule alone is shown: two axes are neither added to nor weighed.
  function fit(own) {
    const rule = method(own).value;
    const axes = rule === "impact_feasibility";
    own.querySelector("[data-editor]").hidden = !own.querySelector(`template[data-ready="${rule}"]`);
    for (const one of own.querySelectorAll("[data-weighing]")) one.hidden = axes;
    const all = [...rows(own).children];
    for (const one of rows(own).querySelectorAll("[data-within]")) one.disabled = own.querySelector("[data-editor]").hidden;
    all.forEach((row, n) => {
      row.querySelector('[data-shift="-1"]').disabled = n === 0;
      row.querySelector('[data-shift="1"]').disabled = n === all.length - 1;
      row.querySelector("[data-drop]").hidden = axes;
      part(row, "weight").closest("label").hidden = axes;
      part(row, "direction").closest("label").hidden = rule !== "weighted_criteria";
    });
  }

  function take(own, rule) {
    rows(own).replaceChildren();
    for (const one of ready(own, rule)) add(own, one);
    keep(own);
  }

  document.addEventListener("dialog:open", ({ target }) => {
    const own = target.querySelector("fieldset[data-criteria]");
    if (!own) return;
    // What weighs the criteria of another exercise has none of its own.
    if (target.dataset.ownweighs) own.hidden = own.disabled = true;
    draw(own);
  });

  document.addEventListener("criteria:theirs", ({ target }) => draw(within(target)));

  document.addEventListener("input", ({ target }) => target.matches("[data-within]") && within(target) && keep(within(target)));

  document.addEventListener("change", ({ target }) => {
    const own = within(target);
    if (!own || target !== method(own)) return;
    const given = JSON.parse(field(own).value || "[]");
    const fixed = target.value === "impact_feasibility";
    if (fixed || (target.value === "chnri" && !given.length)) take(own, target.value);
    fit(own);
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-add-criterion], [data-take], [data-shift], [data-drop]");
    const own = button && within(button);
    if (!own) return;
    const row = button.closest("li");
    if ("addCriterion" in button.dataset) part(add(own, {}), "text").focus();
    else if (button.dataset.take) {
      if (button.dataset.take === "chnri" || method(own).value !== "weighted_criteria") method(own).value = button.dataset.take;
      take(own, button.dataset.take);
    } else if ("drop" in button.dataset) {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (next ? part(next, "text") : own.querySelector("[data-add-criterion]")).focus();
    } else shift(row, Number(button.dataset.shift));
    keep(own);
    if (button.dataset.shift) (button.disabled ? part(row, "text") : button).focus();
  });

  function shift(row, by) {
    if (by < 0 && row.previousElementSibling) row.previousElementSibling.before(row);
    if (by > 0 && row.nextElementSibling) row.nextElementSibling.after(row);
  }
})();
