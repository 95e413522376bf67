// The big screen: addresses and their QR codes are this server's own, so they are put in here, and
// stay when the panel around them is drawn anew.
(() => {
  "use strict";
  function place() {
    put("join", "qr", document.body.dataset.address);
    put("take", "qr-take", document.body.dataset.take);
  }

  function put(name, picture, address) {
    const line = document.querySelector(`[data-${name}-address]`);
    const typed = address.replace(/^https?:\/\//, "");
    // Written once only: each change calls this again.
    if (line && line.textContent !== typed) line.textContent = typed;
    const square = document.querySelector(`[data-${name}-qr]`);
    const qr = document.getElementById(picture);
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
