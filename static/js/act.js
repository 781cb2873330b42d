// The bar under the thumb: its 有用 speaks of the answer that is in view.
"use strict";
(() => {
  const seen = new Map();
  let current = "";

  function show() {
    const buttons = [...document.querySelectorAll("#me-question [data-answer]")];
    const chosen =
      buttons.find((button) => button.dataset.answer === current) || buttons[0];
    for (const button of buttons) button.hidden = button !== chosen;
  }

  if ("IntersectionObserver" in window) {
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) seen.set(entry.target.id, entry.isIntersecting);
        // The band is thin and lies above the middle: at most one or two answers touch it.
        for (const [id, inside] of seen) if (inside) current = id;
        show();
      },
      { rootMargin: "-40% 0px -55% 0px" },
    );
    for (const answer of document.querySelectorAll(".answer[id]")) watcher.observe(answer);
  }
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
