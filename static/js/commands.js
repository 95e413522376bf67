// Commands: a button or a form that says where it goes is sent there, under a key of its own.
(() => {
  "use strict";
  const key = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  // A command keeps its key until it is answered: whatever is repeated, by this page or by the
  // person who presses again, is done once.
  const PATIENCE = 5000; // ms for one answer
  const FOR_A_FILE = 60000;
  const PAUSE = 1000;
  const LONGEST = 120000; // then the person is told to press again
  const unanswered = new Map(); // what was sent → its key

  // What was answered, refusals too, as [answer, what it says]; null when the line was lost too
  // long. A page that must not say a thing twice, even after a reload, brings a key of its own.
  async function ask(method, path, body, version, own) {
    const what = JSON.stringify([method, path, body, version]);
    const headers = { "Content-Type": "application/json" };
    if (version === "*") headers["If-None-Match"] = "*";
    else if (version) headers["If-Match"] = version;
    if (own) unanswered.set(what, own);
    return keyed(what, path, { method, headers, body: JSON.stringify(body) }, PATIENCE);
  }

  async function send(method, path, body, version) {
    const answered = await ask(method, path, body, version);
    if (!answered) return null;
    const [answer, said] = answered;
    trouble(answer.ok ? "" : said.error.message, answer.ok ? null : said.error);
    return answer.ok ? said : null;
  }

  // A file goes under a key of its own as well; what is said of it, faults included, is returned.
  async function sendFile(path, file) {
    const what = JSON.stringify([path, file.name, file.size, file.lastModified]);
    const body = new FormData();
    body.append("file", file);
    const answered = await keyed(what, path, { method: "POST", headers: {}, body }, FOR_A_FILE);
    if (answered) trouble("");
    return answered;
  }

  async function keyed(what, path, { headers, ...request }, patience) {
    if (!unanswered.has(what)) unanswered.set(what, key());
    const named = { ...headers, "Idempotency-Key": unanswered.get(what) };
    const answered = await untilAnswered(path, { ...request, headers: named }, patience);
    if (answered && answered[0].status < 500) unanswered.delete(what);
    return answered;
  }

  // Again and again while the line is lost, or a proxy says so; null when it was lost too long.
  async function untilAnswered(path, request, patience) {
    const words = document.getElementById("trouble")?.dataset || {};
    let lost = false;
    for (const until = Date.now() + LONGEST; Date.now() < until; ) {
      try {
        const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(patience) });
        if (lost) trouble("");
        return [answer, answer.status === 204 ? {} : await answer.json()];
      } catch {
        lost = true;
        trouble(words.again);
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    }
    trouble(words.offline);
    return null;
  }

  // What went wrong stands in one place, as a sentence, until the next command works.
  function trouble(message, error) {
    const open = document.querySelector("dialog[open] [role=alert]");
    const place = open || document.getElementById("trouble");
    if (place) {
      place.textContent = message || "";
      place.hidden = !message;
    }
    if (error) document.dispatchEvent(new CustomEvent("command:refused", { detail: error }));
  }

  function fields(form) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.matches(":disabled")) continue;
      if (field.type === "checkbox") {
        if (field.dataset.list !== undefined) {
          body[field.name] = body[field.name] || [];
          if (field.checked) body[field.name].push(field.value);
        } else body[field.name] = field.checked;
      } else if (field.type === "radio") {
        if (field.checked) body[field.name] = field.value;
      } else if (field.dataset.number !== undefined) {
        if (field.value === "" && field.dataset.null !== undefined) body[field.name] = null;
        if (field.value !== "") body[field.name] = Number(field.value) * Number(field.dataset.times || 1);
      } else if (field.dataset.json !== undefined) {
        if (field.value !== "") body[field.name] = JSON.parse(field.value);
      } else if (field.dataset.words !== undefined) {
        body[field.name] = field.value.split(/[;,\n]/).map((word) => word.trim()).filter(Boolean);
      } else if (field.dataset.lines !== undefined) {
        body[field.name] = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
      } else if (field.value !== "" || field.dataset.empty !== undefined) body[field.name] = field.value;
    }
    return nested(body);
  }

  // "settings.kind" means the field kind of the object settings.
  function nested(flat) {
    const whole = {};
    for (const [name, value] of Object.entries(flat)) {
      const parts = name.split(".");
      let at = whole;
      for (const part of parts.slice(0, -1)) at = at[part] = at[part] || {};
      at[parts[parts.length - 1]] = value;
    }
    return whole;
  }

  const filled = (path, values) => path.replace(/\{(\w+)\}/g, (_, name) => values[name] || "");

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-path]");
    if (button) {
      button.disabled = true;
      const said = await send(button.dataset.method, button.dataset.path, JSON.parse(button.dataset.body || "{}"), button.dataset.version);
      button.disabled = false;
      if (said) done(button, said);
      return;
    }
    const opener = event.target.closest("[data-dialog]");
    if (opener) return open(opener);
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-path]");
    if (!form) return;
    event.preventDefault();
    const holder = form.closest("dialog") || form;
    const path = filled(form.dataset.path, holder.dataset);
    const method = (event.submitter && event.submitter.dataset.method) || form.dataset.method;
    const said = await send(method, path, fields(form), filled(form.dataset.version || "", holder.dataset));
    if (said) done(form, said);
  });

  function done(from, said) {
    if (from.matches("form")) from.dispatchEvent(new CustomEvent("form:sent", { bubbles: true }));
    const dialog = from.closest("dialog");
    if (dialog) dialog.close();
    if (from.matches("form") && from.dataset.keep === undefined) from.reset();
    const next = from.dataset.then;
    if (next === "reload") location.reload();
    else if (next) location.assign(filled(next, said));
    document.dispatchEvent(new CustomEvent("command:done", { detail: said }));
  }

  // A dialog is filled from its opener: data-fill-NAME goes into fields and sentences of that name.
  const ticked = (box, value) => ("list" in box.dataset ? value.split("; ").includes(box.value) : value === "true");
  const holds = (field, value) => (field.type === "checkbox" ? field.checked === ticked(field, value) : field.value === value);
  function fill(field, value) {
    if (field.type === "checkbox") field.checked = ticked(field, value);
    else field.value = value;
  }

  function open(opener) {
    const dialog = document.getElementById(`dialog-${opener.dataset.dialog}`);
    for (const [name, value] of Object.entries(opener.dataset)) {
      if (!name.startsWith("fill")) continue;
      const what = name.slice(4).toLowerCase();
      dialog.dataset[what] = value;
      for (const place of dialog.querySelectorAll(`[data-show="${what}"]`)) place.textContent = value;
      for (const field of dialog.querySelectorAll(`[data-fill="${what}"]`)) fill(field, value);
    }
    dialog.dispatchEvent(new CustomEvent("dialog:open", { detail: opener, bubbles: true }));
    dialog.showModal();
  }

  // Merging: the one pressed, its near-duplicates, and whatever else waits, to be ticked.
  document.addEventListener("dialog:open", ({ target, detail: opener }) => {
    const list = target.querySelector("[data-fill-list]");
    if (!list) return;
    const ticked = [opener.dataset.fillProposal, ...(opener.dataset.fillAlso || "").split(" ")];
    list.replaceChildren();
    for (const other of document.querySelectorAll("[data-fill-proposal]")) {
      const id = other.dataset.fillProposal;
      if (other.dataset.fillKind !== opener.dataset.fillKind) continue;
      if (list.querySelector(`[value="${CSS.escape(id)}"]`)) continue;
      list.append(choice(list.dataset.fillList, id, other.dataset.fillText, ticked.includes(id)));
    }
  });

  // Choosing some of a few: the opener names them as [id, text].
  document.addEventListener("dialog:open", ({ target, detail: opener }) => {
    const list = target.querySelector("[data-choices]");
    if (!list) return;
    for (const old of list.querySelectorAll("label")) old.remove();
    const few = JSON.parse(opener.dataset.choices);
    list.append(...few.map(([id, text]) => choice(list.dataset.choices, id, text, false)));
  });

  function choice(name, id, text, checked) {
    const label = document.createElement("label");
    label.className = "choice";
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: id, checked });
    box.dataset.list = "";
    const words = document.createElement("bdi");
    words.textContent = text;
    label.append(box, words);
    return label;
  }

  window.commands = { key, holds, fill, ask, send, sendFile, trouble, open, fields, filled, done };
})();
