// What stands beside the words on a wide page is folded below them on a narrow one.
"use strict";
(() => {
  const narrow = window.matchMedia("(max-width: 63.99rem)");
  const folds = document.querySelectorAll("[data-fold]");

  function fit() {
    // Whoever was sent to something inside finds it open.
    for (const part of folds) part.open = !narrow.matches || Boolean(part.querySelector(":target"));
  }

  // Also what is folded on any page, as comments behind the first five.
  const inside = document.querySelector(":target")?.closest("details");
  if (inside) inside.open = true;

  narrow.addEventListener("change", fit);
  fit();
})();
