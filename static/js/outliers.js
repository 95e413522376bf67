// Who answers outside the middle half of the round before is asked, at once, for a kind of reason.
(() => {
  "use strict";
  function answer(item) {
    const written = item.querySelector("input[type=number]");
    const chosen = item.querySelector("input[type=radio]:checked");
    const said = written && written.value !== "" ? written.value : chosen && chosen.value;
    return said === null || said === "none" ? null : Number(said);
  }

  function invite(item) {
    const line = item.querySelector("[data-invite]");
    if (!line || !item.querySelector("input:checked, input[type=number]:not(:placeholder-shown)")) return;
    const said = answer(item);
    const outside = said !== null && (said < Number(item.dataset.low) || said > Number(item.dataset.high));
    if (outside && line.hidden) item.querySelector(".why").open = true;
    line.hidden = !outside;
  }

  // The form counts its answers whenever it comes up and whenever one is given.
  document.addEventListener("ballot:counted", () => {
    for (const item of document.querySelectorAll("#ballot fieldset[data-low]")) invite(item);
  });
})();
