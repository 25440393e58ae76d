// Passkeys: to sign in, to add one, to confirm that it is still the same person. The server makes
// the challenge and checks the answer; between the two stands the browser's own dialogue.

const ceremonies = {
  "sign-in": { begin: "/sign-in/passkey/begin", finish: "/sign-in/passkey/finish", ask: answer },
  ask: { begin: "/sign-in/again/begin", finish: "/sign-in/again/finish", ask: answer },
  add: { begin: "/settings/passkeys/begin", finish: "/settings/passkeys/finish", ask: make },
};

const able = typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

async function answer(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}

async function make(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}

// post sends JSON to a page of ours and gives what it answers, or throws in words for the person.
async function post(address, said) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(said),
  });
  const told = await reply.json();
  if (!reply.ok) throw new Error(told.error?.text ?? "That did not go through. Try again in a moment.");
  return told;
}

// words says what went wrong. Somebody who closes the dialogue, or takes too long, has done no wrong.
function words(error) {
  switch (error.name) {
    case "NotAllowedError":
    case "AbortError":
      return "No passkey was chosen. Try again, or take another way.";
    case "InvalidStateError":
      return "This device holds a passkey of yours already.";
    case "TypeError":
      return "There is no connection just now. Try again in a moment.";
    case "SecurityError":
      return "Passkeys do not work at this address.";
  }
  return error.message;
}

async function run(node, kind, more) {
  const fault = node.parentElement.querySelector("[data-passkey-fault]") ?? node.querySelector("[data-passkey-fault]");
  const { begin, finish, ask } = ceremonies[kind];
  fault.textContent = "";
  try {
    const credential = await ask(await post(begin, {}));
    const { location } = await post(finish, { credential, ...more });
    window.location.assign(location);
  } catch (error) {
    fault.textContent = words(error);
  }
}

for (const node of document.querySelectorAll("[data-passkey]")) {
  const kind = node.dataset.passkey;
  if (!able) {
    const fault = node.parentElement.querySelector("[data-passkey-fault]");
    if (kind === "ask") fault.textContent = "This browser has no passkeys.";
    else node.closest(".scripted").hidden = true;
  } else if (node instanceof HTMLFormElement) {
    node.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      run(node, kind, { name: new FormData(node).get("name") });
    });
  } else {
    node.addEventListener("click", () => run(node, kind, { return: node.dataset.return }));
  }
}
