// The room follows the meeting by itself, and never moves a person who is typing.
(() => {
  "use strict";
  const STEPS = new Set([
    "activity_staged", "activity_changed", "activity_removed", "item_removed", "item_started", "item_finished", "workshop_ended", "round_opened",
    "round_closed", "round_closing", "round_sealed", "round_published", "round_kept_open", "round_reopened", "statement_joined",
    "screen_changed", "row_put", "cell_changed", "cell_added", "decision_made", "proposal_returned", "proposal_accepted", "proposals_merged", "merge_undone", "proposal_split", "proposal_split_undone",
    "participant_changed", "voter_added", "component_reworded", "conclusion_reworded", "flag_taken_up", "flag_set_aside",
    "ballot_entered", "ballot_by_proxy", "participant_left", "participant_returned", "proxy_named", "proxy_ended",
  ]); // prettier-ignore
  const place = () => document.getElementById("exercise");
  const moved = () => document.getElementById("moved");
  let fetching = null;

  async function refresh({ force = false, list = false } = {}) {
    const here = place();
    if (!here) return;
    if (fetching) fetching.abort();
    fetching = new AbortController();
    let answer, text;
    try {
      answer = await fetch(here.dataset.from + location.search, { signal: fetching.signal });
      text = await answer.text();
    } catch {
      return; // offline or superseded: the next change asks again
    }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("exercise");
    if (fresh.dataset.key === here.dataset.key) {
      waiting = null; // the meeting is back where this person still is
      moved().hidden = true;
    }
    if (list || (fresh.dataset.key === here.dataset.key && !force)) return replaceList(fresh);
    if (typing() && fresh.dataset.key !== here.dataset.key) return offer(fresh);
    swap(fresh);
  }

  const typing = () => Boolean(dirty());

  function swap(fresh) {
    if (about(fresh) !== about(place()) || fresh.querySelector("#sent-for")) receipt(fresh.dataset);
    place().replaceWith(document.adoptNode(fresh));
    moved().hidden = true;
    window.drafts.restore(place());
    window.ballots.begin(place());
    window.ranking.begin();
  }

  // The receipt is about what stands here now, not about the exercise before.
  const about = (exercise) => exercise.dataset.key.split(":")[0];
  function receipt({ number, time, marked, receipt: own }) {
    if (window.consilience.outbox.waiting()) return;
    const state = number ? "recorded" : marked === undefined ? "none" : "unnumbered";
    window.receipt.say(state, { number, time, receipt: own });
  }

  // One's own proposals, as they now stand; never under the hands of whoever words one anew.
  function replaceList(fresh) {
    const [now, before] = [fresh, document].map((root) => root.querySelector("#own-proposals"));
    if (!now || !before || before.contains(document.activeElement)) return;
    if (!before.querySelector("form[data-dirty]")) before.replaceWith(document.adoptNode(now));
  }

  // The meeting has moved on while someone types: the form stays, one line says what is possible.
  let waiting = null;
  const dirty = () => document.querySelector("#exercise form[data-dirty]");
  const reasons = (form) => [...form.querySelectorAll("[data-save-reason]")]
    .map((button) => ({ option: button.dataset.saveReason, field: document.getElementById(`reason-${button.dataset.saveReason}`) }))
    .filter(({ field }) => field.value.trim() !== field.defaultValue.trim());

  async function offer(fresh) {
    waiting = fresh;
    const form = dirty();
    const closed = form.dataset.round ? await closedAt(form.dataset.round) : null;
    if (waiting !== fresh || !dirty()) return;
    const line = moved();
    line.querySelector("[data-now]").textContent = fresh.dataset.title;
    const words = !form.dataset.round || (closed && reasons(form).length);
    const secret = "secret" in place().dataset; // never reopened
    const possible = { send: words, cast: form.dataset.round && !closed, keep: closed && !words && !secret, note: true, drop: true };
    for (const button of line.querySelectorAll("[data-late]")) button.hidden = !possible[button.dataset.late];
    const note = line.querySelector("[data-not-counted]");
    note.hidden = !closed || Boolean(words);
    const { notCounted, notReopened } = note.dataset;
    if (closed) note.textContent = (secret ? notReopened : notCounted).replace("{time}", window.receipt.clock(closed));
    line.hidden = false;
  }

  async function closedAt(round) {
    const answer = await fetch(`/api/v1/rounds/${round}`);
    return answer.ok ? (await answer.json()).closed_at : null;
  }

  const words = (form) =>
    [...form.querySelectorAll("textarea[data-draft]")]
      .map((field) => field.value.trim())
      .concat([...form.querySelectorAll("[data-ranked] > li")].map((row, n) => `${n + 1}. ${row.dataset.text}`))
      .filter(Boolean)
      .join("\n");

  // Each says whether the words are safe, so that the page may follow.
  const late = {
    send: async (form) => {
      if (!form.dataset.round) return form.requestSubmit();
      for (const { option, field } of reasons(form)) {
        const said = { option, words: field.value };
        if (!(await window.ballots.command(`/api/v1/rounds/${form.dataset.round}/reasons`, said))) return false;
      }
      return true;
    },
    cast: (form) => {
      const given = reasons(form);
      for (const { option } of given) window.ballots.giveReason(option);
      if (!given.length) form.requestSubmit();
    },
    keep: () => (window.ballots.hold(), true),
    note: (form) => window.ballots.command(`/w/${document.body.dataset.workshop}/mine/notes`, { text: words(form) }),
    drop: () => true,
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-late]");
    const form = dirty();
    if (!button || !waiting || !form) return;
    if (!(await late[button.dataset.late](form))) return;
    if (button.dataset.late !== "keep") window.drafts.forget(form);
    follow();
  });

  function follow() {
    const next = waiting;
    waiting = null;
    swap(next);
  }

  document.addEventListener("consilience:ack", () => {
    if (waiting && !typing()) follow();
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
