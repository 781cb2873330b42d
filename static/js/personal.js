// While somebody writes: a quiet hint when a telephone, identity or chat number stands in the
// words, and one tap to hide it. The server looks again, and more closely, when it is sent.
"use strict";
(() => {
  const NUMBER = /(?<!\d)(?:1[ -]?[3-9](?:[ -]?\d){9}|[1-9](?:[ -]?\d){16}[ -]?[\dXx])(?!\d)/g;
  const CHAT = /((?:微信|qq|[vw]x)(?:号码|号)?[ 是为:：]{0,3})([a-z][a-z0-9_-]{5,19}|\d{6,12})(?![a-z0-9_])/gi;
  const KEPT = 3;

  const hide = (word) => {
    let seen = 0;
    return word.replace(/[0-9a-zX_]/gi, (sign) => (++seen > KEPT ? "•" : sign));
  };
  const masked = (text) =>
    text.replace(NUMBER, hide).replace(CHAT, (_all, before, word) => before + hide(word));

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
