// The receipt: one place that says whether an answer was recorded, and what happens next.
(() => {
  "use strict";
  const at = () => document.getElementById("receipt");

  function clock(iso) {
    const zone = document.body.dataset.timeZone || "UTC";
    const how = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone };
    return new Intl.DateTimeFormat(document.documentElement.lang, how).format(new Date(iso));
  }

  const fill = (words, values) =>
    words.replace(/\{(\w+)\}/g, (_, name) => (name in values ? values[name] : ""));

  // state is one of recorded, unnumbered (in a secret round), waiting, refused; words come translated from the page.
  function say(state, values = {}, note = "") {
    const receipt = at();
    if (!receipt) return;
    receipt.dataset.state = state === "unnumbered" ? "recorded" : state;
    receipt.querySelector("[data-says]").textContent = fill(receipt.dataset[state] || "", values);
    receipt.querySelector("[data-note]").textContent = note;
    keep(receipt, values.receipt);
  }

  // Two words and a number, by which one's own answer is found in the published list.
  function keep(receipt, own) {
    receipt.querySelector("[data-own]").textContent = own ? fill(receipt.dataset.keep || "", { receipt: own }) : "";
  }

  function recorded(ack, note) {
    if (ack.number === null) return say("unnumbered", {}, note);
    say("recorded", { number: ack.number, time: clock(ack.recorded_at), receipt: ack.receipt }, note);
  }

  function refused(message) {
    const receipt = at();
    if (!receipt) return;
    receipt.dataset.state = "refused";
    receipt.querySelector("[data-says]").textContent = message;
    receipt.querySelector("[data-note]").textContent = receipt.dataset.kept || "";
    keep(receipt, "");
  }

  window.receipt = { say, recorded, refused, clock };
})();
