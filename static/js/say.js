// The home page's large field. What is typed waits for the asking form in the tab's own storage
// (draft.js takes it): never in an address, where logs would keep it beside the reader's.
"use strict";
(() => {
  const place = document.querySelector("[data-say]");
  const link = place && place.querySelector("a");
  if (!link) return;

  const form = document.createElement("form");
  form.className = "say__field";
  const field = document.createElement("input");
  field.type = "text";
  field.className = "say__input";
  // More than a title holds goes on in the text (draft.js).
  field.maxLength = 2000;
  field.autocomplete = "off";
  field.enterKeyHint = "go";
  field.placeholder = place.dataset.label;
  field.setAttribute("aria-label", place.dataset.label);
  const button = document.createElement("button");
  button.className = "say__act";
  button.textContent = place.dataset.act;
  form.append(field, button);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (words) {
      try {
        sessionStorage.setItem("youthvoice.say", JSON.stringify({ title: words, at: Date.now() }));
      } catch {
        // Nothing can be kept here: the asking page opens empty.
      }
    }
    location.assign(link.href);
  });
  link.replaceWith(form);
})();
