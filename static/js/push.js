// Being told by this browser while no page is open. Permission is asked after a click and never before.
import { all, find, me } from "./dom.js";

const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

// begin has the worker at hand for members: it brings what is pushed, and says when one is offline.
export function begin() {
  if (me && "serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
}

// settle closes what the browser still shows and was read meanwhile: all, or what leads to this page.
export async function settle(everything) {
  if (!able || Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker.getRegistration();
  for (const shown of (await worker?.getNotifications()) ?? []) {
    const to = new URL(shown.data?.href ?? "/", location.origin);
    if (everything || to.pathname === location.pathname) shown.close();
  }
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const letters = (key) => btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function mark(endpoint) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return [...sum.slice(0, 8)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

const same = (key, other) => key && letters(key) === other;

async function subscribe(key) {
  const worker = await navigator.serviceWorker.ready;
  const old = await worker.pushManager.getSubscription();
  if (old && !same(old.options.applicationServerKey, key)) await old.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

async function turnOn(form, said) {
  if ((await Notification.requestPermission()) !== "granted") {
    said.textContent = "This browser does not let the club tell you anything. You can allow it in the settings of the browser.";
    return;
  }
  const { endpoint, keys } = (await subscribe(form.dataset.push)).toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.key.value = keys.p256dh;
  form.elements.secret.value = keys.auth;
  form.submit();
}

// start is for the page on which one chooses.
export async function start(form) {
  const said = find("[data-push-said]", form);
  const button = find("button", form);
  if (!able) {
    button.disabled = true;
    said.textContent = "This browser cannot be told anything by a page. On a telephone, put the club on its home screen first.";
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "";
    button.disabled = true;
    turnOn(form, said)
      .catch(() => (said.textContent = "That did not go through. Try again in a moment."))
      .finally(() => (button.disabled = false));
  });
  const worker = await navigator.serviceWorker.getRegistration();
  const own = await worker?.pushManager.getSubscription();
  const ours = own && find(`[data-device="${await mark(own.endpoint)}"]`);
  if (ours && Notification.permission === "granted") {
    button.hidden = true;
    said.textContent = "This browser tells you already.";
    for (const off of all("[data-push-off]", ours)) off.addEventListener("submit", () => own.unsubscribe());
  }
}
