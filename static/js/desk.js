// The staff's list by keyboard: with the focus on one of its links, arrow down and up (or j and k)
// go from question to question, Home and End to the ends, and Enter opens. Without focus in the
// list no key does anything, so nobody's own shortcuts are disturbed.
"use strict";
(() => {
  const list = document.querySelector("[data-rows]");
  if (!list) return;
  const links = [...list.querySelectorAll("[data-row]")];
  const hint = document.querySelector("[data-rows-hint]");
  if (hint) hint.hidden = false;

  const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest("li");
    const here = links.findIndex((link) => row && row.contains(link));
    if (here < 0) return;
    let there = -1;
    if (event.key in STEPS) there = here + STEPS[event.key];
    else if (event.key === "Home") there = 0;
    else if (event.key === "End") there = links.length - 1;
    if (there < 0 || there >= links.length) return;
    event.preventDefault();
    links[there].focus();
  });
})();
