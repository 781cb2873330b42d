// While somebody writes: a quiet hint when a telephone, identity, card or chat number stands in
// the words, and one tap to hide it. The server looks again, and more closely, when it is sent
// (safety/personal.py).
"use strict";
(() => {
  const KEPT = 3;
  // Digits that are words elsewhere: kept apart, as \ue000 to \ue009, so that 13800001234一直 ends.
  const HAN = ["〇零洞", "一壹弌幺么", "二贰貳两兩俩", "三叁參", "四肆", "五伍", "六陆陸", "七柒拐", "八捌", "九玖勾"];
  const SIGNS = new Map(HAN.flatMap((all, n) => [...all].map((sign) => [sign, String.fromCharCode(0xe000 + n)])));
  for (const sign of "○◯") SIGNS.set(sign, "0");
  for (const [stands, all] of [["/", "/\\|¦⁄∕丨"], ["(", "\"'`´<>"], [".", ".·・…‧"], [",", ",、;=+*#&!?。:$¥￥"], ["-", "−~〜➖"]])
    for (const sign of all) SIGNS.set(sign, stands);

  // What a sign stands for; nothing for what isn't seen.
  const look = (sign) => {
    if (/^[0-9a-z]$/i.test(sign)) return sign.toLowerCase();
    if (SIGNS.has(sign)) return SIGNS.get(sign);
    if (/[\n\r\u2028\u2029]/.test(sign)) return "\n";
    if (/^[\s\p{Z}]$/u.test(sign)) return " ";
    if (/^[\p{Cf}\p{M}\p{Cc}\u115f\u1160\u3164\uffa0\u2800]$/u.test(sign)) return "";
    const plain = sign.normalize("NFKC").replace(/^\(?([0-9]{1,2})[).,]?$/, "$1");
    if (plain !== sign && (plain.length === 1 || /^[0-9]+$/.test(plain)))
      return [...plain].map(look).join("");
    if (/^\p{Nd}$/u.test(sign)) {
      let zero = sign.codePointAt(0);
      while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String((sign.codePointAt(0) - zero) % 10);
    }
    if (/^\p{Pd}$/u.test(sign)) return "-";
    if (/^[\p{Ps}\p{Pe}\p{Pi}\p{Pf}]$/u.test(sign)) return "(";
    if (/^\p{Pc}$/u.test(sign)) return "_";
    if (sign === "🐧") return sign;
    return /^[\p{So}\p{Sk}\p{Sm}]$/u.test(sign) && sign !== "°" ? "~" : sign.toLowerCase();
  };
  const looks = new Map();
  const fold = (text) => {
    let folded = "";
    const places = [];
    let at = 0;
    for (const sign of text) {
      if (!looks.has(sign)) looks.set(sign, look(sign));
      const stands = looks.get(sign);
      if (!/^[ \n]$/.test(stands) || !/[ \n]$/.test(folded)) {
        folded += stands;
        for (let n = 0; n < stands.length; n += 1) places.push(at);
      }
      at += sign.length;
    }
    return { folded, places };
  };
  const plain = (word) =>
    word.replace(/[\ue000-\ue009]/g, (sign) => String(sign.charCodeAt(0) - 0xe000)).replace(/[^0-9x]/g, "");

  const D = "[0-9\ue000-\ue009]";
  const G = "[ \\-/(._~]{0,4}";
  const WEAK = "[ \\n\\-/(._~,]{1,3}";
  const BEFORE = "(?:(?<![0-9])(?=[0-9])|(?<![\ue000-\ue009])(?=[\ue000-\ue009]))";
  const AFTER = "(?:(?<=[0-9])(?![0-9])|(?<=[\ue000-\ue009])(?![\ue000-\ue009]))";
  const MOBILE = `(?:0?0?8${G}6${G}|0)?[1\ue001]`;
  const OTHER = "[3-9\ue003-\ue009]";
  const one = (source) => new RegExp(source, "g");
  // Groups of digits of which not all are parted alike are mostly several numbers.
  const isOne = (_digits, word) => {
    const parted = new Set(word.match(/[^0-9\ue000-\ue009]+/g)?.map((gap) => gap.replaceAll(" ", "")));
    const groups = word.split(/[^0-9\ue000-\ue009]+/).map((group) => group.length).join();
    return parted.size < 2 || /(^|,)3,4,4$/.test(groups);
  };
  const luhn = (digits) =>
    [...digits].reverse().reduce((sum, d, n) => sum + (n % 2 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : +d), 0) % 10 === 0;
  const identity = (digits) =>
    /^[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]$/.test(digits);
  const NUMBERS = [
    [one(`${BEFORE}${D}(?:${G}${D}){16}${G}(?:${D}${AFTER}|x(?![a-z0-9]))`), identity],
    [one(`${BEFORE}${D}(?:${G}${D}){15,18}${AFTER}`), (digits) => digits[0] !== "0" && luhn(digits)],
    [one(`${BEFORE}${D}{4}(?:[ \\-]${D}{4}){3}${AFTER}`), (digits) => !/^(?:19|20)/.test(digits)],
    [one(`${BEFORE}${MOBILE}${G}${OTHER}(?:${G}${D}){9}${AFTER}`), isOne],
    [one(`${BEFORE}${MOBILE}${OTHER}${D}${WEAK}${D}{4}${WEAK}${D}{4}${AFTER}`), () => true],
  ];
  const CHATS =
    "[微威薇维溦徽徵葳][ .-]?[信x]|[vw][ .-]?(?:x|信)|wechat|weixin|q[ .-]?q|扣扣|抠抠|企鹅|🐧|q号|加我?(?:[qvw](?![a-z])|[薇微威扣])|(?<![a-z0-9])[qvw扣薇],";
  // What is said of the program, and names nobody in it.
  const WORDS = "wechat|weixin|windows|android|iphone|harmony|harmonyos|version|official|login|online";
  const CHAT = one(
    `(?:${CHATS})(?:号码|账号|号|群|id)?(?:[ \\-/(._~,]|是|为|叫|加|搜){0,4}((?!(?:${WORDS})(?![a-z0-9_-]))[a-z][a-z0-9_-]{5,19}|${D}(?:${G}${D}){5,11})(?![a-z0-9_])`,
  );

  const masked = (text) => {
    const { folded, places } = fold(text);
    const hidden = new Set();
    const hide = (start, word, between) => {
      let seen = 0;
      for (let n = 0; n < word.length; n += 1)
        if (!between.includes(word[n]) && ++seen > KEPT) hidden.add(places[start + n]);
    };
    for (const [pattern, is] of NUMBERS)
      for (const found of folded.matchAll(pattern))
        if (is(plain(found[0]), found[0])) hide(found.index, found[0], " \n-/(._~,");
    for (const found of folded.matchAll(CHAT))
      hide(found.index + found[0].length - found[1].length, found[1], " ");
    let at = 0;
    let whole = "";
    for (const sign of text) {
      whole += hidden.has(at) ? "•" : sign;
      at += sign.length;
    }
    return whole;
  };

  for (const hint of document.querySelectorAll("[data-personal-hint]")) {
    const form = hint.closest("form");
    const fields = [...form.querySelectorAll('[name="title"], [name="text"]')];
    const look = () => {
      hint.hidden = fields.every((field) => masked(field.value) === field.value);
    };
    hint.querySelector("[data-personal-mask]").addEventListener("click", () => {
      for (const field of fields) {
        field.value = masked(field.value);
        // The draft and the counters hear of it like of any typing.
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      look();
    });
    for (const field of fields) field.addEventListener("input", look);
    form.addEventListener("draft:restored", look);
    look();
  }
})();
