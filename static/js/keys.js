// One key each for what a facilitator does most. Keys rest while someone types, while a dialog is
// open, and wherever the control in focus uses the same key.
(() => {
  "use strict";
  const EDITABLE = "input, textarea, select, [contenteditable]";
  const USES = { Space: "button, summary, a, input", ArrowLeft: "[role=slider], .scroll", ArrowRight: "[role=slider], .scroll" };
  const named = (event) => (event.code === "Space" ? "Space" : event.key);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    if (at.closest(EDITABLE) || document.querySelector("dialog[open]")) return;
    const key = named(event);
    if (USES[key] && at.closest(USES[key]) && at !== document.body) return;
    if (act(key.length === 1 ? key.toLowerCase() : key)) event.preventDefault();
  });

  function act(key) {
    if (key === "f") return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(), true;
    if (key === "?") return show("keys");
    if (document.getElementById("thread-ended")) return false; // nothing else can be done any more
    if (key === "t") return show("timer");
    if (key === "p") return show("park");
    // In a right-to-left page the arrow that points on is the left one.
    const turned = document.documentElement.dir === "rtl" ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" } : {};
    const button = document.querySelector(`[data-key="${CSS.escape(turned[key] || key)}"]:not(:disabled)`);
    if (button) button.click();
    return Boolean(button);
  }

  function show(name) {
    const there = document.getElementById(`dialog-${name}`);
    if (there) window.commands.open({ dataset: { dialog: name } });
    return Boolean(there);
  }
})();
