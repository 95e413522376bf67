// What shuts people out of a page, asked from within it: put into pages by access.py.
(() => {
  const CONTROLS = "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex='0']";
  const style = (e) => getComputedStyle(e);
  const named = (e) => `${e.tagName.toLowerCase()} ${e.id || e.name || ""} ${(e.textContent || "").trim().slice(0, 40)}`;
  // What the pointer meets: a hidden radio is pressed by its label.
  const seen = (e) => (e.matches("[type=radio], [type=checkbox]") && e.closest("label")) || e;

  // Everything one can come to; with an open dialog, everything in it.
  function controls() {
    const all = (document.querySelector("dialog[open]") || document).querySelectorAll(CONTROLS);
    const there = (e) => e.type !== "hidden" && e.checkVisibility() && style(e).visibility === "visible";
    return [...all].filter((e) => there(e) && !e.closest("fieldset:disabled"));
  }

  function small(least) {
    const inText = (e) => e.matches("a") && style(e).display === "inline";
    return controls()
      .filter((e) => !inText(e) && !e.closest(".skip"))
      .map((e) => [e, seen(e).getBoundingClientRect()])
      .filter(([, r]) => r.width < least || r.height < least)
      .map(([e, r]) => `${named(e)}: ${Math.round(r.width)} × ${Math.round(r.height)}`);
  }

  function wide() {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const scrolls = (e) => e && e !== document.body && (style(e).overflowX !== "visible" || scrolls(e.parentElement));
    const out = ({ left, right }) => right > page.clientWidth + 1 || left < -1;
    const found = [...document.body.querySelectorAll("*")]
      .filter((e) => out(e.getBoundingClientRect()) && !scrolls(e.parentElement))
      .map((e) => `${e.tagName.toLowerCase()}#${e.id}.${e.className}`);
    return [`${page.scrollWidth} px`, ...found.slice(0, 8)];
  }

  // Where the state of a thing is said, a shape and words stand together beside the hue.
  function onlyHue() {
    const shape = (e) => [...e.querySelectorAll("svg")].some((svg) => svg.checkVisibility());
    return [...document.querySelectorAll(".state, .receipt, .cellrow")]
      .filter((e) => e.checkVisibility() && Boolean(shape(e)) !== Boolean(e.textContent.trim()))
      .map((e) => e.outerHTML.slice(0, 120));
  }

  function moving() {
    const lasts = (e) => [style(e).transitionDuration, style(e).animationDuration].join(", ").split(", ");
    return [...document.querySelectorAll("*")].filter((e) => lasts(e).some((s) => s !== "0s")).map(named);
  }

  let wanted = [];
  let unseen = [];
  // Of the radios of one name only one stands in the Tab order.
  const same = (a, b) => a === b || (a.type === "radio" && b.type === "radio" && a.name === b.name && a.form === b.form);

  function begin() {
    wanted = controls();
    unseen = [];
    document.activeElement.blur();
    document.addEventListener("keyup", step, true);
    return wanted.length;
  }

  // After each press of Tab, until all were visited: whether one sees where the focus is.
  function step() {
    if (!wanted.length) return;
    const at = document.activeElement;
    const ring = (e) => e && style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) >= 2;
    const visible = at === document.body || ring(at) || ring(seen(at)) || ring(at.nextElementSibling);
    if (!visible) unseen.push(named(at));
    wanted = wanted.filter((e) => !same(e, at));
  }

  const passed = () => [wanted.length, unseen];

  window.access = { small, wide, onlyHue, moving, begin, passed, left: () => wanted.map(named) };
})();
