// What safety/windows.py and safety/weighing.py do, done alike: windows of a text, each weighed by
// the same words and weights (signs-weights.js). tests/browser/test_crisis.py compares the two.
"use strict";
self.signsOfDanger = (() => {
  const { fold, words, weights, bias, off, help_from: helpFrom } = self.signWeights;
  const ENDS = new Set("。！？!?；;…\n");
  const SPACE = new Set("\t\r\v\f\x1c\x1d\x1e\x1f\x85");
  const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}\p{Cc}]/u;
  const SIGN = /[\p{L}\p{N}]/u;
  const FILLERS = new Set(fold.fillers);
  const LONGEST = 56;
  const PAIR_LONGEST = 44;
  const STEP = LONGEST / 2;
  const LATIN = /[a-z]/i;
  const worth = new Map();
  for (const [weight, names] of Object.entries(weights)) {
    for (const name of names.split(" ")) worth.set(name, Number(weight));
  }
  const kindsOf = new Map();
  const sizes = new Map();
  for (const [kind, listed] of Object.entries(words)) {
    for (const word of listed.split(" ")) {
      const signs = Array.from(word);
      kindsOf.set(word, [...(kindsOf.get(word) || []), kind]);
      sizes.set(signs[0], (sizes.get(signs[0]) || new Set()).add(signs.length));
    }
  }
  for (const [sign, found] of sizes) sizes.set(sign, [...found].sort((a, b) => b - a));

  const plainly = new Map();
  const plain = (given) => {
    if (!plainly.has(given)) {
      const signs = Array.from(given.normalize("NFKC").toLowerCase())
        .filter((sign) => !FILLERS.has(sign) && SIGN.test(sign))
        .map((sign) => (Object.hasOwn(fold.map, sign) ? fold.map[sign] : sign));
      plainly.set(given, Array.from(signs.join("")).slice(0, fold.most));
    }
    return plainly.get(given);
  };
  const foldAt = (text, at) => {
    const beside = (sign) => sign !== undefined && LATIN.test(sign) && sign < "\x80";
    if (Object.hasOwn(fold.leet, text[at]) && (beside(text[at - 1]) || beside(text[at + 1]))) {
      return [fold.leet[text[at]]];
    }
    return plain(text[at]);
  };

  const runsOf = (text) => {
    const runs = [];
    let parted = true;
    let ended = true;
    text.forEach((given, at) => {
      const signs = foldAt(text, at);
      if (signs.length) {
        if (parted) runs.push({ signs: [], ends: ended });
        runs[runs.length - 1].signs.push(...signs);
        parted = ended = false;
      } else if (ENDS.has(given)) {
        parted = ended = true;
      } else if (SPACE.has(given) || !UNSEEN.test(given)) {
        parted = true;
      }
    });
    return runs;
  };
  const sentencesOf = (text) => {
    const found = [];
    let alone = false;
    for (const { signs, ends } of runsOf(text)) {
      const last = found[found.length - 1];
      if (last && (alone || signs.length === 1)) last[last.length - 1].push(...signs);
      else if (last && !ends) last.push([...signs]);
      else found.push([[...signs]]);
      alone = signs.length === 1;
    }
    return found.length ? found : [[[]]];
  };
  const count = (clauses) => clauses.reduce((sum, clause) => sum + clause.length, 0);
  const piecesOf = (clause) => {
    if (clause.length <= LONGEST) return [clause];
    const found = [];
    for (let at = 0; at < clause.length - STEP; at += STEP) {
      found.push(clause.slice(at, at + LONGEST));
    }
    return found;
  };
  const ofSentence = (clauses) => {
    const found = [];
    for (let first = 0; ; ) {
      let last = first + 1;
      let signs = clauses[first].length;
      while (last < clauses.length && signs + clauses[last].length <= LONGEST) {
        signs += clauses[last].length;
        last += 1;
      }
      found.push(clauses.slice(first, last));
      if (last === clauses.length) return found;
      for (signs = 0; first < last && signs < STEP; first += 1) signs += clauses[first].length;
    }
  };
  const windowsOf = (text) => {
    const sentences = sentencesOf(Array.from(text));
    const found = sentences.flatMap((clauses) => ofSentence(clauses.flatMap(piecesOf)));
    for (let at = 0; at + 1 < sentences.length; at += 1) {
      const both = [...sentences[at], ...sentences[at + 1]];
      if (count(both) <= PAIR_LONGEST) found.push(both);
    }
    return found;
  };

  const wordAt = (clause, at) => {
    for (const size of sizes.get(clause[at]) || []) {
      const word = clause.slice(at, at + size).join("");
      if (at + size <= clause.length && kindsOf.has(word)) return { word, size };
    }
    return { word: clause[at], size: 1 };
  };
  const read = (clause) => {
    const found = { signs: [], kinds: [], whole: [] };
    for (let at = 0; at < clause.length; ) {
      const { word, size } = wordAt(clause, at);
      const kinds = kindsOf.get(word) || [];
      if (kinds.includes("-")) {
        found.signs.push("|");
      } else {
        found.signs.push(...Array.from(word.replace(/[0-9]/g, "0")));
        found.kinds.push(...kinds);
        if (size >= 4 && kinds.length) found.whole.push(word);
      }
      at += size;
    }
    return found;
  };
  const featuresOf = (clauses) => {
    const found = new Set();
    const signs = ["^"];
    clauses.forEach((clause, at) => signs.push(...(at ? [","] : []), ...clause.signs));
    signs.push("$");
    for (let size = 1; size <= 3; size += 1) {
      for (let at = 0; at + size <= signs.length; at += 1) {
        const part = signs.slice(at, at + size).join("");
        if (!part.includes("|")) found.add(part);
      }
    }
    for (const mark of "^$,") found.delete(mark);
    const kinds = clauses.flatMap((clause) => clause.kinds);
    kinds.forEach((kind, at) => {
      found.add(`K:${kind}`);
      for (const then of kinds.slice(at + 1, at + 5)) found.add(`P:${kind}>${then}`);
    });
    for (const clause of clauses) for (const word of clause.whole) found.add(`W:${word}`);
    return found;
  };

  /** How much the strongest window of a text weighs. */
  const weigh = (text) => {
    const windows = windowsOf(text);
    const less = off[Math.min(windows.length, off.length) - 1];
    let most = -Infinity;
    for (const clauses of windows) {
      let total = 0;
      for (const name of featuresOf(clauses.map(read))) total += worth.get(name) || 0;
      const score = (total * 0.04) / Math.sqrt(Math.max(8, count(clauses))) + bias - less;
      if (score > most) most = score;
    }
    return most;
  };
  return { weigh, found: (text) => weigh(text) >= helpFrom };
})();
