// What a ballot says as it now stands in its form: a whole answer, or one item of an itemwise one.
(() => {
  "use strict";
  const value = (radio) => (radio.value === "none" ? null : Number(radio.value));
  const chosen = (root, selector) => [...root.querySelectorAll(`${selector}:checked`)];

  const written = (root) =>
    [...root.querySelectorAll("input[type=number]")].filter((field) => field.value !== "" && field.validity.valid);

  const of = {
    rating: (f) => ({
      rating: Object.fromEntries([
        ...written(f).map((field) => [field.name, Number(field.value)]),
        ...chosen(f, "input[type=radio]").map((radio) => [radio.name, value(radio)]),
      ]),
    }),
    approval: (f) => ({ approval: chosen(f, "input[type=checkbox]").map((box) => box.name) }),
    react: (f, item) => ({ react: { [item.dataset.item]: chosen(item, "input")[0].value } }),
    judgement: (f, item) => ({ judgement: { [item.dataset.item]: judged(item) } }),
    pair: (f, item) => ({ pair: preferred(JSON.parse(item.dataset.shown), chosen(item, "input")[0].value) }),
    best_worst: (f, item) => ({ best_worst: extremes(item) }),
    ranking: (f) => ({ ranking: window.ranking.tiers(f) }),
    criteria: (f) => ({ criteria: judgedOn(f) }),
    points: (f) => ({ allocation: weighed(f) }),
    swings: (f) => ({ rating: weighed(f) }),
    interval: (f) => ({ interval: window.estimates.answers(f) }),
    quantiles: (f) => ({ quantiles: window.estimates.answers(f) }),
    consent: (f) => {
      const reason = f.elements.reason ? f.elements.reason.value.trim() : "";
      return { consent: f.elements.consent.value, ...(reason ? { reason } : {}) };
    },
    choice: (f) => ({ choice: chosen(f, "input").map((box) => box.value).filter(Boolean) }),
    motion: (f) => ({ motion: f.elements.motion.value }),
    allocation: (f) => ({
      allocation: Object.fromEntries(points(f).map((field) => [field.name, Number(field.value)]).filter(([, n]) => n)),
    }),
  };
  const points = (f) => [...f.querySelectorAll("input[type=number]")];

  // The way back: what was sent, in its form again.
  const shown = {
    choice: (f, given) => {
      for (const box of f.querySelectorAll("input")) box.checked = given.length ? given.includes(box.value) : !box.value;
    },
    motion: (f, given) => (f.elements.motion.value = given),
    allocation: (f, given) => {
      for (const field of points(f)) field.value = given[field.name] || 0;
    },
  };

  // A tie says that both are equal, a skip that one can't say: the two names have no order then.
  function preferred([one, other], value) {
    if (value === "tie" || value === "skip") return { winner: one, loser: other, [value]: true };
    return { winner: value, loser: value === one ? other : one };
  }

  function extremes(item) {
    const shown = JSON.parse(item.dataset.shown);
    const [best, worst] = ["best", "worst"].map((name) => chosen(item, `[name^="${name}:"]`)[0]);
    return best && worst ? { shown, best: best.value, worst: worst.value } : { shown, best: "", worst: "", skip: true };
  }

  function judged(item) {
    const holds = chosen(item, "input[type=radio]")[0];
    const [strength, region] = ["strength", "region"].map((name) => {
      const field = item.querySelector(`select[name^="${name}:"]`);
      return field ? field.value : "";
    });
    return {
      ...(holds ? { holds: holds.value } : {}),
      ...(strength ? { strength } : {}),
      ...(region ? { regions: [region] } : {}),
    };
  }

  // "option:criterion" is how a cell of items × criteria is named.
  function judgedOn(f) {
    const all = {};
    for (const radio of chosen(f, "input[type=radio]")) {
      const at = radio.name.lastIndexOf(":");
      const option = radio.name.slice(0, at);
      all[option] = { ...all[option], [radio.name.slice(at + 1)]: value(radio) };
    }
    return all;
  }

  const weighed = (f) =>
    Object.fromEntries([...f.querySelectorAll("input[type=number]")].map((field) => [field.name, Number(field.value) || 0]));

  window.bodies = of;
  window.shown = shown;
})();
