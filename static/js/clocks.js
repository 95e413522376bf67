// Clocks of a page: what counts down, and the hand on the day's line. They keep the server's time.
(() => {
  "use strict";
  const now = () => (window.consilience ? window.consilience.time() : Date.now());
  const two = (n) => String(n).padStart(2, "0");

  function left(seconds) {
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-ends]")) {
      const { ends, left: still } = clock.dataset;
      const seconds = ends ? Math.max(0, Math.ceil((Date.parse(ends) - now()) / 1000)) : Number(still);
      const text = left(seconds);
      if (clock.textContent !== text) clock.textContent = text;
      clock.toggleAttribute("data-last", Boolean(ends) && seconds <= 10);
      empty(document.getElementById("timer-ring"), seconds);
    }
  }

  // How long somebody has spoken.
  function taken() {
    for (const clock of document.querySelectorAll("[data-began]")) {
      const text = left(Math.max(0, Math.floor((now() - Date.parse(clock.dataset.began)) / 1000)));
      if (clock.textContent !== text) clock.textContent = text;
    }
  }

  // The ring of a closing round empties by whole seconds, ten to a turn.
  function empty(ring, seconds) {
    if (ring) ring.setAttribute("stroke-dasharray", `${Math.min(seconds, 10)} 10`);
  }

  // Minutes after midnight at the venue, wherever the laptop's own clock believes to be.
  function minutes(zone) {
    const how = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
    const parts = new Intl.DateTimeFormat("en", how).formatToParts(new Date(now()));
    const part = (type) => Number(parts.find((p) => p.type === type).value);
    return part("hour") * 60 + part("minute");
  }

  function hand() {
    for (const line of document.querySelectorAll("[data-thread]")) {
      const { from, to, zone } = line.dataset;
      const at = minutes(zone);
      const inside = at >= Number(from) && at <= Number(to);
      line.querySelector(".hand").setAttribute("x", inside ? at - Number(from) : -9);
    }
  }

  // Minutes until what runs now should be over, or since then.
  function remaining() {
    for (const place of document.querySelectorAll("[data-until]")) {
      const minutes = Math.ceil((Date.parse(place.dataset.until) - now()) / 60000);
      const words = minutes >= 0 ? place.dataset.ahead : place.dataset.over;
      const text = words.replace("{n}", Math.abs(minutes));
      if (place.textContent !== text) place.textContent = text;
    }
  }

  // How late the meeting runs: said from five minutes on, and not on another day.
  function late() {
    for (const place of document.querySelectorAll("[data-late-since]")) {
      const { lateSince, lateBy, lateWords: words } = place.dataset;
      const since = Math.floor((now() - Date.parse(lateSince)) / 60000);
      const minutes = Math.max(Number(lateBy), since);
      const text = minutes >= 5 && Math.abs(since) < 360 ? words.replace("{n}", minutes) : "";
      if (place.textContent !== text) place.textContent = text;
      place.parentElement.hidden = !text;
      place.dataset.minutes = text ? minutes : "";
    }
  }

  const all = () => (tick(), taken(), hand(), remaining(), late());

  document.addEventListener("DOMContentLoaded", () => {
    all();
    setInterval(tick, 250);
    setInterval(taken, 250);
    setInterval(hand, 1000);
    setInterval(remaining, 1000);
    setInterval(late, 1000);
  });
  // A panel that was just put in its place has its clock empty and its hand away.
  document.addEventListener("consilience:swapped", all);
})();
