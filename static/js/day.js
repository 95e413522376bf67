// Moving the day: its new times stand in the dialog before anything is done.
(() => {
  "use strict";
  const form = document.querySelector("form[data-day]");
  if (!form) return;
  const body = form.querySelector("[data-times] tbody");
  const alert = form.querySelector("[role=alert]");
  let asking = null;

  const asked = () => ({
    minutes: form.elements.minutes.value,
    shorten: form.querySelector("[data-how]:checked").value === "shorten",
    keep_breaks: form.elements.keep_breaks.checked,
  });

  async function look() {
    if (asking) asking.abort();
    asking = new AbortController();
    if (!form.elements.minutes.checkValidity()) return;
    let answer, said;
    try {
      answer = await fetch(`${form.dataset.path}?${new URLSearchParams(asked())}`, { signal: asking.signal });
      said = await answer.json();
    } catch {
      return; // offline or superseded: the command itself says so
    }
    alert.hidden = answer.ok;
    alert.textContent = answer.ok ? "" : said.error.message;
    body.replaceChildren(...(answer.ok ? said.items.map(row) : []));
  }

  function row({ start, end, new_start, new_end, title }) {
    const line = document.createElement("tr");
    for (const [text, kind] of [[`${start}–${end}`, "num"], [`${new_start}–${new_end}`, "num"], [title, ""]]) {
      const cell = document.createElement("td");
      const words = document.createElement("bdi");
      words.textContent = text;
      cell.className = kind;
      cell.append(words);
      line.append(cell);
    }
    return line;
  }

  form.addEventListener("input", look);
  form.closest("dialog").addEventListener("dialog:open", () => {
    const late = document.getElementById("late-by")?.dataset.minutes;
    if (late) form.elements.minutes.value = late;
    look();
  });
  // "shorten" is true or false to the server, one of two ways to a person.
  form.addEventListener(
    "submit",
    async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const { send, done } = window.commands;
      const { minutes, shorten, keep_breaks } = asked();
      const said = await send("POST", form.dataset.path, { minutes: Number(minutes), shorten, keep_breaks });
      if (said) done(form, said);
    },
    true,
  );
})();
