// Keys (WebAuthn): asks the browser for one when a form marked data-passkey is sent, and
// sends what it answers in the form's field "credential".
//
// data-passkey="login"  any key that the person has; the question is fetched
//              "get"    one of the account's keys; the question is in #passkey-data
//              "create" a new key; the question is in #passkey-data

const MEDIA_TYPE = "application/json";

if (window.PublicKeyCredential) {
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) {
    missing.hidden = true;
  }
  for (const part of document.querySelectorAll("[data-passkey-only]")) {
    part.hidden = false;
  }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      use(form);
    });
  }
}

async function use(form) {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    const answer = await ask(form);
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    fault.textContent = reason(error, form.dataset.passkey);
    fault.hidden = false;
  }
}

function reason(error, way) {
  if (error.name === "InvalidStateError") {
    return "Nyckeln är redan sparad för ditt konto. Välj en annan.";
  }
  return way === "create"
    ? "Ingen nyckel skapades. Försök igen, eller välj en app i stället."
    : "Nyckeln användes inte. Försök igen, eller välj ett annat sätt.";
}

async function ask(form) {
  const way = form.dataset.passkey;
  if (way === "create") {
    return created(await navigator.credentials.create(toCreate(options("creation_options"))));
  }
  const question = way === "login" ? await fetched(form.action) : options("request_options");
  return used(await navigator.credentials.get(toUse(question)));
}

function options(name) {
  return JSON.parse(document.getElementById("passkey-data").textContent)[name];
}

async function fetched(address) {
  const response = await fetch(address, { headers: { Accept: MEDIA_TYPE } });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  return (await response.json()).request_options;
}

// -- What is bytes in the browser is base64url in JSON

function toCreate({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "preferred",
        requireResidentKey: false,
        userVerification: "required",
      },
    },
  };
}

function toUse({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
    },
  };
}

function listed(credentials = []) {
  return credentials.map((each) => ({ ...each, id: bytes(each.id) }));
}

function created(credential) {
  const { attestationObject, clientDataJSON } = credential.response;
  return whole(credential, { attestationObject, clientDataJSON });
}

function used(credential) {
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return whole(credential, { authenticatorData, clientDataJSON, signature, userHandle });
}

function whole(credential, response) {
  const parts = Object.entries(response).filter(([, value]) => value);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(parts.map(([name, value]) => [name, text(value)])),
  };
}

function bytes(encoded) {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
