// A button that copies the text of an element: [data-copy="its id"].
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[data-copy-said]");
    if (!source) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      let done = false;
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        done = true;
      } catch {
        // Without TLS there is no clipboard to write to: select the text and ask the old way.
        const range = document.createRange();
        range.selectNodeContents(source);
        const selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        done = document.execCommand("copy");
      }
      if (said) said.textContent = done ? button.dataset.copied : button.dataset.failed;
    });
  }
})();
