// Finding a name or a row in a long list: what does not hold the words steps aside.
(() => {
  "use strict";
  document.addEventListener("input", ({ target }) => {
    const list = target.dataset.find && document.getElementById(target.dataset.find);
    if (!list) return;
    const words = target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const one of list.querySelectorAll("label, tr[data-row]")) {
      const text = one.textContent.toLocaleLowerCase();
      one.hidden = !words.every((word) => text.includes(word));
    }
  });
})();
