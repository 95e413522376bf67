// Links for a role or a person: made when asked for, and shown here once, to be typed or copied.
(() => {
  "use strict";
  document.addEventListener("command:done", ({ detail: said }) => {
    if (!said.token) return;
    const [name, whose] = said.participant_id ? ["link-of", said.participant_id] : ["link", said.role];
    const place = document.querySelector(`[data-${name}="${CSS.escape(whose || "")}"]`);
    if (!place) return;
    place.textContent = `${place.dataset.base}/enter/${said.token}`;
    place.hidden = false;
  });
})();
