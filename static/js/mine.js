// A page of one's own follows the meeting: nobody else is shown it, so it is fetched, never pushed.
(() => {
  "use strict";
  const place = () => document.getElementById("own-place");
  let fetching = null;

  async function refresh() {
    if (fetching) fetching.abort();
    fetching = new AbortController();
    let answer, text;
    try {
      answer = await fetch(location.href, { signal: fetching.signal });
      text = await answer.text();
    } catch {
      return; // offline or superseded: the next change asks again
    }
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("own-place");
    if (!answer.ok || !fresh || fresh.isEqualNode(place())) return;
    const held = place().contains(document.activeElement) && document.activeElement.closest("[id]");
    place().replaceWith(document.adoptNode(fresh));
    if (held) again(held.id);
  }

  // Whoever stood on a row by keyboard stands there again.
  function again(id) {
    const row = document.getElementById(id);
    const next = row && row.querySelector("button, a");
    if (next) next.focus();
  }

  // Others' ballots and comings change nothing here.
  const ABOUT = /^(lesson|proposal|merge|misreading|outcome|cell|row|flag|decision|component|conclusion|matter|activity_staged|round_(opened|closed|published)|workshop_ended|device_answered|token_revoked|participant_left|participant_returned|proxy_)/;
  document.addEventListener("consilience:changed", ({ detail }) => {
    if (detail.changes.some((change) => ABOUT.test(change.kind)) || !detail.changes.length) refresh();
  });
  document.addEventListener("command:done", refresh);
  document.addEventListener("click", ({ target }) => target.closest("[data-print]") && window.print());
})();
