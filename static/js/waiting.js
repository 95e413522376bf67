// At the door: ask every two seconds how it stands, and go in when it opens.
(() => {
  "use strict";
  const place = document.querySelector("[data-waiting]");
  async function ask() {
    try {
      const answer = await fetch(place.dataset.waiting);
      const status = answer.ok ? (await answer.json()).status : "";
      if (status === "admitted") return location.assign(place.dataset.room);
      if (status === "refused") return location.reload();
    } catch {
      // Offline: asked again.
    }
    setTimeout(ask, 2000);
  }
  if (place) ask();
})();
