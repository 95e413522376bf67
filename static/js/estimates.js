// Estimates: what is typed is looked at while it is typed, a sentence beside it says what is amiss.
(() => {
  "use strict";
  const FORM = "#ballot[data-shape=interval], #ballot[data-shape=quantiles]";
  const questions = (form) => [...form.querySelectorAll("[data-question]")];
  const parts = (question) => [...question.querySelectorAll("[data-part]")];
  const bins = (question) => [...question.querySelectorAll("[data-bin]")];
  const chips = (field) => Math.max(0, Math.floor(Number(field.value)));
  const said = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // One question as it stands: its answer, or the fault in it; neither where it is empty. What is
  // merely not finished is `open`, and is told only once the person has left the question.
  const read = (question) => (bins(question).length ? laid(question) : typed(question));

  function typed(question) {
    const { order, rising, whole, between, least, most, min, max, shape } = question.form.dataset;
    const fields = parts(question);
    const filled = fields.filter((field) => field.value !== "" || field.validity.badInput);
    if (!filled.length) return {};
    const answer = Object.fromEntries(
      filled.filter((field) => field.value !== "").map((field) => [field.dataset.part, Number(field.value)]),
    );
    const places = shape === "interval" ? ["low", "best", "high"] : fields.map((field) => field.dataset.part);
    const values = places.map((place) => answer[place]).filter((value) => value !== undefined);
    const { confidence } = answer;
    if (min !== undefined && values.some((value) => value < Number(min) || value > Number(max)))
      return { fault: said(between, { low: min, high: max }) };
    if (shape === "interval" && values.some((value, n) => value < values[n - 1])) return { fault: order };
    if (shape !== "interval" && values.some((value, n) => value <= values[n - 1])) return { fault: rising };
    if (confidence <= 0 || confidence > 100) return { fault: most };
    if (confidence < 50) return { fault: said(least, { least: 50 }), open: true };
    if (fields.length > Object.keys(answer).length) return { fault: whole, open: true };
    return { answer };
  }

  // Each chip is the value in the middle of its share of the bin that it lies in.
  function laid(question) {
    const { probabilities, chips: left, tooMany } = question.form.dataset;
    const total = JSON.parse(probabilities);
    const values = bins(question).flatMap((field) => {
      const [low, high] = field.dataset.bin.split(" ").map(Number);
      return Array.from({ length: chips(field) }, (_, k) => low + ((high - low) * (k + 0.5)) / chips(field));
    });
    const more = total.length - values.length;
    if (!values.length) return {};
    if (more > 0) return { fault: said(left, { n: more }), counting: true };
    if (more) return { fault: said(tooMany, { n: -more }) };
    return { answer: Object.fromEntries(total.map((p, n) => [p, Number(values[n].toPrecision(12))])) };
  }

  function look(question, left) {
    const { fault, open, counting } = read(question);
    const words = fault && (left || !open) ? fault : "";
    const place = question.querySelector("[data-fault]");
    if (place.textContent !== words) place.textContent = words;
    for (const field of [...parts(question), ...bins(question)]) {
      field.setAttribute("aria-invalid", String(Boolean(words) && !counting));
      const stack = field.closest("li").querySelector(".stack-of-chips");
      if (stack) stack.replaceChildren(...Array.from({ length: Math.min(chips(field), 20) }, () => document.createElement("i")));
    }
  }

  // What is empty, or cannot count as it stands, is left out of the answer.
  const answers = (form) =>
    Object.fromEntries(
      questions(form)
        .map((question) => [question.dataset.question, read(question).answer])
        .filter(([, answer]) => answer),
    );

  const mine = (target) => target.form && target.form.matches(FORM) && target.closest("[data-question]");

  document.addEventListener("input", ({ target }) => {
    const question = mine(target);
    if (!question || target.matches("textarea")) return;
    look(question, false);
    say(target.form, "changed");
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const question = mine(target);
    if (question && !question.contains(relatedTarget)) look(question, true);
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-lay]");
    if (!button) return;
    const field = button.parentElement.querySelector("[data-bin]");
    field.value = Math.min(Number(field.max), Math.max(0, chips(field) + Number(button.dataset.lay)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Nothing goes out while a question is amiss: the first one that is gets the keyboard.
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches(FORM)) return;
      for (const question of questions(event.target)) look(question, true);
      const amiss = questions(event.target).find((question) => read(question).fault);
      if (!amiss) return;
      event.preventDefault();
      event.stopPropagation();
      [...parts(amiss), ...bins(amiss)][0].focus();
    },
    true,
  );

  function say(form, what) {
    const place = form.querySelector("[data-unsent]");
    if (place) place.textContent = place.dataset[what];
  }
  document.addEventListener("ballot:sent", () => {
    const form = document.querySelector(FORM);
    if (form) say(form, "sent");
  });

  function begin(root) {
    for (const form of root.querySelectorAll(FORM)) questions(form).forEach((question) => look(question, false));
  }

  window.estimates = { answers, begin };
  document.addEventListener("DOMContentLoaded", () => begin(document));
})();
