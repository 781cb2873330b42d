// While somebody writes: help at once when the words sound like danger. Nothing leaves the
// browser for it; the server looks for itself, and more closely, when the form is sent.
"use strict";
(() => {
  const help = document.querySelector("[data-crisis-help]");
  const form = help && help.closest("form");
  if (!form) return;
  const signs = new RegExp(help.dataset.signs);
  const idioms = new RegExp(help.dataset.idioms, "g");
  const fields = [...form.querySelectorAll('[name="title"], [name="text"]')];

  const look = () => {
    const words = fields
      .map((field) => field.value.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""))
      .join("\n");
    // What was shown stays: help that comes and goes while one types would be a shout.
    if (signs.test(words.replace(idioms, "·"))) help.hidden = false;
  };
  for (const field of fields) field.addEventListener("input", look);
  form.addEventListener("draft:restored", look);
  look();
})();
