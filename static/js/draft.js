// Keeps what is being written in a form, in this browser's own storage, as one types: also the
// hidden key by which the server knows the same asking sent twice. Pictures can't be kept.
"use strict";
(() => {
  const name = (what) => `youthvoice.draft.${what}`;
  const SKIP = new Set(["csrfmiddlewaretoken", "next"]);

  function read(what) {
    try {
      return JSON.parse(localStorage.getItem(name(what)) || "null");
    } catch {
      return null;
    }
  }

  function write(what, draft) {
    try {
      localStorage.setItem(name(what), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function forget(what) {
    try {
      localStorage.removeItem(name(what));
    } catch {
      // Nothing was kept.
    }
  }

  // The page that says "sent": the draft has done its work.
  const sent = document.querySelector("[data-draft-clear]");
  if (sent) forget(sent.dataset.draftClear);

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const what = form.dataset.draft;
  const line = document.querySelector("[data-draft-line]");
  const words = line && line.querySelector("[data-draft-words]");

  function gather() {
    const fields = {};
    for (const element of form.elements) {
      if (!element.name || SKIP.has(element.name) || element.type === "file") continue;
      if (element.type === "radio") {
        if (element.checked) fields[element.name] = element.value;
      } else if (element.type === "checkbox") {
        fields[element.name] = element.checked;
      } else if (element.tagName !== "BUTTON") {
        fields[element.name] = element.value;
      }
    }
    return fields;
  }

  function restore(fields) {
    for (const element of form.elements) {
      if (!(element.name in fields) || SKIP.has(element.name) || element.type === "file") continue;
      const value = fields[element.name];
      if (element.type === "radio") element.checked = element.value === value;
      else if (element.type === "checkbox") element.checked = Boolean(value);
      else element.value = value;
    }
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  }

  function say(text) {
    if (!line) return;
    words.textContent = text;
    line.hidden = false;
  }

  // A page that came back with errors already holds what was typed, and knows better.
  const kept = read(what);
  const cameBack = Boolean(document.getElementById("errors"));
  if (kept && kept.fields && !cameBack) {
    restore(kept.fields);
    // A title that was typed on the home page a moment ago is no news to its writer.
    const written = (kept.fresh ? "" : kept.fields.title || "") + (kept.fields.text || "");
    if (written.trim()) say(line ? line.dataset.restored : "");
    if (kept.fresh) write(what, { fields: gather() });
  }

  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    const kept = write(what, { fields: gather() });
    // On a shared telephone one should know, and be able to take it back.
    if (kept && line && line.hidden) say(line.dataset.kept);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", keep);
  addEventListener("pagehide", () => {
    if (timer) keep();
  });

  const discard = document.querySelector("[data-draft-discard]");
  if (discard) {
    discard.addEventListener("click", () => {
      clearTimeout(timer);
      timer = 0;
      forget(what);
      // A fresh page brings a fresh key with it.
      location.assign(location.pathname);
    });
  }
  for (const hint of document.querySelectorAll("[data-login-kept]")) hint.hidden = false;
})();
