// 适老化: the larger type that a reader chose, kept in this browser only. Runs before the page is
// drawn, so that nothing jumps.
"use strict";
(() => {
  const KEY = "youthvoice.size";
  const root = document.documentElement;

  function read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage may be shut in a private window: then the choice lasts for a page.
    }
  }

  function show(size) {
    if (size === "large") root.dataset.size = "large";
    else delete root.dataset.size;
  }

  show(read());

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-size-toggle]");
    if (!button) return;
    const say = () => button.setAttribute("aria-pressed", String(root.dataset.size === "large"));
    button.hidden = false;
    say();
    button.addEventListener("click", () => {
      const size = root.dataset.size === "large" ? "normal" : "large";
      show(size);
      say();
      try {
        localStorage.setItem(KEY, size);
      } catch {
        // As above.
      }
    });
  });
})();
