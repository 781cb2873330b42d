// The case page tells colleagues every 20 seconds that it is open (htmx sends the form); here it
// learns whether something is being written: typed in the last minute, and still there.
"use strict";
(() => {
  const flag = document.querySelector("[data-writing-flag]");
  if (!flag) return;
  const WRITES = 60000;
  let last = 0;

  document.addEventListener("input", (event) => {
    if (!event.target.closest("[data-writing]")) return;
    last = Date.now();
    if (flag.value === "1") return;
    flag.value = "1";
    // The first stroke is told at once: that is when two begin the same answer.
    flag.form.dispatchEvent(new CustomEvent("writing", { bubbles: true }));
  });

  setInterval(() => {
    if (flag.value === "1" && Date.now() - last > WRITES) flag.value = "0";
  }, 5000);
})();
