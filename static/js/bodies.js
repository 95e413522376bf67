// What a ballot says as it now stands in its form: a whole answer, or one item of an itemwise one.
(() => {
  "use strict";
  const value = (radio) => (radio.value === "none" ? null : Number(radio.value));
  const chosen = (root, selector) => [...root.querySelectorAll(`${selector}:checked`)];

  const of = {
    rating: (f) => ({
      rating: Object.fromEntries(
        chosen(f, "input[type=radio]").map((radio) => [radio.name, value(radio)]),
      ),
    }),
    approval: (f) => ({ approval: chosen(f, "input[type=checkbox]").map((box) => box.name) }),
    react: (f, item) => ({ react: { [item.dataset.item]: chosen(item, "input")[0].value } }),
    judgement: (f, item) => ({ judgement: { [item.dataset.item]: judged(item) } }),
    ranking: (f) => ({ ranking: window.ranking.tiers(f) }),
    consent: (f) => {
      const reason = f.elements.reason ? f.elements.reason.value.trim() : "";
      return { consent: f.elements.consent.value, ...(reason ? { reason } : {}) };
    },
  };

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

  window.bodies = of;
})();
