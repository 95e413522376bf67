// Weights of criteria: what has been given so far, said while one types, and asked for before it is sent.
(() => {
  "use strict";
  const form = (field) => field.closest('form[data-shape="points"], form[data-shape="swings"]');

  function tell(f) {
    const place = f.querySelector("[data-weighed]");
    const { all, sum, best, ready } = place.dataset;
    const fields = [...f.querySelectorAll("input[type=number]")];
    const given = fields.map((field) => Number(field.value) || 0);
    const total = given.reduce((a, b) => a + b, 0);
    const points = f.dataset.shape === "points";
    const short = points ? total !== Number(all) : Math.max(...given) !== Number(all);
    const words = points ? sum.replace("{n}", total).replace("{all}", all) : best;
    place.textContent = short ? words : ready;
    fields[0].setCustomValidity(short ? words : "");
  }

  document.addEventListener("input", ({ target }) => target.matches("input") && form(target) && tell(form(target)));
  // A form that was there before this script, or was fetched since.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[type=submit]");
    if (button && form(button)) tell(form(button));
  });
})();
