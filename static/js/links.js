// Links for a role: made when asked for, and shown here once, to be typed or copied.
(() => {
  "use strict";
  document.addEventListener("command:done", ({ detail: said }) => {
    const place = said.token && document.querySelector(`[data-link="${CSS.escape(said.role || "")}"]`);
    if (!place) return;
    place.textContent = `${place.dataset.base}/enter/${said.token}`;
    place.hidden = false;
  });
})();
