// Passkeys: a button [data-passkey="create" or "get"] asks the device, puts its answer into
// the form's hidden field and sends the form. The options stand in the element #passkey-options.
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const form = button.form;
    const said = form.querySelector("[data-passkey-said]");
    const options = document.getElementById("passkey-options");
    if (!options || !window.isSecureContext || !webauthnJSON.supported()) {
      said.textContent = button.dataset.unable;
      continue;
    }
    button.hidden = false;
    said.textContent = "";
    button.addEventListener("click", async () => {
      said.textContent = button.dataset.waiting;
      try {
        const asked = JSON.parse(options.textContent);
        const given = await webauthnJSON[button.dataset.passkey](asked);
        form.elements.credential.value = JSON.stringify(given);
        form.submit();
      } catch {
        // Called off, or no passkey of this house on the device: the person decides anew.
        said.textContent = button.dataset.failed;
      }
    });
  }
})();
