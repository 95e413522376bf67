// Notes: saved while they are typed, kept on this device until they are, never over another's words.
(() => {
  "use strict";
  const PAUSE = 1500; // ms after the last key
  const LONGEST = 10000; // while somebody types on and on
  const SLOW = 3000; // then it is said that the words wait
  const SAVED = new Set(["note_added", "note_changed", "note_released", "note_corrected", "note_taken_back", "group_added", "group_changed", "agenda_imported", "item_added", "item_changed", "item_started", "item_removed"]); // prettier-ignore
  const page = document.body.dataset;
  const book = () => document.getElementById("notebook");
  const forms = () => [...book().querySelectorAll(".note-form")];
  const field = (form) => form.elements.text;
  const unsaved = (form) => field(form).value !== field(form).defaultValue;
  const both = (form) => form.querySelector("[data-both]");
  const asking = (form) => !both(form).hidden;
  const since = new WeakMap(); // form → when the first word was typed that is not saved
  const timers = new WeakMap();
  const busy = new WeakMap(); // form → its last save

  function say(form, state, words) {
    const how = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: page.timeZone };
    const now = new Intl.DateTimeFormat(document.documentElement.lang, how).format(window.consilience.time());
    const place = form.querySelector("[data-state]");
    place.dataset.state = state;
    place.textContent = words || book().dataset[state].replace("{time}", now);
  }

  // -- saving -------------------------------------------------------------------------------------

  function soon(form) {
    if (asking(form)) return;
    say(form, "typing");
    if (!since.has(form)) since.set(form, Date.now());
    clearTimeout(timers.get(form));
    const most = since.get(form) + LONGEST - Date.now();
    timers.set(form, setTimeout(() => save(form), Math.max(0, Math.min(PAUSE, most))));
  }

  // One after the other: what is typed meanwhile goes with the next.
  function save(form) {
    const next = (busy.get(form) || Promise.resolve()).then(() => write(form));
    busy.set(form, next.catch(console.error));
    return next;
  }

  async function write(form) {
    clearTimeout(timers.get(form));
    since.delete(form);
    if (asking(form) || !unsaved(form)) return;
    say(form, "saving");
    const slow = setTimeout(() => say(form, "kept"), SLOW);
    const [text, answered] = form.dataset.note ? await change(form) : await begin(form);
    clearTimeout(slow);
    if (!answered || answered[0].status >= 500) return say(form, "kept");
    const [answer, said] = answered;
    if (answer.ok) return saved(form, text, said.version);
    if (said.error.code === "edited_meanwhile") return together(form, text, said.error);
    say(form, "refused", said.error.message);
  }

  const at = (form) => `${book().dataset.at}/${form.dataset.note}`;

  async function change(form) {
    const text = field(form).value;
    return [text, await window.commands.ask("PATCH", at(form), { text }, form.dataset.version)];
  }

  // A new note and its key stay on this device until it is answered: a reload writes it no second time.
  async function begin(form) {
    const place = `note:${page.workshop}:${page.who}:${form.id}`;
    const { item } = form.dataset;
    const group = form.elements.group && form.elements.group.value;
    const fresh = { key: window.commands.key(), body: { text: field(form).value, ...(item && { item }), ...(group && { group }) } };
    const { key, body } = JSON.parse(localStorage.getItem(place)) || fresh;
    localStorage.setItem(place, JSON.stringify({ key, body }));
    const answered = await window.commands.ask("POST", book().dataset.at, body, "", key);
    if (answered && answered[0].status < 500) localStorage.removeItem(place);
    if (answered && answered[0].ok) become(form, answered[1]);
    return [body.text, answered];
  }

  // The form goes on as that note's own, under the same hands.
  function become(form, note) {
    window.drafts.forget(form);
    form.id = `note-form-${note.id}`;
    form.dataset.note = note.id;
    form.dataset.version = note.version;
    const group = form.elements.group;
    if (group) group.closest("label").remove();
    window.drafts.put(form, "text", field(form).value);
  }

  // What the server holds, and which version of it: what is typed from here on is built on that.
  function settled(form, text, version) {
    window.drafts.settle(field(form), text, version);
    form.dataset.base = version;
  }

  function saved(form, text, version) {
    settled(form, text, version);
    if (unsaved(form)) return soon(form);
    say(form, "saved");
  }

  // -- two hands in one note -------------------------------------------------------------------------

  // Somebody else saved first: one text where that can be, else a person chooses.
  function together(form, text, { current, version }) {
    const [place, theirs] = [field(form), current.text];
    if (theirs === text.trim()) return saved(form, text, version);
    const before = place.defaultValue.trim();
    const known = form.dataset.base === form.dataset.version; // not so for a draft of another day
    const whole = known ? window.merging.merged(before, place.value, theirs) : null;
    if (whole === null) return choose(form, theirs, version);
    const ahead = window.merging.stretch(before, theirs).from < place.selectionStart;
    const caret = place.selectionStart + (ahead ? theirs.length - before.length : 0);
    take(form, whole, theirs, version);
    if (document.activeElement === place) place.setSelectionRange(caret, caret);
    return write(form);
  }

  function take(form, text, base, version) {
    field(form).value = text;
    window.drafts.put(form, "text", text);
    settled(form, base, version);
  }

  function choose(form, theirs, version) {
    both(form).querySelector("[data-theirs]").textContent = theirs;
    Object.assign(both(form).dataset, { theirs, version });
    both(form).hidden = false;
    say(form, "asks");
  }

  const chosen = {
    both: (mine, theirs) => `${theirs}\n\n${mine}`,
    mine: (mine) => mine,
    theirs: (_, theirs) => theirs,
  };

  function settle(form, which) {
    const { theirs, version } = both(form).dataset;
    both(form).hidden = true;
    take(form, chosen[which](field(form).value, theirs), theirs, version);
    say(form, "saved");
    field(form).focus();
    return save(form);
  }

  async function release(form, released) {
    await save(form);
    if (unsaved(form) || asking(form)) return;
    const answered = await window.commands.ask("PATCH", at(form), { released }, form.dataset.version);
    if (answered && answered[0].ok) saved(form, field(form).value, answered[1].version);
    else if (answered) say(form, "refused", answered[1].error.message);
    return refresh();
  }

  // -- what others wrote -----------------------------------------------------------------------------

  let fetching = null;
  async function refresh() {
    if (fetching) fetching.abort();
    fetching = new AbortController();
    const here = book();
    let text;
    try {
      const answer = await fetch(here.dataset.from, { signal: fetching.signal });
      if (!answer.ok) return;
      text = await answer.text();
    } catch {
      return; // offline or superseded: the next change asks again
    }
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const standing = new Set([...fresh.querySelectorAll(".note-form")].map((form) => form.id));
    for (const section of fresh.querySelectorAll(".notes-of")) takeSection(section);
    for (const form of forms()) if (!standing.has(form.id) && idle(form)) form.remove();
  }

  const idle = (form) => form.dataset.note && !unsaved(form) && !form.contains(document.activeElement);

  function takeSection(fresh) {
    const here = document.getElementById(fresh.id);
    if (!here) return book().append(document.adoptNode(fresh));
    here.querySelector("h2").replaceWith(document.adoptNode(fresh.querySelector("h2")));
    for (const form of [...fresh.querySelectorAll(".note-form[data-note]")]) {
      const standing = document.getElementById(form.id);
      if (!standing) here.querySelector(":scope > details").before(document.adoptNode(form));
      else takeNote(standing, form);
    }
    const blank = fresh.querySelector("details > .note-form");
    if (!document.getElementById(blank.id)) renew(here, blank);
  }

  // A note that was begun leaves the place for new ones, as soon as nobody is in it.
  function renew(section, blank) {
    const more = section.querySelector(":scope > details");
    const begun = more.querySelector(".note-form");
    if (begun && begun.contains(document.activeElement)) return;
    if (begun) more.before(begun);
    more.open = false;
    more.append(document.adoptNode(blank));
  }

  function takeNote(form, fresh) {
    const [mine, theirs] = [field(form), field(fresh)];
    if (Number(fresh.dataset.version) > Number(form.dataset.version) && !unsaved(form)) {
      if (mine.value.trim() !== theirs.value) mine.value = theirs.value;
      settled(form, mine.value, fresh.dataset.version);
    }
    for (const part of fresh.querySelectorAll("[data-fresh]")) takePart(form, part);
  }

  function takePart(form, part) {
    const now = form.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!now || now.isEqualNode(part)) return;
    const held = now.contains(document.activeElement);
    now.replaceWith(document.adoptNode(part));
    if (held) (part.querySelector("[data-release]") || field(form)).focus();
  }

  // -- what a note refers to ---------------------------------------------------------------------------

  let writing = null; // the field that the chosen reference goes into
  document.addEventListener("dialog:open", async ({ target, detail: opener }) => {
    if (target.id !== "dialog-mention") return;
    writing = field(opener.closest("form"));
    const place = document.getElementById("mentions-here");
    const answer = await fetch(place.dataset.from);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...fresh.body.children);
    window.consilience.tell("swapped", { target: "#mentions" });
  });

  function refer(reference) {
    document.getElementById("dialog-mention").close();
    writing.setRangeText(reference, writing.selectionStart, writing.selectionEnd, "end");
    writing.focus();
    writing.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // -- what a person does ------------------------------------------------------------------------------

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".note-form textarea")) soon(target.form);
  });
  document.addEventListener("focusout", ({ target }) => {
    if (!target.matches(".note-form textarea")) return;
    const form = target.form;
    save(form).then(() => form.dataset.note && form.closest("details") && refresh());
  });
  document.addEventListener("click", ({ target }) => {
    const [key, choice, mention] = ["[data-release]", "[data-choose]", "[data-mention]"].map((one) => target.closest(one));
    if (key) release(key.closest("form"), key.dataset.release === "true");
    if (choice) settle(choice.closest("form"), choice.dataset.choose);
    if (mention) refer(mention.dataset.mention);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches(".note-form textarea")) return;
    event.preventDefault();
    release(event.target.form, true);
  });

  const saveAll = () => forms().filter(unsaved).forEach((form) => save(form));
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  document.addEventListener("consilience:welcome", saveAll);
  window.addEventListener("online", saveAll);
  document.addEventListener("consilience:changed", ({ detail }) => {
    if (detail.hidden || detail.changes.some((one) => SAVED.has(one.kind))) refresh();
  });
})();
