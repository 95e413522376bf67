// Ballots: from what is pressed to what is sent, and back from the server's answer to the receipt.
(() => {
  "use strict";
  const sent = new Map(); // key → { form, item, label, tap }
  const form = () => document.getElementById("ballot");

  const ANSWERED = "input:checked, input[type=number]:not(:placeholder-shown)";

  function ballot(f, item, reasons, codes) {
    const counted = item || f;
    counted.dataset.revision = Number(counted.dataset.revision || 0) + 1;
    return {
      type: "cast_ballot",
      round: f.dataset.round,
      revision: Number(counted.dataset.revision),
      body: window.bodies[f.dataset.shape](f, item),
      ...(reasons ? { reasons } : {}),
      ...(codes ? { codes } : {}),
      ...window.secret.terms(f, counted),
    };
  }

  function cast(item, label, reasons, tap, codes) {
    const f = form();
    const key = window.consilience.send(ballot(f, item, reasons, codes));
    sent.set(key, { round: f.dataset.round, item: item ? item.id : "", label, reasons, tap, codes });
    if (item) item.dataset.answered = "";
    window.receipt.say("waiting", {}, label);
    count();
  }

  // How many are still without an answer, said in the foot of the form.
  function count() {
    const f = form();
    const foot = f && f.querySelector("[data-left]");
    if (!foot) return;
    const items = f.querySelectorAll("[data-item]");
    const done = items.length
      ? f.querySelectorAll("[data-item][data-answered], [data-item]:has(input:checked)").length
      : [...f.querySelectorAll("fieldset")].filter((group) => group.querySelector(ANSWERED)).length;
    const spared = f.querySelectorAll("fieldset[data-enough]:not(:has(input:checked))").length;
    const left = Math.max(0, Number(f.dataset.total) - done - spared);
    const words = left > 1 ? foot.dataset.many : left === 1 ? foot.dataset.one : foot.dataset.none;
    foot.textContent = words.replace("{n}", left);
    document.dispatchEvent(new CustomEvent("ballot:counted", { detail: { done, total: done + left } }));
  }

  const label = (field) => {
    const group = field.closest("[data-item]") || field.closest("fieldset, li, section");
    const name = group && group.querySelector("legend bdi, bdi");
    return name ? name.textContent : "";
  };

  document.addEventListener("change", (event) => {
    const f = form();
    if (!f || !f.contains(event.target) || !f.dataset.shape || "buttonCounts" in f.dataset || "setCounts" in f.dataset) return;
    if (!event.target.matches("input, select")) return;
    if (event.target.dataset.code) return giveReason(event.target.dataset.code);
    if (!instead(f, event.target)) return;
    const item = event.target.closest("[data-item]");
    cast(item, label(event.target), undefined, { name: event.target.name });
    if (f.dataset.shape === "react" && !byArrow) turn(f);
    if (f.dataset.shape === "pair") window.comparing.turn();
  });

  // A number and "no opinion" stand instead of each other; one that is off the scale is not sent.
  function instead(f, field) {
    if (field.type === "number" && !field.reportValidity()) return false;
    const others = f.querySelectorAll(`input[name="${CSS.escape(field.name)}"]`);
    if (field.type === "number") for (const radio of others) radio.checked = false;
    else for (const number of others) if (number.type === "number") number.value = "";
    return true;
  }

  // Whether what stands in a form that counts on its button is what was sent.
  function unsent(f, state) {
    const note = f.querySelector("[data-unsent]");
    if (note) note.textContent = note.dataset[state];
  }

  document.addEventListener("input", ({ target }) => form() && form().contains(target) && unsent(form(), "changed"));

  document.addEventListener("submit", (event) => {
    const f = event.target;
    if (f.id !== "ballot") return;
    event.preventDefault();
    if (f.hasAttribute("data-propose")) return propose(f);
    if (!f.dataset.shape) return;
    if (f.dataset.shape === "consent" && !f.elements.consent.value) return;
    cast(null, "");
  });

  function propose(f) {
    const text = f.elements.text.value.trim();
    if (!text) return;
    const area = f.elements.area ? f.elements.area.value : "";
    const key = window.consilience.send({
      type: "propose",
      activity: f.dataset.activity,
      kind: f.dataset.kind,
      text,
      ...(area ? { area } : {}),
      ...(f.elements.held && f.elements.held.checked ? { shown: "anonymous" } : {}),
    });
    sent.set(key, { proposal: f.elements.text.value, activity: f.dataset.activity, label: text });
    window.receipt.say("waiting", {}, text);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save-reason], [data-step], [data-finished], [data-hold], [data-cast]");
    if (!button || !form()) return;
    const { saveReason, step: by, finished, hold } = button.dataset;
    if (by) return step(Number(by));
    if ("cast" in button.dataset) return cast(null, "");
    if (hold) return holdBack(button);
    if (saveReason) return giveReason(saveReason);
    mark(button, finished === "true");
  });

  // What one answered before, confirmed by one tap: it is put where one would have tapped.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-take]");
    const f = button && form();
    if (!f) return;
    const { take, option } = button.dataset;
    const fields = [...f.querySelectorAll(`[name="${CSS.escape(option)}"]`)];
    const field = fields.find((one) => one.value === take);
    button.hidden = true;
    if (field && !field.checked) {
      field.focus();
      field.click();
    } else if (!field) cast(null, "");
  });

  function giveReason(option) {
    const f = form();
    const field = document.getElementById(`reason-${option}`);
    const item = f.querySelector(`[data-item="${option}"]`);
    const code = f.elements[`code:${option}`];
    const codes = code && code.value ? { [option]: code.value } : undefined;
    cast(item, label(field), { [option]: field.value.trim() }, undefined, codes);
  }

  const command = async (path, body) => Boolean(await window.commands.send("POST", path, body));

  // A reason that was just recorded can be held back at once: its button comes from the server.
  async function offerHold(options) {
    const answer = await fetch(document.getElementById("exercise").dataset.from);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const option of options) {
      const [now, fresh] = [document, page].map((root) => root.getElementById(`why-${option}`));
      if (!now || !fresh) continue;
      for (const old of now.querySelectorAll("[data-hold]")) old.remove();
      const button = fresh.querySelector("[data-hold]");
      if (button) now.querySelector("[data-save-reason]").after(document.adoptNode(button));
    }
  }

  async function holdBack(button) {
    const held = button.getAttribute("aria-pressed") !== "true";
    if (await command(`/api/v1/reasons/${button.dataset.hold}/hold`, { held_back: held }))
      button.setAttribute("aria-pressed", String(held));
  }

  async function mark(button, finished) {
    const f = form();
    if (finished && f.dataset.shape === "approval" && !Number(f.dataset.revision)) cast(null, "");
    if (await command(`/api/v1/rounds/${f.dataset.round}/finished`, { finished }))
      document.dispatchEvent(new CustomEvent("exercise:stale", { detail: { force: true } }));
  }

  // An arrow key chooses among answers on its way to another: only a click or a space goes on.
  let byArrow = false;
  document.addEventListener("keydown", ({ key }) => (byArrow = key.startsWith("Arrow")), true);
  document.addEventListener("pointerdown", () => (byArrow = false), true);

  // What the round most needs judged changes while others answer: what is still ahead is put into
  // the server's order anew, now and then. What stands before somebody stays, and so does what is behind.
  const PAUSE = 15000;
  let asked = 0;
  async function route(f) {
    if (Date.now() - asked < PAUSE || ahead(f).length < 2) return;
    asked = Date.now();
    const answer = await fetch(document.getElementById("exercise").dataset.from).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = f.querySelector(".statements");
    const numbers = [...list.children].map((statement) => statement.querySelector(".small").textContent);
    const free = ahead(f);
    for (const { id } of page.querySelectorAll("#ballot .statement:not([data-answered])")) {
      const own = free.find((statement) => statement.id === id);
      if (own) list.append(own);
    }
    [...list.children].forEach((one, n) => (one.querySelector(".small").textContent = numbers[n]));
  }

  function ahead(f) {
    const all = [...f.querySelectorAll(".statement")];
    const here = all.findIndex((statement) => statement.hasAttribute("data-here"));
    return all.slice(here + 1).filter((statement) => !statement.hasAttribute("data-answered"));
  }

  // One's own answer is seen for a moment before the next statement takes its place.
  function turn(f) {
    f.dataset.turning = "";
    window.setTimeout(() => {
      step(1);
      delete f.dataset.turning;
      route(f);
    }, 250);
  }

  // One statement at a time; with the foot of the list the first unanswered one comes up again.
  function step(by) {
    const all = [...document.querySelectorAll("#ballot .statement")];
    if (!all.length) return;
    const here = Math.max(0, all.findIndex((s) => s.hasAttribute("data-here")));
    const next = Math.min(all.length - 1, Math.max(0, here + by));
    show(all, next);
  }

  function show(all, n) {
    const within = all.some((statement, i) => i !== n && statement.contains(document.activeElement));
    all.forEach((statement, i) => statement.toggleAttribute("data-here", i === n));
    const [first, own] = ["input", "input:checked"].map((which) => all[n].querySelector(which));
    if (within && first) (own || first).focus(); // the keyboard goes along
  }

  function begin(root) {
    window.secret.begin(root);
    const f = root.querySelector("#ballot[data-round]");
    if (f) onTheirWay(f);
    window.points.begin();
    if (f && f.hasAttribute("data-dirty")) unsent(f, "changed");
    const all = [...root.querySelectorAll("#ballot .statement")];
    const open = all.findIndex((s) => !s.hasAttribute("data-answered"));
    if (f && "asked" in f.dataset) window.comparing.begin(f);
    else if (all.length) show(all, open < 0 ? 0 : open);
    window.estimates.begin(root);
    count();
  }

  document.addEventListener("consilience:ack", ({ detail: ack }) => {
    const known = sent.get(ack.key);
    if (known && known.acknowledged) return; // sent twice over a broken line, answered twice
    if (known) known.acknowledged = true;
    window.receipt.recorded(ack, known ? known.label : "");
    const f = form();
    if (!known || !f) return;
    if (known.proposal !== undefined) return proposed(f, known);
    if (known.round !== f.dataset.round) return;
    for (const [option, words] of Object.entries(known.reasons || {}))
      window.drafts.settle(document.getElementById(`reason-${option}`), words);
    if (known.reasons) offerHold(Object.keys(known.reasons));
    if ("buttonCounts" in f.dataset) {
      window.drafts.forget(f);
      for (const field of f.elements) [field.defaultChecked, field.defaultValue] = [field.checked, field.value];
      unsent(f, "sent");
      document.dispatchEvent(new CustomEvent("ballot:sent"));
    }
  });

  function proposed(f, known) {
    const field = f.elements.text;
    if (field && field.value === known.proposal) field.value = "";
    window.drafts.forget(f);
    document.dispatchEvent(new CustomEvent("exercise:stale", { detail: { list: true } }));
  }

  document.addEventListener("consilience:refused", ({ detail: refusal }) => {
    const known = sent.get(refusal.key);
    sent.delete(refusal.key);
    if (known && refusal.code === "stale_revision") {
      window.secret.behind(form(), document.getElementById(known.item) || form(), refusal.revision);
      return merge(known);
    }
    window.receipt.refused(refusal.message);
    document.dispatchEvent(new CustomEvent("ballot:refused", { detail: { ...refusal, known } }));
  });

  // Another of this voter's devices was faster: take its answers, put this tap on top, send again.
  async function merge(known) {
    const f = form();
    if (!f || f.dataset.round !== known.round) return;
    const answer = await fetch(`/api/v1/rounds/${known.round}/ballots/mine`);
    if (!answer.ok) return;
    const item = known.item ? document.getElementById(known.item) : null;
    for (const ballot of (await answer.json()).items) {
      if (item && window.consilience.outbox.itemOf(ballot.body) !== item.dataset.item) continue;
      (item || f).dataset.revision = ballot.revision;
      if (!item && known.tap) adopt(f, ballot.body, known.tap.name);
    }
    cast(item, known.label, known.reasons, known.tap, known.codes);
  }

  function adopt(f, body, except) {
    const stored = body.rating || body.allocation || (body.criteria && cells(body.criteria)) || Object.fromEntries((body.approval || []).map((o) => [o, true]));
    for (const field of f.querySelectorAll("input")) {
      if (field.name === except) continue;
      if (field.type === "checkbox") field.checked = field.name in stored;
      else if (field.type === "number") field.value = stored[field.name] ?? "";
      else if (field.name in stored) {
        const own = stored[field.name];
        field.checked = field.value === (own === null ? "none" : String(own));
      }
    }
  }

  // Items × criteria by the names of their fields.
  const cells = (items) =>
    Object.fromEntries(
      Object.entries(items).flatMap(([option, row]) => Object.entries(row).map(([criterion, own]) => [`${option}:${criterion}`, own])),
    );

  // Answers that had not arrived when the page was drawn, or were kept for this very round.
  function onTheirWay(f) {
    window.consilience.outbox.release(f.dataset.round);
    for (const { key, revision, body } of window.consilience.outbox.pending(f.dataset.round)) {
      const id = window.consilience.outbox.itemOf(body);
      const item = id && f.querySelector(`[data-item="${CSS.escape(id)}"]`);
      (item || f).dataset.revision = Math.max(revision, Number((item || f).dataset.revision || 0));
      if (item) answer(item, id, body);
      else if (body.rating || body.approval || body.criteria || f.dataset.shape === "points") adopt(f, body);
      else if (body.consent) f.elements.consent.value = body.consent;
      else if (f.dataset.shape in window.shown) window.shown[f.dataset.shape](f, body[f.dataset.shape]);
      const known = sent.get(key) || { round: f.dataset.round, label: item ? label(item) : "" };
      sent.set(key, { ...known, item: item ? item.id : "" });
    }
  }

  function answer(item, id, body) {
    const { react, judgement = {} } = body;
    if (body.pair || body.best_worst) return window.comparing.answered(item, body);
    const { holds, strength, regions = [] } = judgement[id] || {};
    const chosen = { [id]: react && react[id], [`holds:${id}`]: holds };
    for (const radio of item.querySelectorAll("[type=radio]")) radio.checked = radio.value === chosen[radio.name];
    const said = { [`strength:${id}`]: strength, [`region:${id}`]: regions[0] };
    for (const list of item.querySelectorAll("select")) list.value = said[list.name] || "";
    item.dataset.answered = "";
  }

  // A whole answer that came too late stays on this device, to be sent if the round is reopened.
  const hold = () => window.consilience.outbox.hold(ballot(form(), null));

  window.ballots = { begin, cast, command, count, giveReason, hold, show };
  document.addEventListener("DOMContentLoaded", () => begin(document));
})();
