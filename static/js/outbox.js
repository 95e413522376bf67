// The outbox: commands on their way, kept on this device until the server has acknowledged them.
// The same key sent twice is done once, so whatever is in doubt is simply sent again: on each new
// connection, right behind the hello, since a far server costs most of a second for every turn.
(() => {
  "use strict";
  const page = document.body.dataset;
  const PLACE = `outbox:${page.workshop}`;
  const sent = new Map(); // key → when it went out over this connection
  let who = page.who || null; // whose answers these are: two people may share a laptop

  const read = () => JSON.parse(localStorage.getItem(PLACE) || "[]");
  const write = (entries) => {
    localStorage.setItem(PLACE, JSON.stringify(entries));
    window.consilience.show();
  };
  const mine = (entry) => !entry.held && (who === null || !entry.who || entry.who === who);

  // 128 random bits; a hall over plain HTTP has no crypto.randomUUID.
  const key = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");

  // What an answer replaces: the same round, and for itemwise shapes the same item.
  const answers = (command) => (command.type === "cast_ballot" ? `${command.round} ${itemOf(command.body)}` : null);

  // The one item that a body answers, or the set that it judges; empty for whole shapes.
  function itemOf({ react, judgement, pair, best_worst: few }) {
    const set = pair ? [pair.winner, pair.loser] : few ? [...few.shown] : null;
    return set ? set.sort().join(" ") : Object.keys(react || judgement || { "": "" })[0];
  }

  // Send a command; returns its key, by which `consilience:ack` and `:refused` name it.
  function send(command) {
    const entry = { who, command: { ...command, key: key() } };
    const replaced = answers(command);
    const kept = read().filter((old) => !old.held || !replaced || answers(old.command) !== replaced);
    write([...kept, entry]);
    if (!transmit(entry.command) && window.consilience.live.ready) post();
    return entry.command.key;
  }

  function transmit(command) {
    const gone = window.consilience.transmit(command);
    if (gone) sent.set(command.key, Date.now());
    return gone;
  }

  // Whether something went out so many ms ago, and nothing at all has been heard since.
  function unanswered(pause, heard) {
    const late = ({ command }) => heard <= sent.get(command.key) && Date.now() - sent.get(command.key) > pause;
    return read().filter(mine).some(late);
  }

  // Everything that waits and is not on its way over this connection, in its order.
  function flush() {
    const waits = read().filter(mine).filter(({ command }) => !sent.has(command.key));
    const left = waits.filter(({ command }) => !transmit(command));
    if (left.length && window.consilience.live.ready) post(); // too large
  }

  function begin() {
    sent.clear();
    flush();
  }

  // Welcomed: what went out behind the hello is answered from now on.
  function known(you) {
    who = you.participant;
    write(read().map((entry) => ({ ...entry, who: entry.who || who })));
    for (const key of sent.keys()) sent.set(key, Date.now());
    flush();
  }

  // What the server could not take just now.
  function again(key) {
    sent.delete(key);
    if (window.consilience.live.ready) flush();
  }

  // Kept for a round that is closed, to be sent if it is reopened.
  function hold(command) {
    const replaced = answers(command);
    const others = read().filter((old) => answers(old.command) !== replaced);
    write([...others, { who, held: true, command: { ...command, key: key() } }]);
  }

  // What is on its way to a round: a form that is drawn anew holds it already.
  const pending = (round) => read().filter(mine).map(({ command }) => command).filter((c) => c.round === round);

  function remove(gone) {
    sent.delete(gone);
    write(read().filter((entry) => entry.command.key !== gone));
  }

  function done(ack) {
    remove(ack.key);
    window.consilience.tell("ack", ack);
  }

  // A ballot that came after the close is kept, and goes again only if the round is reopened.
  function refused({ key: gone, code }) {
    if (code !== "poll_closed") return remove(gone);
    sent.delete(gone);
    write(read().map((entry) => (entry.command.key === gone ? { ...entry, held: true } : entry)));
  }

  function reopened(changes) {
    for (const { kind, ids } of changes) if (kind === "round_reopened") release(ids.round);
  }

  function release(round) {
    const again = (entry) => entry.held && entry.command.round === round;
    if (!read().some(again)) return;
    write(read().map((entry) => (again(entry) ? { ...entry, held: false } : entry)));
    flush();
  }

  // What a closed secret round leaves here is of no use to anybody but a thief.
  const forget = (round) => write(read().filter((entry) => entry.command.round !== round || !entry.held));

  // Networks that block websockets, and commands too large for a frame: the same by HTTP.
  let posting = false;
  async function post() {
    if (posting || !navigator.onLine) return;
    posting = true;
    try {
      for (const { command } of read().filter(mine)) await postOne(command);
    } catch {
      // No connection at all: they stay in the outbox.
    }
    posting = false;
  }

  async function postOne({ type, key: value, ...command }) {
    const { round, ...ballot } = command;
    const path = type === "cast_ballot" ? `rounds/${round}/ballots` : `workshops/${page.workshop}/proposals`;
    const answer = await fetch(`/api/v1/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": value },
      body: JSON.stringify(type === "cast_ballot" ? ballot : command),
    });
    if (answer.status >= 500 || answer.status === 429) return;
    const said = await answer.json();
    if (answer.ok) return done({ ...said, type: "ack", key: value });
    const refusal = { ...said.error, type: "refused", key: value };
    refused(refusal);
    window.consilience.tell("refused", refusal);
  }

  const waiting = () => read().filter(mine).length;

  const outbox = { begin, known, again, done, refused, reopened, release, hold, pending, itemOf, post, unanswered, waiting, forget };
  window.consilience = Object.assign(window.consilience || {}, { send, key, outbox });
})();
