// Security keys (WebAuthn). A form with data-security-key="add" or "use" and data-options, what the server asks as JSON: the key's answer
// goes into the field "answer", then the form is sent as any other.

const form = document.querySelector("form[data-security-key]");
const part = (name) => form.querySelector(`[data-key-${name}]`);

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

function toText(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function readOptions() {
  const options = JSON.parse(form.dataset.options);
  options.challenge = toBytes(options.challenge);
  if (options.user) {
    options.user.id = toBytes(options.user.id);
  }
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    options[name] = (options[name] ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return options;
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

function show(name, visible) {
  const found = part(name);
  if (found) {
    found.hidden = !visible;
  }
}

async function ask() {
  show("failed", false);
  show("waits", true);
  try {
    const publicKey = readOptions();
    const credential = await (form.dataset.securityKey === "add"
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey }));
    form.elements.answer.value = asJson(credential);
    form.submit();
  } catch {
    // Cancelled, timed out, or not one of the keys that were asked for: the browser has said which.
    show("failed", true);
  }
  show("waits", false);
}

if (form && !window.PublicKeyCredential) {
  show("unable", true);
} else if (form?.dataset.securityKey === "add") {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
} else if (form) {
  show("part", true);
  part("ask").addEventListener("click", ask);
}
