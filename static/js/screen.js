// The big screen: the join address and its QR are this server's own, so they are put in here, and
// stay when the panel around them is drawn anew.
(() => {
  "use strict";
  function place() {
    const address = document.querySelector("[data-join-address]");
    if (address) address.textContent = document.body.dataset.address.replace(/^https?:\/\//, "");
    const square = document.querySelector("[data-join-qr]");
    const qr = document.getElementById("qr");
    if (square && !square.firstElementChild) square.append(qr.content.cloneNode(true));
  }
  place();
  new MutationObserver(place).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "f") return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
})();
