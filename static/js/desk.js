// The desk: options of a new activity, two hands in one row, files with a preview before them.
(() => {
  "use strict";
  // An activity takes its options from a list that the page carries, or from typed lines.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.matches("form[data-activity]")) return sendActivity(event, form);
      if (form.matches("form[data-cell]")) {
        const dialog = form.closest("dialog");
        for (const part of form.querySelectorAll("[data-part]")) dialog.dataset[part.dataset.part] = part.value;
      }
    },
    true,
  );

  // Of the settings only those are shown, and sent, that belong to the exercise.
  function fit(form) {
    const type = form.elements.type ? form.elements.type.value : form.closest("dialog").dataset.type;
    const among = (words, one) => words.split(/\s+/).includes(one);
    const show = (own, shown) => (own.hidden = own.disabled = !shown);
    for (const own of form.querySelectorAll("fieldset[data-for]")) show(own, among(own.dataset.for, type));
    for (const own of form.querySelectorAll("fieldset[data-not-for]")) show(own, !among(own.dataset.notFor, type));
    const rule = form.querySelector("select[data-rule]:enabled"); // what only some rules ask for
    for (const own of form.querySelectorAll("fieldset[data-rules]")) show(own, rule && among(own.dataset.rules, rule.value));
  }

  // What this activity leaves open must not show what the one looked at before it had set. Before
  // anything else hears of the opening: a draft that is put back afterwards is not taken away.
  document.addEventListener(
    "dialog:open",
    ({ target, detail: opener }) => {
      const form = target.querySelector("form[data-activity]");
      if (!form || !opener.dataset.fillType) return;
      for (const field of form.querySelectorAll('[data-fill^="own"], [data-fill^="param"], [data-fill^="scale"]'))
        if (!(`fill${field.dataset.fill[0].toUpperCase()}${field.dataset.fill.slice(1)}` in opener.dataset)) unset(field);
    },
    true,
  );
  document.addEventListener("dialog:open", ({ target }) => {
    const form = target.querySelector("form[data-activity]");
    if (form) fit(form);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("form[data-activity] :is(select[name=type], select[data-rule])")) fit(target.form);
  });

  function unset(field) {
    if (field.type === "checkbox") field.checked = field.defaultChecked;
    else if (field.options) field.selectedIndex = Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
    else field.value = field.defaultValue;
  }

  async function sendActivity(event, form) {
    event.preventDefault();
    event.stopPropagation();
    const { send, fields, filled, done } = window.commands;
    const holder = form.closest("dialog").dataset;
    const body = fields(form);
    const source = form.querySelector("[data-source]").value;
    if (source !== "as-is") body.options = options(form, source);
    const method = (event.submitter && event.submitter.dataset.method) || form.dataset.method;
    const said = await send(method, filled(form.dataset.path, holder), body, filled(form.dataset.version || "", holder));
    if (said) done(form, said);
  }

  const list = (source) => document.querySelector(`template[data-options="${source}"]`);
  const listed = (source) => JSON.parse(list(source).content.textContent);

  function options(form, source) {
    if (source === "pairs") return pairs();
    if (list(source)) return listed(source);
    const typed = form.querySelector("[data-texts]").value.split("\n").map((line) => line.trim());
    return source === "texts" ? typed.filter(Boolean) : [];
  }

  // Every cell of the matrix that could be: each area with each response.
  const pairs = () =>
    listed("areas").flatMap((area) =>
      listed("responses").map((one) => ({ area: area.proposal, response: one.proposal })),
    );

  // Someone else saved the same first: theirs is shown, one's own words stay in the fields.
  document.addEventListener("command:refused", ({ detail }) => {
    const places = [...document.querySelectorAll("[data-meanwhile]")];
    const place = places.find((one) => one.closest("form").checkVisibility());
    if (!place || detail.code !== "edited_meanwhile") return;
    const [form, list] = [place.closest("form"), place.querySelector("[data-theirs]")];
    const holder = form.closest("dialog") || form;
    list.replaceChildren();
    for (const [name, value] of Object.entries(flat(detail.current))) {
      const field = form.elements[name];
      if (!field || said(field, value) === said(field)) continue;
      const [term, theirs] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = nameOf(field);
      theirs.textContent = said(field, value) || "–";
      list.append(term, theirs);
      // What this hand had not touched is theirs from now on.
      const { holds, fill } = window.commands;
      const parts = field instanceof RadioNodeList ? [...field] : [field];
      const opened = parts[0].dataset.fill;
      if (!opened || !parts.every((part) => holds(part, holder.dataset[opened]))) continue;
      const carried = "json" in parts[0].dataset;
      holder.dataset[opened] = carried ? JSON.stringify(value) : Array.isArray(value) ? value.join("; ") : String(value ?? "");
      for (const part of parts) fill(part, holder.dataset[opened]);
      if (carried) field.dispatchEvent(new CustomEvent("criteria:theirs", { bubbles: true }));
    }
    place.hidden = false;
    holder.dataset.version = detail.version;
  });

  // "settings.kind" is how a field names the kind of the object settings.
  const flat = (current, before = "") =>
    Object.entries(current || {}).reduce((all, [name, value]) => {
      const inner = value && typeof value === "object" && !Array.isArray(value);
      return { ...all, ...(inner ? flat(value, `${before}${name}.`) : { [before + name]: value }) };
    }, {});

  // What stands in a field, or would stand there with another value, as a person reads it.
  function said(field, value) {
    if (field instanceof RadioNodeList) {
      const boxes = [...field].filter((box) => (value === undefined ? box.checked : value.includes(box.value)));
      return boxes.map((box) => box.closest("label").textContent.trim()).join(", ");
    }
    if ("json" in field.dataset) return inWords(value === undefined ? JSON.parse(field.value || "[]") : value);
    if (field.type === "checkbox") return (value === undefined ? field.checked : value) ? "✓" : "–";
    const now = String((value === undefined ? field.value : value) ?? "").trim();
    const option = field.options && [...field.options].find((one) => one.value === now);
    return option ? option.textContent : now;
  }

  const inWords = (criteria) =>
    (criteria || []).map(({ text, weight, direction }) => `${text} ${weight}${direction === "down" ? " ↓" : ""}`).join("; ");

  const nameOf = (field) =>
    field instanceof RadioNodeList
      ? field[0].closest("fieldset").querySelector("legend").textContent
      : [...field.closest("label").childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : "")).join(" ").trim();

  document.addEventListener("dialog:open", ({ target }) => {
    for (const place of target.querySelectorAll("[data-meanwhile], [role=alert]")) place.hidden = true;
  });

  // Imports: first what the file would do, row by row, then the same file for good.
  document.addEventListener("click", async (event) => {
    const box = event.target.closest("[data-import]");
    if (!box) return;
    const now = event.target.closest("[data-import-now]");
    if (!now && !event.target.closest("[data-preview]")) return;
    const file = box.querySelector("input[type=file]").files[0];
    if (!file) return box.querySelector("input[type=file]").focus();
    const path = `/api/v1/workshops/${document.body.dataset.workshop}/import/${box.dataset.import}`;
    const answered = await window.commands.sendFile(path + (now ? "" : "?preview=1"), file);
    if (!answered) return;
    const [answer, said] = answered;
    if (answer.ok && now) return location.reload();
    plan(box, said, answer.ok);
  });

  function plan(box, said, ok) {
    const place = box.querySelector("[data-plan]");
    const words = place.dataset;
    place.replaceChildren();
    const line = (text, kind) => {
      const p = document.createElement("p");
      p.className = kind || "note";
      p.textContent = text;
      place.append(p);
    };
    const faults = ok ? said.errors || said.faults || [] : said.error.rows || [];
    if (ok)
      for (const name of ["added", "changed", "left"])
        line(words[name].replace("{n}", (said[name] || []).length));
    else line(said.error.message, "notice bad");
    for (const fault of faults) line(words.row.replace("{row}", fault.row).replace("{column}", fault.column).replace("{message}", fault.message), "notice bad");
    if (ok) for (const one of said.left || []) line(one.label || one.title || String(one), "small");
    box.querySelector("[data-import-now]").hidden = !ok || faults.length > 0;
  }
})();
