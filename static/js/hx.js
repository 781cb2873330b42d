// When a part of a page that htmx fetches fails to load, says so in a sentence beside it. The
// plain links that stood there stay, and they do the same things.
"use strict";
(() => {
  function say(target, words) {
    if (!target || !target.isConnected) return;
    unsay(target);
    const line = document.createElement("p");
    line.className = "failed";
    line.setAttribute("role", "status");
    line.textContent = words;
    target.append(line);
  }

  function unsay(target) {
    for (const line of target.querySelectorAll(":scope > .failed")) line.remove();
  }

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      const { target, elt } = event.detail;
      const words = document.body.dataset;
      // The header's own part is no news: its plain link stands there and works.
      if (target && target.id === "me-bar") return;
      // Too many tries: the server says for how many seconds to wait.
      const wait = event.detail.xhr && event.detail.xhr.getResponseHeader("Retry-After");
      if (wait) say(target, words.failedWait.replace("%s", Math.ceil(wait / 60)));
      else say(target, elt instanceof HTMLFormElement ? words.failedForm : words.failedPart);
    });
  }
})();
