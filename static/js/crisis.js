// While somebody writes: help at once when the words sound like danger. Nothing leaves the
// browser for it; the server looks for itself, in the same way, when the form is sent.
"use strict";
(() => {
  const help = document.querySelector("[data-crisis-help]");
  const form = help && help.closest("form");
  if (!form) return;
  const fields = [...form.querySelectorAll('[name="title"], [name="text"]')];
  let waiting = 0;

  const look = () => {
    const words = fields.map((field) => field.value).join("\n");
    // What was shown stays: help that comes and goes while one types would be a shout.
    if (help.hidden && self.signsOfDanger.found(words)) help.hidden = false;
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  };
  for (const field of fields) field.addEventListener("input", soon);
  form.addEventListener("draft:restored", look);
  look();
})();
