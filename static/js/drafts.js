// Drafts: what is typed and not sent yet survives a reload, a lost line and a server that is gone.
// Kept on this device, for whoever typed it: one entry a form, { version, fields: {name: value} }.
(() => {
  "use strict";
  const page = document.body.dataset;
  const OWN = `draft:${page.workshop || location.pathname}:${page.who || ""}:`;
  const OPEN = `dialog:${location.pathname}`;
  const TYPED = ":is(input:not([type=hidden], [type=file], [type=search]), textarea, select):not([data-within])";
  const ABOUT = ["id", "proposal", "area", "response", "round", "item", "activity", "path", "row"];
  let opened = null; // what the open dialog was opened with

  // Where every tap is recorded at once, only the marked fields wait to be sent.
  const taps = (form) => form.dataset.shape && !("buttonCounts" in form.dataset);
  const sieve = (form) => "filter" in form.dataset; // kept in the address instead
  const fields = (form) => (sieve(form) ? [] : [...form.elements]).filter((f) => f.matches(taps(form) ? "[data-draft]" : TYPED));

  function place(form) {
    const dialog = form.closest("dialog");
    if (dialog) return [OWN + dialog.id, ...ABOUT.map((name) => dialog.dataset[name] || "")].join(":");
    const { round, activity, row, path } = form.dataset;
    return OWN + (round || activity || row || form.id || path || form.getAttribute("action"));
  }

  // Boxes of one list share a name; some fields of the desk have none and go by their place.
  function name(form, field) {
    if (field.type === "checkbox") return `${field.name}:${field.value}`;
    return field.name || String([...form.elements].indexOf(field));
  }

  const read = (form) => JSON.parse(localStorage.getItem(place(form)) || "null");
  const write = (form, entry) => localStorage.setItem(place(form), JSON.stringify(entry));

  function put(form, key, value) {
    const entry = read(form) || { version: version(form), fields: {} };
    entry.fields[key] = value;
    write(form, entry);
  }

  const get = (form, key) => ((read(form) || { fields: {} }).fields[key]);

  // Someone may have saved the same thing since: the draft keeps the version that it was typed on.
  const holder = (form) => (form.dataset.version === "{version}" ? form.closest("dialog") : form).dataset;
  const version = (form) => (form.dataset.version === "*" ? "" : holder(form).version || "");

  function restore(root) {
    for (const form of root.querySelectorAll("form")) if (!form.closest("dialog")) fill(form);
  }

  function fill(form) {
    const entry = read(form);
    if (!entry) return;
    if (entry.version) holder(form).version = entry.version;
    for (const field of fields(form)) {
      const kept = entry.fields[name(form, field)];
      if (kept === undefined) continue;
      if (field.type === "checkbox") field.checked = kept;
      else if (field.type === "radio") field.checked = field.value === kept;
      else field.value = kept;
      for (let at = field.closest("details"); at && changed(field); at = null) at.open = true;
    }
    mark(form);
  }

  function changed(field) {
    if (field.matches("select")) return [...field.options].some((o) => o.selected !== o.defaultSelected);
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }

  // A form is dirty while it holds words that the server has not got.
  function mark(form) {
    const unsent = fields(form).some(changed);
    form.toggleAttribute("data-dirty", unsent || form.hasAttribute("data-reordered"));
  }

  function forget(form) {
    localStorage.removeItem(place(form));
    if (form.closest("dialog")) sessionStorage.removeItem(OPEN);
    form.removeAttribute("data-dirty");
    form.removeAttribute("data-reordered");
  }

  // Sent and recorded: what was typed is now the field's own value, of this version.
  function settle(field, words, version) {
    const form = field.form;
    field.defaultValue = words;
    const entry = read(form);
    if (version) holder(form).version = version;
    if (entry && version) write(form, Object.assign(entry, { version: String(version) }));
    if (entry && field.value === words) {
      delete entry.fields[name(form, field)];
      if (Object.keys(entry.fields).length) write(form, entry);
      else localStorage.removeItem(place(form));
    }
    mark(form);
  }

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form || !fields(form).includes(target)) return;
    put(form, name(form, target), target.type === "checkbox" ? target.checked : target.value);
    if (form.closest("dialog")) sessionStorage.setItem(OPEN, JSON.stringify(opened));
    mark(form);
  });

  // Esc closes a dialog and keeps what was typed; Cancel drops it.
  document.addEventListener("dialog:open", ({ target, detail: opener }) => {
    opened = { ...opener.dataset };
    for (const form of target.querySelectorAll("form")) fill(form);
  });
  document.addEventListener("close", ({ target }) => target.matches("dialog") && sessionStorage.removeItem(OPEN), true);
  document.addEventListener("click", ({ target }) => {
    const form = target.closest("[data-close]") && target.closest("dialog form");
    if (form) forget(form);
  });

  document.addEventListener("form:sent", ({ target }) => forget(target));
  document.addEventListener("submit", ({ target }) => {
    if (target.hasAttribute("action")) forget(target); // this one leaves the page
  });

  // What others saved has been shown: sending again is meant.
  document.addEventListener("command:refused", ({ detail }) => {
    if (detail.code !== "edited_meanwhile") return;
    for (const form of document.querySelectorAll("form[data-version]")) {
      const entry = read(form);
      if (!entry || !entry.version) continue;
      holder(form).version = entry.version = String(detail.version);
      write(form, entry);
    }
  });

  window.drafts = { restore, forget, settle, mark, put, get };
  document.addEventListener("DOMContentLoaded", () => {
    restore(document);
    const dialog = JSON.parse(sessionStorage.getItem(OPEN) || "null");
    if (dialog && window.commands) window.commands.open({ dataset: dialog });
  });
})();
