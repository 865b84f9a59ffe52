// form[data-passkey]: "create" makes a key from the options that the form holds, "get" asks the server for a challenge first.
// The device's answer travels in the form's field Answer. Where the browser can't, the page says so and the form stays hidden.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const line = (mark) => document.querySelector(`[data-passkey-${mark}]`);
const told = line("told"), hindrance = !window.isSecureContext ? "insecure" : !window.PublicKeyCredential ? "missing" : null;

function read(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) asked[list] = options[list].map((known) => ({ ...known, id: bytes(known.id) }));
  }
  return asked;
}
function write(key) {
  const { response } = key;
  const fields = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    fields.attestationObject = text(response.attestationObject);
    fields.transports = response.getTransports?.() ?? [];
  } else {
    fields.authenticatorData = text(response.authenticatorData);
    fields.signature = text(response.signature);
    if (response.userHandle) fields.userHandle = text(response.userHandle);
  }
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, authenticatorAttachment: key.authenticatorAttachment ?? undefined, clientExtensionResults: key.getClientExtensionResults(), response: fields });
}
async function challenge(form) {
  const body = new FormData();
  body.set("__RequestVerificationToken", form.elements.namedItem("__RequestVerificationToken").value);
  const reply = await fetch(form.dataset.challenge, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}
line("off").hidden = true;
if (hindrance) line(hindrance).hidden = false;
for (const form of hindrance ? [] : document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  const say = form.dataset, button = form.querySelector("button"), typed = form.elements.namedItem("Name");
  addEventListener("pageshow", () => { button.disabled = false; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    try {
      const options = say.passkey === "create" ? JSON.parse(say.options) : await challenge(form);
      const key = await navigator.credentials[say.passkey]({ publicKey: read(options) });
      form.elements.namedItem("Answer").value = write(key);
      // What stands in the form beside comes back with a refusal.
      if (say.passkey === "get") typed.value = document.querySelector("input[name=Name]:not([type=hidden])").value;
      form.submit();
    } catch (error) {
      button.disabled = false;
      told.textContent = error.name === "NotAllowedError" || error.name === "AbortError" ? say.cancelled : error.name === "InvalidStateError" && say.known ? say.known : say.failed;
    }
  });
}
