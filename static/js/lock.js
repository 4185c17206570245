// Passkeys: the lock of the device itself (WebAuthn). Without this script the page says in words what else opens.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
  });

  const said = ({ id, rawId, type, response }) => {
    const parts = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) parts[name] = text(response[name]);
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: parts });
  };

  const answer = async (button) => {
    const { form } = button;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const begun = await fetch(button.dataset.lock, { method: "POST", body });
    if (!begun.ok) throw new Error("no challenge");
    const publicKey = asked(await begun.json());
    const made = await navigator.credentials[publicKey.user ? "create" : "get"]({ publicKey });
    form.elements.answer.value = said(made);
    form.action = button.dataset.to;
    form.submit();
  };

  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const other of document.querySelectorAll("[data-without-lock]")) other.hidden = true;
  for (const button of document.querySelectorAll("button[data-lock]")) {
    const wrong = button.form.querySelector("[data-lock-said]");
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.disabled) return;
      button.disabled = true;
      wrong.textContent = "";
      answer(button).catch((error) => {
        button.disabled = false;
        wrong.textContent = error.name === "InvalidStateError" ? wrong.dataset.have : wrong.dataset.failed;
      });
    });
  }
})();
