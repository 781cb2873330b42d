// Keeps what is being written in a form, in this browser's own storage, as one types: also the
// hidden key by which the server knows the same asking sent twice. Pictures can't be kept here;
// those of a form that came back wait in the house, and ask.js fetches them.
//
// A draft belongs to its tab, and to the account that wrote it, which the page names by a mark
// that says nothing. Without an account it lies in the tab's own storage and ends after hours. An
// own sign-out erases all of them, in every tab. On every page, so that none outlives its time.
"use strict";
(() => {
  const PREFIX = "youthvoice.draft.";
  const TAB = "youthvoice.tab";
  const ENDED = "youthvoice.signed-out";
  const CARRY = "youthvoice.carry";
  const SAY = "youthvoice.say";
  const SENDING = "youthvoice.sending";
  const SIGNED_OUT = "yv_signed_out";
  const TAKEN = "yv_taken";
  // What of a form is no draft; of hidden fields only what says which form, or which text, it was.
  const SKIP = new Set(["csrfmiddlewaretoken", "next", "held", "shown"]);
  const SKIP_TYPES = new Set(["file", "password", "submit", "button"]);
  const HIDDEN = new Set(["key", "seen"]);
  const MINUTE = 60 * 1000;
  const NAMELESS_MOST = 4 * 60 * MINUTE;
  const ACCOUNT_MOST = 7 * 24 * 60 * MINUTE;
  // From the home page's field or the link to the sign-in to the form.
  const ON_THE_WAY = 15 * MINUTE;

  let local, own;
  try {
    local = localStorage;
    own = sessionStorage;
    own.setItem(PREFIX, "");
    own.removeItem(PREFIX);
  } catch {
    return; // Storage is shut, as it may be in a private window: nothing is kept.
  }

  // --- What lies there ---------------------------------------------------------------------
  const names = (store) =>
    Array.from({ length: store.length }, (_, at) => store.key(at)).filter((name) =>
      name.startsWith(PREFIX),
    );

  function read(store, name) {
    try {
      return JSON.parse(store.getItem(name) || "null") || {};
    } catch {
      return {};
    }
  }

  function write(store, name, value) {
    try {
      store.setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false; // Full.
    }
  }

  function onTheWay(name) {
    const found = read(own, name);
    return found.at > Date.now() - ON_THE_WAY ? found : {};
  }

  const signedOutAt = () => Number(local.getItem(ENDED)) || 0;

  // What an answer told the page that comes next, whichever it is.
  function told(cookie) {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${cookie}=`));
    if (found) document.cookie = `${cookie}=; Path=/; Max-Age=0; SameSite=Lax`;
    return found && decodeURIComponent(found.slice(cookie.length + 1).replaceAll('"', ""));
  }

  // --- What has had its time ---------------------------------------------------------------
  // Set by the answer to an own sign-out.
  if (told(SIGNED_OUT)) {
    for (const store of [local, own]) for (const name of names(store)) store.removeItem(name);
    for (const name of [CARRY, SAY, SENDING]) own.removeItem(name);
    // Other tabs hear of it, and those that are asleep look when they wake.
    local.setItem(ENDED, String(Date.now()));
  }
  for (const [store, most] of [
    [local, ACCOUNT_MOST],
    [own, NAMELESS_MOST],
  ]) {
    for (const name of names(store)) {
      const { at } = read(store, name);
      if (!(at > Date.now() - most && at > signedOutAt())) store.removeItem(name);
    }
  }

  // --- Which tab ---------------------------------------------------------------------------
  // A new name with each page: a tab that was duplicated would else write over the first one's.
  const start = () => `${PREFIX}${own.getItem(TAB)}.`;
  const place = (of, address) => `${start()}${of}.${address}`;
  const before = start();
  own.setItem(TAB, [...crypto.getRandomValues(new Uint32Array(2))].join("-"));
  for (const store of [local, own]) {
    for (const name of names(store).filter((one) => one.startsWith(before))) {
      store.setItem(start() + name.slice(before.length), store.getItem(name));
      store.removeItem(name);
    }
  }

  // --- A form that was taken: its draft has done its work ----------------------------------
  const page = document.getElementById("drafts");
  const sent = document.querySelector("[data-draft-clear]");
  const done = told(TAKEN) || (sent && sent.dataset.draftClear);
  if (done) {
    // Of whoever sent it: public pages say nothing of who is reading.
    const sending = own.getItem(SENDING) || "";
    if (sending.replace(/[?#].*$/, "").endsWith(`.${done}`)) {
      for (const store of [local, own]) store.removeItem(start() + sending);
    }
    own.removeItem(SENDING);
  }
  // One that was not: who pressed send may go on under an account that was signed in meanwhile.
  const refused = document.querySelector("[data-draft-carry]");
  if (refused) {
    const address = refused.dataset.draftCarry;
    const draft = read(own, place("", address));
    if (draft.fields) write(own, CARRY, { at: Date.now(), address, draft });
  }
  if (!page) return;
  const owner = page.dataset.owner;
  const store = owner ? local : own;
  const carried = owner ? onTheWay(CARRY) : {};
  // A page that came back with errors already holds what was typed, and knows better.
  const cameBack = Boolean(document.getElementById("errors"));

  // A title, and what of the words has no room in it: cut after a sign, else in the middle.
  function parted(words, most) {
    const signs = [...words];
    if (signs.length <= most) return [words, ""];
    const least = most / 4;
    const at = signs.slice(0, most).findLastIndex((sign) => "，。！？；：、,.!?;: ".includes(sign));
    if (at < least) return [`${signs.slice(0, most - 1).join("")}…`, `…${signs.slice(most - 1).join("")}`];
    return [signs.slice(0, at).join(""), signs.slice(at + 1).join("").trim()];
  }

  // --- Every form that takes words ---------------------------------------------------------
  const seen = new Map();
  for (const form of document.querySelectorAll('form[method="post"]')) {
    // Lines alone are mostly names and codes; a form of lines that are words says so.
    if (!form.querySelector("textarea:not([readonly])") && !("draft" in form.dataset)) continue;
    // What an action's query names is another thing to write to: one lane of a case, not its other.
    const to = new URL(form.getAttribute("action") || location.pathname, location.href);
    const address = to.pathname + to.search;
    const before = seen.get(address) || 0;
    seen.set(address, before + 1);
    keep(form, before ? `${address}#${before}` : address);
  }

  function keep(form, address) {
    const line = page.content.firstElementChild.cloneNode(true);
    const words = line.querySelector("[data-draft-words]");
    const take = line.querySelector("[data-draft-take]");
    const mine = () => place(owner, address);
    form.before(line);
    // Else "back" gives the browser's own copy to whoever sits there now.
    form.autocomplete = "off";
    let timer = 0;
    // When somebody last wrote something here: from then on its time runs.
    let typedAt = 0;
    let gone = false;

    const elements = () =>
      [...form.elements].filter(
        ({ name, type }) =>
          name && !SKIP.has(name) && !SKIP_TYPES.has(type) && (type !== "hidden" || HIDDEN.has(name)),
      );

    function gather() {
      const fields = {};
      for (const { name, type, checked, value } of elements()) {
        if (type === "radio") {
          if (checked) fields[name] = value;
        } else {
          fields[name] = type === "checkbox" ? checked : value;
        }
      }
      return fields;
    }

    function fill(fields) {
      for (const element of elements()) {
        if (!(element.name in fields)) continue;
        const value = fields[element.name];
        if (element.type === "radio") element.checked = element.value === value;
        else if (element.type === "checkbox") element.checked = Boolean(value);
        else element.value = value;
      }
      // For scripts that come after this one.
      form.dataset.restored = "";
      form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
    }

    // Words that the page doesn't hold by itself.
    const hasWords = ({ fields = {} }) =>
      elements().some(
        ({ name, type, defaultValue }) =>
          (type === "textarea" || type === "text") &&
          String(fields[name] || "").trim() &&
          fields[name] !== defaultValue,
      );

    const save = () => write(store, mine(), { at: typedAt, fields: gather() });

    function say(text, { offers = false } = {}) {
      words.textContent = text;
      take.hidden = !offers;
      line.hidden = false;
    }

    function restore(draft) {
      fill(draft.fields);
      typedAt = draft.at;
      save();
      const { restored, restoredPictures } = page.dataset;
      say(form.querySelector('input[type="file"]') ? restoredPictures : restored);
      const shut = form.closest("details");
      if (shut) shut.open = true;
    }

    // What another tab of the same account left here, or still holds. Nobody else is told of it.
    const elsewhere = () =>
      names(local).find(
        (name) => name.endsWith(`.${owner}.${address}`) && hasWords(read(local, name)),
      );

    const kept = read(store, mine());
    if (!cameBack) {
      if (hasWords(kept)) {
        restore(kept);
      } else if (carried.address === address && hasWords(carried.draft)) {
        // Written before signing in, in this tab: only whether to give a name is open.
        delete carried.draft.fields.name_choice;
        own.removeItem(place("", address));
        own.removeItem(CARRY);
        restore(carried.draft);
      } else if (owner && elsewhere()) {
        say(page.dataset.elsewhere, { offers: true });
      }
      // What was typed on the home page a moment ago; no news to its writer.
      const said = form.hasAttribute("data-draft-say") ? onTheWay(SAY) : {};
      if (said.title) {
        own.removeItem(SAY);
        const [title, rest] = parted(said.title, form.elements.title.maxLength);
        const text = form.elements.text.value.trim();
        fill({ title, text: [rest, text].filter(Boolean).join("\n") });
        typedAt = said.at;
        save();
      }
    }

    const now = () => {
      clearTimeout(timer);
      timer = 0;
      if (gone || !typedAt) return;
      // On a shared telephone one should know, and be able to take it back.
      if (save() && (line.hidden || !take.hidden)) {
        say(owner ? page.dataset.kept : page.dataset.keptHere);
      }
    };
    const soon = () => {
      typedAt = Date.now();
      clearTimeout(timer);
      timer = setTimeout(now, 300);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => {
      typedAt = Date.now();
      now();
      own.setItem(SENDING, `${owner}.${address}`);
    });
    addEventListener("pagehide", now);

    // --- Taken back, taken over, taken along -----------------------------------------------
    const leave = () => {
      gone = true;
      // A fresh page brings a fresh key with it.
      location.replace(location.pathname + location.search);
    };
    line.querySelector("[data-draft-discard]").addEventListener("click", () => {
      const offered = !take.hidden && elsewhere();
      if (offered) local.removeItem(offered);
      store.removeItem(mine());
      if (form.querySelector('[name="key"]')) {
        leave();
        return;
      }
      clearTimeout(timer);
      timer = typedAt = 0;
      form.reset();
      line.hidden = true;
      form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
    });
    take.addEventListener("click", () => {
      const name = elsewhere();
      const draft = name && read(local, name);
      if (!draft) {
        line.hidden = true;
        return;
      }
      local.removeItem(name);
      restore(draft);
    });
    // Signing in from here: whoever comes back within minutes is the one who wrote.
    for (const hint of form.querySelectorAll("[data-login-kept]")) hint.hidden = false;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (owner || !typedAt || !link || link.pathname !== page.dataset.login) return;
      write(own, CARRY, { at: Date.now(), address, draft: { at: typedAt, fields: gather() } });
    });

    // --- Somebody signed out: what stands here is nobody's to read any more ----------------
    addEventListener("storage", (event) => {
      if (event.key === ENDED) leave();
    });
    // Nor is it somebody else's who signed in since: a fresh page shows its reader's own draft.
    addEventListener("pageshow", (event) => {
      if (event.persisted) leave();
    });
  }
})();
