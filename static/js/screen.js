// The big screen: the join address and its QR are this server's own, so they are put in here, and
// stay when the panel around them is drawn anew.
(() => {
  "use strict";
  function place() {
    const address = document.querySelector("[data-join-address]");
    const typed = document.body.dataset.address.replace(/^https?:\/\//, "");
    // Written once only: each change calls this again.
    if (address && address.textContent !== typed) address.textContent = typed;
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
