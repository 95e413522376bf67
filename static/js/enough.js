// A cell that is asked no more says so in the form that still shows it; nothing moves under a finger.
(() => {
  "use strict";
  const region = () => document.getElementById("region-stopped");

  function mark() {
    const f = document.getElementById("ballot");
    if (!region() || !f || !f.dataset.enough) return;
    const over = new Set([...region().querySelectorAll("[data-stopped]")].map((cell) => `rate-${cell.dataset.stopped}`));
    for (const cell of f.querySelectorAll("fieldset.rating")) {
      if (over.has(cell.id)) cell.dataset.enough = f.dataset.enough;
      else delete cell.dataset.enough;
    }
    window.ballots.count();
  }

  document.addEventListener("consilience:changed", mark);
})();
