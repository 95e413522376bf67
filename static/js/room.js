// The room follows the meeting by itself, and never moves a person who is typing.
(() => {
  "use strict";
  const STEPS = new Set([
    "activity_staged", "activity_changed", "item_started", "item_finished", "round_opened",
    "round_closed", "round_closing", "round_sealed", "round_kept_open", "round_reopened", "statement_joined",
    "screen_changed", "row_put", "cell_changed", "cell_added", "decision_made", "proposal_returned", "proposal_accepted", "proposals_merged", "merge_undone",
    "participant_changed", "voter_added", "component_reworded", "conclusion_reworded",
  ]); // prettier-ignore
  const place = () => document.getElementById("exercise");
  const moved = () => document.getElementById("moved");
  let fetching = null;

  async function refresh({ force = false, list = false } = {}) {
    const here = place();
    if (!here) return;
    if (fetching) fetching.abort();
    fetching = new AbortController();
    let answer;
    try {
      answer = await fetch(here.dataset.from, { signal: fetching.signal });
    } catch {
      return; // offline or superseded: the next change asks again
    }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("exercise");
    if (list || (fresh.dataset.key === here.dataset.key && !force)) return replaceList(fresh);
    if (typing() && fresh.dataset.key !== here.dataset.key) return offer(fresh);
    swap(fresh);
  }

  const typing = () => Boolean(document.querySelector("#exercise form[data-dirty]"));

  function swap(fresh) {
    keepUnsent();
    if (about(fresh) !== about(place())) receipt(fresh.dataset);
    place().replaceWith(document.adoptNode(fresh));
    moved().hidden = true;
    window.drafts.restore(place());
    window.ballots.begin(place());
    window.ranking.begin();
  }

  // The receipt is about what stands here now, not about the exercise before.
  const about = (exercise) => exercise.dataset.key.split(":")[0];
  function receipt({ number, time, marked }) {
    if (window.consilience.outbox.waiting()) return;
    const state = number ? "recorded" : marked === undefined ? "none" : "unnumbered";
    window.receipt.say(state, { number, time });
  }

  // One's own proposals, as they now stand; never under the hands of whoever words one anew.
  function replaceList(fresh) {
    const [now, before] = [fresh, document].map((root) => root.querySelector("#own-proposals"));
    if (!now || !before || before.contains(document.activeElement)) return;
    if (!before.querySelector("form[data-dirty]")) before.replaceWith(document.adoptNode(now));
  }

  // The meeting has moved on while someone types: the form stays, one line says what is possible.
  let waiting = null;
  function offer(fresh) {
    waiting = fresh;
    const line = moved();
    const form = document.querySelector("#exercise form[data-dirty]");
    line.querySelector("[data-now]").textContent = fresh.dataset.title;
    const proposal = form.matches("[data-propose], [data-row]");
    line.querySelector('[data-late="send"]').hidden = !proposal;
    line.querySelector("[data-not-counted]").hidden = proposal;
    line.hidden = false;
  }

  const words = () =>
    [...document.querySelectorAll("#exercise form[data-dirty] [data-draft]")]
      .map((field) => field.value.trim())
      .concat(ranked())
      .filter(Boolean)
      .join("\n");

  const ranked = () =>
    [...document.querySelectorAll("#ballot [data-ranked] > li")].map(
      (row, n) => `${n + 1}. ${row.dataset.text}`,
    );

  // A ballot that came too late stays on this device, in case the facilitator reopens the round.
  function keepUnsent() {
    const form = document.getElementById("ballot");
    if (form && form.hasAttribute("data-dirty") && form.dataset.round)
      form.querySelectorAll("[data-draft]").forEach((f) => f.dispatchEvent(new Event("input", { bubbles: true })));
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-late]");
    if (!button || !waiting) return;
    const form = document.querySelector("#exercise form[data-dirty]");
    const next = waiting;
    if (button.dataset.late === "send") return form.requestSubmit();
    if (button.dataset.late === "note") {
      const here = document.body.dataset.workshop;
      if (!(await window.ballots.command(`/w/${here}/mine/notes`, { text: words() }))) return;
    }
    window.drafts.forget(form);
    waiting = null;
    swap(next);
  });

  document.addEventListener("consilience:ack", () => {
    if (waiting && !typing()) {
      const next = waiting;
      waiting = null;
      swap(next);
    }
  });

  document.addEventListener("consilience:changed", ({ detail }) => {
    if (detail.changes.some((change) => STEPS.has(change.kind)) || !detail.changes.length) refresh();
  });
  document.addEventListener("command:done", ({ detail: said }) => {
    if (said.recorded_at) window.receipt.recorded(said, "");
    refresh({ force: true });
  });
  document.addEventListener("exercise:stale", ({ detail }) => refresh(detail || {}));
})();
