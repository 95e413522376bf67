// Drafts: what is typed and not sent yet survives a reload. Kept on this device only.
(() => {
  "use strict";
  const place = (field) => `draft:${document.body.dataset.workshop}:${scope(field)}:${field.name}`;
  const scope = (field) => {
    const form = field.closest("form");
    return form ? form.dataset.round || form.dataset.activity || form.dataset.row || form.id : "";
  };

  function restore(root) {
    for (const field of root.querySelectorAll("[data-draft]")) {
      const kept = localStorage.getItem(place(field));
      if (kept !== null && kept !== field.value) {
        field.value = kept;
        mark(field);
      }
    }
  }

  // A form is dirty while it holds words that the server has not got.
  function mark(field) {
    const form = field.closest("form");
    if (!form) return;
    const unsent = [...form.querySelectorAll("[data-draft]")].some((f) => f.value !== f.defaultValue);
    form.toggleAttribute("data-dirty", unsent || form.hasAttribute("data-reordered"));
  }

  function forget(form) {
    for (const field of form.querySelectorAll("[data-draft]")) localStorage.removeItem(place(field));
    form.removeAttribute("data-dirty");
    form.removeAttribute("data-reordered");
  }

  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-draft]");
    if (!field) return;
    localStorage.setItem(place(field), field.value);
    mark(field);
  });

  // Sent and recorded: what was typed is now the field's own value.
  function settle(field, words) {
    field.defaultValue = words;
    if (field.value === words) localStorage.removeItem(place(field));
    mark(field);
  }

  window.drafts = { restore, forget, settle, mark };
  document.addEventListener("DOMContentLoaded", () => restore(document));
})();
