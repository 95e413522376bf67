// Two hands in one text: what each changed since they last saw the same.
(() => {
  "use strict";
  // The one stretch in which a text differs from the one before it.
  function stretch(before, text) {
    const most = Math.min(before.length, text.length);
    let [from, end] = [0, 0];
    while (from < most && before[from] === text[from]) from++;
    while (end < most - from && before[before.length - 1 - end] === text[text.length - 1 - end]) end++;
    return { from, to: before.length - end, words: text.slice(from, text.length - end) };
  }

  // Two changes that do not touch each other make one text; null where they do, and a person must say.
  function merged(before, mine, theirs) {
    const changes = [stretch(before, mine), stretch(before, theirs)];
    const [first, then] = changes.sort((a, b) => a.from - b.from);
    if (first.to >= then.from) return null;
    const between = before.slice(first.to, then.from);
    return before.slice(0, first.from) + first.words + between + then.words + before.slice(then.to);
  }

  window.merging = { merged, stretch };
})();
