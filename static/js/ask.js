// The asking form: advice for the chosen field, previews of pictures, how many characters are
// left, and one sending only. The form is whole without any of it.
"use strict";
(() => {
  const form = document.querySelector("form[data-ask]");
  if (!form) return;

  // --- Advice for the chosen field ---------------------------------------------------------
  const advice = [...form.querySelectorAll("[data-advice]")];
  function advise() {
    const chosen = form.querySelector('input[name="field"]:checked');
    for (const part of advice) {
      part.hidden = !chosen || part.dataset.advice !== chosen.value;
      part.open = !part.hidden;
    }
  }
  form.addEventListener("change", (event) => {
    if (event.target.name === "field") advise();
  });
  form.addEventListener("draft:restored", advise);
  advise();

  // --- Characters left ---------------------------------------------------------------------
  for (const counter of form.querySelectorAll("[data-counter-for]")) {
    const field = document.getElementById(counter.dataset.counterFor);
    const most = field ? Number(field.getAttribute("maxlength")) : 0;
    if (!most) continue;
    const count = () => {
      // Characters as a person counts them: an emoji is one.
      const left = most - [...field.value].length;
      // Silent until it matters: a counter that always ticks makes one write for the counter.
      counter.hidden = left > Math.max(20, most * 0.1);
      counter.classList.toggle("counter--over", left < 0);
      const words = left < 0 ? counter.dataset.over : counter.dataset.left;
      counter.textContent = words.replace("%s", Math.abs(left));
    };
    field.addEventListener("input", count);
    form.addEventListener("draft:restored", count);
    count();
  }

  // --- A long text makes its own room ------------------------------------------------------
  for (const area of form.querySelectorAll("textarea")) {
    const grow = () => {
      if (area.scrollHeight > area.clientHeight) area.rows += 2;
    };
    area.addEventListener("input", grow);
    form.addEventListener("draft:restored", grow);
  }

  // --- Pictures ----------------------------------------------------------------------------
  const box = form.querySelector("[data-pictures]");
  const input = box && box.querySelector('input[type="file"]');
  if (input) {
    const most = Number(box.dataset.most);
    const list = box.querySelector("[data-previews]");
    const problem = box.querySelector("[data-pictures-problem]");
    // The browser's own words about chosen files give way to the previews.
    box.classList.add("files--shown");
    box.querySelector("[data-pick]").hidden = false;
    let files = [];
    let addresses = [];

    // What waits for this form in the house, from a sending that came back with something to
    // mend: fetched for a draft that came back, and again and again as a sign of life.
    const waiting = box.querySelector("[data-held]");
    const ALIVE = 10 * 60 * 1000;
    const kept = () => box.querySelectorAll('input[name="held"]:checked').length;
    const ask = async () => {
      const sent = new FormData();
      for (const name of ["csrfmiddlewaretoken", "key"]) {
        sent.set(name, form.elements[name].value);
      }
      try {
        const answer = await fetch(box.dataset.heldAt, { method: "POST", body: sent });
        return answer.ok ? (await answer.text()).trim() : "";
      } catch {
        return ""; // Without a network nothing is known of it; the house looks again.
      }
    };
    const look = async () => {
      const found = await ask();
      if (found) waiting.innerHTML = found;
    };
    form.addEventListener("draft:restored", look);
    if ("restored" in form.dataset) look();
    setInterval(() => {
      if (kept() && !document.hidden) ask();
    }, ALIVE);

    const show = () => {
      const held = new DataTransfer();
      for (const file of files) held.items.add(file);
      input.files = held.files;
      for (const address of addresses) URL.revokeObjectURL(address);
      addresses = files.map((file) => URL.createObjectURL(file));
      list.replaceChildren(
        ...files.map((file, at) => {
          const item = document.createElement("li");
          const picture = document.createElement("img");
          picture.src = addresses[at];
          picture.alt = file.name;
          const remove = document.createElement("button");
          remove.type = "button";
          remove.className = "previews__remove";
          remove.textContent = "×";
          remove.setAttribute("aria-label", `${box.dataset.remove}：${file.name}`);
          remove.addEventListener("click", () => {
            files.splice(at, 1);
            problem.hidden = true;
            show();
            input.focus();
          });
          item.append(picture, remove);
          return item;
        }),
      );
    };

    input.addEventListener("change", () => {
      const same = (a, b) =>
        a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
      const chosen = [...input.files].filter((file) => !files.some((held) => same(held, file)));
      const all = [...files, ...chosen];
      const room = Math.max(most - kept(), 0);
      files = all.slice(0, room);
      problem.hidden = all.length <= room;
      problem.textContent = all.length > room ? box.dataset.tooMany : "";
      show();
    });
  }

  // --- One sending -------------------------------------------------------------------------
  const button = form.querySelector("[data-submit]");
  const wait = form.querySelector("[data-waiting]");
  const words = button.textContent;
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
    button.setAttribute("aria-busy", "true");
    button.textContent = form.dataset.sending;
    wait.hidden = false;
  });
  // Back from the next page by the browser's own button: the form lives again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sending = false;
    button.removeAttribute("aria-busy");
    button.textContent = words;
    wait.hidden = true;
  });
})();
