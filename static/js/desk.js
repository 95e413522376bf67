// The desk: options of a new activity, two hands in one row, files with a preview before them.
(() => {
  "use strict";
  // An activity takes its options from a list that the page carries, or from typed lines.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.matches("form[data-activity]")) return addActivity(event, form);
      if (form.matches("form[data-cell]")) {
        const dialog = form.closest("dialog");
        for (const part of form.querySelectorAll("[data-part]")) dialog.dataset[part.dataset.part] = part.value;
      }
    },
    true,
  );

  async function addActivity(event, form) {
    event.preventDefault();
    event.stopPropagation();
    const value = (name) => form.elements[name] && form.elements[name].value;
    const settings = {};
    for (const field of form.elements) {
      if (!field.name || !field.name.startsWith("settings.")) continue;
      const name = field.name.slice(9);
      if (field.type === "checkbox") settings[name] = field.checked;
      else if (field.value) settings[name] = field.value;
    }
    const source = form.querySelector("[data-source]").value;
    const listed = document.querySelector(`template[data-options="${source}"]`);
    const typed = form.querySelector("[data-texts]").value.split("\n").map((line) => line.trim());
    const options = source === "texts" ? typed.filter(Boolean) : listed ? JSON.parse(listed.content.textContent) : [];
    const body = { type: value("type"), title: value("title"), settings, options };
    if (value("agenda_item")) body.agenda_item = value("agenda_item");
    if (await window.commands.send("POST", form.dataset.path, body)) location.reload();
  }

  // Someone else saved the same row first: theirs is shown, one's own words stay in the fields.
  document.addEventListener("command:refused", ({ detail }) => {
    const dialog = document.querySelector("dialog[open]");
    if (!dialog || detail.code !== "edited_meanwhile") return;
    const place = dialog.querySelector("[data-meanwhile]");
    if (!place) return;
    const theirs = Object.entries(detail.current || {}).filter(([, text]) => text);
    place.querySelector("[data-theirs]").textContent = theirs.map(([name, text]) => `${name}: ${text}`).join(" · ");
    place.hidden = false;
    dialog.dataset.version = detail.version;
  });
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
    const body = new FormData();
    body.append("file", file);
    const path = `/api/v1/workshops/${document.body.dataset.workshop}/import/${box.dataset.import}`;
    const answer = await fetch(path + (now ? "" : "?preview=1"), { method: "POST", body, headers: { "Idempotency-Key": window.consilience.key() } });
    const said = await answer.json();
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
