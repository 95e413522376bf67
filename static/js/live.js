// The live connection of a page: one integer of state, an outbox that loses nothing, panels in.
//
// The number moves only by `changed`; every connection says hello with it and is told the rest.
// A command stays in the outbox, on this device, until the server has acknowledged it.
(() => {
  "use strict";
  const page = document.body.dataset;
  if (!page.workshop || !page.page) return;

  const SILENCE = 12000; // the server beats every five seconds
  const UNANSWERED = 2500; // a server that is only slow is heard meanwhile
  const LOOK = 250; // how often it is looked whether the line has gone silent
  const LONGEST = 8000; // between two attempts
  const LARGEST = 64 * 1024;
  const AGAIN = new Set(["busy_retry", "storage_full", "read_only", "slow_down", "unexpected"]);
  const FINAL = new Set([4401, 4403, 4423, 4426]);

  const live = {
    number: Number(page.since || 0),
    socket: null,
    open: false, // commands may go out: behind a hello that says whose they are, else once welcomed
    ready: false, // welcomed
    heard: 0,
    attempts: 0,
    began: 0, // when the last attempt began
    lostAt: 0,
    over: false, // no use to come back
    offset: 0, // server's clock minus ours, ms
    build: page.build || null,
  };
  let turn = Promise.resolve(); // frames are taken one after the other, swaps included
  let retry = 0;

  const tell = (name, detail) =>
    document.dispatchEvent(new CustomEvent(`consilience:${name}`, { detail }));

  // -- connecting -----------------------------------------------------------------------------

  function connect() {
    clearTimeout(retry);
    if (live.over) return;
    abandon();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws/workshops/${page.workshop}`);
    live.socket = socket;
    live.heard = live.began = Date.now();
    socket.onopen = () => {
      socket.send(JSON.stringify(hello()));
      live.open = Boolean(page.participant);
      window.consilience.outbox.begin();
    };
    socket.onmessage = ({ data }) => {
      if (live.socket !== socket) return;
      live.heard = Date.now();
      turn = turn.then(() => live.socket === socket && take(JSON.parse(data))).catch(console.error);
    };
    socket.onclose = ({ code }) => live.socket === socket && lost(code);
    show();
  }

  const hello = () => ({
    type: "hello",
    v: 1,
    since: live.number,
    as: "html",
    page: page.page,
    ...(page.participant ? { participant: page.participant } : {}),
    ...(page.group ? { group: page.group } : {}),
    ...(page.lang ? { lang: page.lang } : {}),
    ...(live.build ? { build: live.build } : {}),
  });

  // Let go of a socket without waiting for its goodbye: on a half-open line that takes a minute.
  function abandon() {
    const old = live.socket;
    live.socket = null;
    live.open = live.ready = false;
    if (old) old.close();
  }

  // An attempt that hung, or a silence that was waited out, was a pause itself.
  function lost(code, spent = live.ready ? 0 : Date.now() - live.began) {
    abandon();
    live.lostAt = live.lostAt || Date.now();
    if (FINAL.has(code)) {
      live.over = true;
      if (code === 4423) return location.reload(); // sent out: the page says until when
      if (code === 4426) outdated();
      tell("closed", { code });
      return show();
    }
    const longest = Math.min(LONGEST, 500 * 2 ** live.attempts++);
    retry = setTimeout(connect, Math.max(0, longest * (0.5 + Math.random() / 2) - spent));
    if (live.attempts > 2) window.consilience.outbox.post();
    show();
  }

  // A line that went silent, a laptop that slept, a network that came back.
  setInterval(() => {
    const silence = Date.now() - live.heard;
    if (live.socket && silence > SILENCE) lost(1006, silence);
    else if (live.ready && window.consilience.outbox.unanswered(UNANSWERED, live.heard)) lost(1006, silence);
    else if (!live.ready) show();
  }, LOOK);
  const awake = () => Date.now() - live.heard > SILENCE && (live.attempts = 0, connect());
  document.addEventListener("visibilitychange", () => document.hidden || awake());
  window.addEventListener("online", () => ((live.attempts = 0), live.ready || connect()));
  window.addEventListener("offline", () => live.socket && lost(1006));
  window.addEventListener("pageshow", (event) => event.persisted && connect());

  // -- what the server says ---------------------------------------------------------------------

  async function take(frame) {
    if ("content" in frame) return put(frame);
    if (frame.type === "changed") return changed(frame);
    if (frame.type === "welcome") return welcome(frame);
    if (frame.type === "ack") return window.consilience.outbox.done(frame);
    if (frame.type === "refused") return refused(frame);
    if (frame.type === "resync") return location.reload();
  }

  async function put({ content, target, swap }) {
    const place = document.querySelector(target);
    if (!place) return; // not every page shows every panel of its view
    await window.htmx.swap({ sourceElement: place, target: place, swap, text: content });
    tell("swapped", { target });
  }

  function welcome(frame) {
    live.open = live.ready = true;
    live.attempts = 0;
    live.lostAt = 0;
    live.offset = Date.parse(frame.server_time) - Date.now();
    if (live.build && live.build !== frame.build) outdated();
    live.build = frame.build;
    tell("welcome", frame);
    window.consilience.outbox.known(frame.you);
    show();
  }

  function changed(frame) {
    if (frame.from !== live.number + 1) return lost(1006); // hello again from where we are
    live.number = frame.to;
    const hidden = frame.to - frame.from + 1 > frame.changes.length;
    for (const part of document.querySelectorAll("[data-stale-on]")) {
      const kinds = part.dataset.staleOn.split(/\s+/);
      const unknown = hidden && !("own" in part.dataset); // of oneself one is told by name
      if (unknown || frame.changes.some((change) => kinds.includes(change.kind)))
        window.htmx.trigger(part, "stale");
    }
    tell("changed", { ...frame, hidden });
    window.consilience.outbox.reopened(frame.changes);
  }

  function refused(frame) {
    if (frame.key && AGAIN.has(frame.code)) {
      setTimeout(() => window.consilience.outbox.again(frame.key), 2000);
      return tell("delayed", frame);
    }
    if (frame.key) window.consilience.outbox.refused(frame);
    tell("refused", frame);
  }

  function outdated() {
    tell("outdated", {});
    const offer = document.getElementById("outdated");
    if (offer) offer.hidden = false;
  }

  // -- what people see --------------------------------------------------------------------------

  function state() {
    if (live.over) return "closed";
    if (live.ready) return "live";
    return navigator.onLine && Date.now() - (live.lostAt || Date.now()) < 5000 ? "connecting" : "offline";
  }

  let shown = "";
  function show() {
    const place = document.getElementById("connection");
    const now = state();
    const waiting = window.consilience.outbox.waiting();
    if (!place || shown === `${now} ${waiting}`) return;
    shown = `${now} ${waiting}`;
    place.className = `state ${now}`;
    place.dataset.state = now;
    const words = now !== "live" && waiting ? place.dataset.waiting : place.dataset[now];
    for (const shape of place.querySelectorAll("[data-shape]")) shape.hidden = shape.dataset.shape !== now;
    place.querySelector("[data-words]").textContent = (words || "").replace("{n}", waiting);
    tell("connection", { state: now, waiting });
  }

  function transmit(command) {
    const text = JSON.stringify(command);
    if (!live.open || new TextEncoder().encode(text).length > LARGEST) return false;
    live.socket.send(text);
    return true;
  }

  // The server's time now, for clocks.
  const time = () => Date.now() + live.offset;

  window.consilience = Object.assign(window.consilience || {}, { live, transmit, show, tell, time });
  document.addEventListener("DOMContentLoaded", connect);
})();
