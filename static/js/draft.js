// Keeps what is being written in a form, in this browser's own storage, as one types: also the
// hidden key by which the server knows the same asking sent twice. Pictures can't be kept.
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
  const SIGNED_OUT = "yv_signed_out";
  const SKIP = new Set(["csrfmiddlewaretoken", "next"]);
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

  function taken(store, name) {
    const found = read(store, name);
    store.removeItem(name);
    return found.at > Date.now() - ON_THE_WAY ? found : {};
  }

  const signedOutAt = () => Number(local.getItem(ENDED)) || 0;

  // --- What has had its time ---------------------------------------------------------------
  // Set by the answer to an own sign-out, whichever page comes next.
  if (document.cookie.split("; ").some((one) => one.startsWith(`${SIGNED_OUT}=`))) {
    document.cookie = `${SIGNED_OUT}=; Path=/; Max-Age=0; SameSite=Lax`;
    for (const store of [local, own]) for (const name of names(store)) store.removeItem(name);
    for (const name of [CARRY, SAY]) own.removeItem(name);
    // Other tabs hear of it, and those that are asleep look when they wake.
    local.setItem(ENDED, String(Date.now()));
  }
  const loadedAt = Date.now();
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

  // --- The page that says "sent": the draft has done its work ------------------------------
  const page = document.getElementById("drafts");
  const owner = page ? page.dataset.owner : "";
  const store = owner ? local : own;
  const sent = document.querySelector("[data-draft-clear]");
  if (sent) store.removeItem(place(owner, sent.dataset.draftClear));

  // --- The form ----------------------------------------------------------------------------
  const form = page && document.querySelector("form[data-draft]");
  if (!form) return;
  const address = new URL(form.action).pathname;
  const line = page.content.firstElementChild.cloneNode(true);
  const words = line.querySelector("[data-draft-words]");
  const take = line.querySelector("[data-draft-take]");
  form.before(line);
  const mine = () => place(owner, address);
  let timer = 0;
  // When somebody last wrote something here: from then on its time runs.
  let typedAt = 0;
  let gone = false;

  function gather() {
    const fields = {};
    for (const element of form.elements) {
      if (!element.name || SKIP.has(element.name)) continue;
      if (element.type === "file" || element.type === "password") continue;
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

  function fill(fields) {
    for (const element of form.elements) {
      if (!(element.name in fields) || SKIP.has(element.name)) continue;
      if (element.type === "file" || element.type === "password") continue;
      const value = fields[element.name];
      if (element.type === "radio") element.checked = element.value === value;
      else if (element.type === "checkbox") element.checked = Boolean(value);
      else element.value = value;
    }
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  }

  const hasWords = ({ fields = {} }) =>
    ["title", "text"].some((name) => (fields[name] || "").trim());

  function say(text, { offers = false } = {}) {
    words.textContent = text;
    take.hidden = !offers;
    line.hidden = false;
  }

  const save = () => write(store, mine(), { at: typedAt, fields: gather() });

  function restore(draft) {
    fill(draft.fields);
    typedAt = draft.at;
    save();
    say(page.dataset.restored);
  }

  // What another tab of the same account left here, or still holds. Nobody else is told of it.
  const elsewhere = () =>
    names(local).find(
      (name) => name.endsWith(`.${owner}.${address}`) && hasWords(read(local, name)),
    );

  const kept = read(store, mine());
  const carried = owner ? taken(own, CARRY) : {};
  // A page that came back with errors already holds what was typed, and knows better.
  const cameBack = Boolean(document.getElementById("errors"));
  if (!cameBack) {
    if (hasWords(kept)) {
      restore(kept);
    } else if (carried.address === address && hasWords(carried.draft)) {
      // Written before signing in, in this tab: only whether to give a name is open.
      delete carried.draft.fields.name_choice;
      own.removeItem(place("", address));
      restore(carried.draft);
    } else if (owner && elsewhere()) {
      say(page.dataset.elsewhere, { offers: true });
    }
    // What was typed on the home page a moment ago; no news to its writer.
    const said = taken(own, SAY);
    if (said.title && form.hasAttribute("data-draft-say")) {
      fill({ title: said.title });
      typedAt = said.at;
      save();
    }
  }

  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (gone || !typedAt) return;
    // On a shared telephone one should know, and be able to take it back.
    if (save() && (line.hidden || !take.hidden)) say(owner ? page.dataset.kept : page.dataset.keptHere);
  };
  const soon = () => {
    typedAt = Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    typedAt = Date.now();
    keep();
  });
  addEventListener("pagehide", keep);

  // --- Taken back, taken over, taken along --------------------------------------------------
  const leave = () => {
    gone = true;
    // A fresh page brings a fresh key with it.
    location.replace(location.pathname);
  };
  line.querySelector("[data-draft-discard]").addEventListener("click", () => {
    const offered = !take.hidden && elsewhere();
    if (offered) local.removeItem(offered);
    store.removeItem(mine());
    leave();
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

  // --- Somebody signed out: what stands here is nobody's to read any more --------------------
  addEventListener("storage", (event) => {
    if (event.key === ENDED) leave();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    typedAt = 0;
    if (signedOutAt() > loadedAt) leave();
  });
})();
