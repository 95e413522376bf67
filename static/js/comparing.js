// Comparing: one pair, or a few, at a time. What comes next is chosen on the server; a few lie ready
// here, so that a broken line stops nobody, and what is answered goes out through the outbox.
(() => {
  "use strict";
  const READY = 3;
  const form = () => document.querySelector('#ballot[data-shape="pair"], #ballot[data-shape="best_worst"]');
  const all = (f) => [...f.querySelectorAll(".statement")];
  const open = (f) => all(f).filter((item) => !("answered" in item.dataset));
  const here = (f) => f.querySelector(".statement[data-here]");

  // One's own answer is seen for a moment before the next set takes its place.
  let leaving = 0;
  function turn() {
    const f = form();
    f.dataset.turning = "";
    say(f);
    leaving = window.setTimeout(() => {
      delete f.dataset.turning;
      if (f.isConnected) forward(f);
    }, 250);
  }

  function forward(f) {
    const sets = all(f);
    const at = sets.indexOf(here(f));
    const next = sets.findIndex((item, n) => n > at && !("answered" in item.dataset));
    const any = next < 0 ? sets.indexOf(open(f)[0]) : next;
    const none = any < 0;
    f.toggleAttribute("data-none-left", none);
    if (none) sets.forEach((item) => item.removeAttribute("data-here"));
    else window.ballots.show(sets, any);
    say(f);
    if (none) more();
  }

  // Back to the one before, to judge it anew: the answer then replaces the one that was given. Until
  // the next one has come the last one still stands here, and stays.
  function back(f) {
    if ("turning" in f.dataset) {
      window.clearTimeout(leaving);
      delete f.dataset.turning;
      return;
    }
    const sets = all(f);
    const at = here(f) ? sets.indexOf(here(f)) : sets.length;
    if (at < 1) return;
    f.removeAttribute("data-none-left");
    window.ballots.show(sets, at - 1);
    say(f);
  }

  function say(f) {
    const done = all(f).length - open(f).length;
    const { progress, enough, asked } = f.dataset;
    const words = done < Number(asked) ? progress : enough;
    const line = f.querySelector("[data-done]");
    line.textContent = words.replace("{n}", done).replace("{asked}", asked);
    f.querySelector("progress").value = Math.min(done, Number(asked));
    const [first] = all(f);
    f.querySelector("[data-back]").disabled = !first || here(f) === first;
  }

  function judge(f, item, skip) {
    const inputs = [...item.querySelectorAll("input")];
    if (skip) inputs.forEach((input) => (input.checked = false));
    const [best, worst] = inputs.filter((input) => input.checked);
    const trouble = item.querySelector("[role=alert]");
    trouble.hidden = skip || Boolean(best && worst && best.value !== worst.value);
    if (!trouble.hidden) return;
    window.ballots.cast(item, item.querySelector("bdi").textContent);
    turn();
  }

  document.addEventListener("click", ({ target }) => {
    const f = form();
    const button = f && target.closest("#ballot [data-back], #ballot [data-judge]");
    if (!button) return;
    if (button.matches("[data-back]")) return back(f);
    judge(f, button.closest("[data-item]"), button.dataset.judge === "skip");
  });

  // Who went back and presses what stands there already means it: nothing changes, one goes on.
  document.addEventListener("click", ({ target }) => {
    const f = form();
    const item = f && f.dataset.shape === "pair" && target.closest("#ballot .statement input") && here(f);
    if (!item || !("answered" in item.dataset)) return;
    window.setTimeout(() => !("turning" in f.dataset) && here(f) === item && forward(f));
  });

  // ← and → choose the one on that side, ↑ says equal, ↓ that one can't decide, Backspace goes back.
  const SIDES = { ArrowLeft: 0, ArrowRight: 1, ArrowUp: 2, ArrowDown: 3 };
  document.addEventListener("keydown", (event) => {
    const f = form();
    if (!f || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const elsewhere = event.target.closest("input, textarea, select, button, summary, [tabindex]");
    if (elsewhere && !f.contains(elsewhere)) return;
    if (event.key === "Backspace") {
      event.preventDefault();
      return back(f);
    }
    if (f.dataset.shape !== "pair" || !(event.key in SIDES) || !here(f)) return;
    event.preventDefault();
    if ("turning" in f.dataset || event.repeat) return;
    const inputs = [...here(f).querySelectorAll("input")];
    const mirrored = document.documentElement.dir === "rtl" && SIDES[event.key] < 2;
    const input = inputs[mirrored ? 1 - SIDES[event.key] : SIDES[event.key]];
    if (input.matches(":disabled")) return;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // An answer that is on its way, in a form that is drawn anew.
  function answered(item, { pair, best_worst: few }) {
    for (const input of item.querySelectorAll("input")) {
      if (pair) input.checked = input.value === (pair.tie ? "tie" : pair.skip ? "skip" : pair.winner);
      else input.checked = input.value === few[input.name.split(":")[0]];
    }
    item.dataset.answered = "";
  }

  // Further sets, behind those that are here: never under the hands of whoever judges one.
  let asking = false;
  let again = false; // something was answered while a page was on its way that does not know of it
  async function more() {
    const f = form();
    again = asking;
    if (!f || asking || open(f).length >= READY) return;
    asking = true;
    try {
      const answer = await fetch(document.getElementById("exercise").dataset.from + location.search);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) append(f, page);
    } catch {
      // No line: the next acknowledgement asks again.
    }
    asking = false;
    if (again) more();
  }

  function append(f, page) {
    const list = f.querySelector(".statements");
    for (const item of page.querySelectorAll("#ballot .statement")) {
      if (!document.getElementById(item.id)) list.append(document.adoptNode(item));
    }
    if (!here(f) && !("turning" in f.dataset) && open(f).length) forward(f);
  }

  document.addEventListener("consilience:ack", () => more());
  document.addEventListener("consilience:changed", () => {
    const f = form();
    if (f && "noneLeft" in f.dataset) more();
  });

  function begin(f) {
    all(f).forEach((item) => item.removeAttribute("data-here"));
    forward(f);
  }

  window.comparing = { answered, begin, turn };
})();
