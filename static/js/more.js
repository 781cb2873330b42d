// What folds out over the page (更多, the places of the filter) ends as people expect it to: with
// Esc, which gives the focus back, and with a tap beside it.
"use strict";
(() => {
  const open = () => document.querySelectorAll("details[data-more][open]");

  document.addEventListener("click", (event) => {
    for (const one of open()) if (!one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of open()) {
      one.open = false;
      if (one.contains(document.activeElement)) one.querySelector("summary").focus();
    }
  });
})();
