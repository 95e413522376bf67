// Points from a budget: what is left is said with every change, and too many are not sent.
(() => {
  "use strict";
  const form = () => document.querySelector('#ballot[data-shape="allocation"]');
  const fields = (f) => [...f.querySelectorAll("input[type=number]")];

  // What the points cost: under a quadratic vote the sum of their squares.
  function spent(f) {
    const cost = (n) => ("squared" in f.dataset ? n * n : Math.abs(n));
    return fields(f).reduce((sum, field) => sum + cost(Number(field.value)), 0);
  }

  function say(f) {
    const line = f.querySelector("[data-left-over]");
    const budget = Number(f.dataset.budget);
    const left = budget - spent(f);
    const words = left < 0 ? "over" : left === 0 ? "none" : "spendAll" in f.dataset ? "rest" : "some";
    const text = line.dataset[words].replace("{left}", left).replace("{over}", -left).replace("{budget}", budget);
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = words;
    const blank = left === budget;
    const wrong = left < 0 || ("spendAll" in f.dataset && left > 0 && !blank);
    for (const field of fields(f)) field.setCustomValidity("");
    const [last] = fields(f).filter((field) => Number(field.value)).slice(-1);
    if (wrong && last) last.setCustomValidity(text);
  }

  document.addEventListener("input", ({ target }) => {
    const f = form();
    if (f && f.contains(target)) say(f);
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-by]");
    const f = form();
    if (!button || !f || !f.contains(button)) return;
    const field = button.parentElement.querySelector("input");
    const before = field.value;
    if (Number(button.dataset.by) > 0) field.stepUp();
    else field.stepDown();
    if (field.value !== before) field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  window.points = { begin: () => form() && say(form()) };
  document.addEventListener("DOMContentLoaded", window.points.begin);
})();
