// What every form gets: it is not sent twice, a choice that needs no button has none, and a question
// that was opened is closed as one expects.
import { all } from "./dom.js";

const busyName = "aria-busy";

// busy marks a form that is on its way; false says that it is already.
export function busy(form) {
  if (form.getAttribute(busyName) === "true") return false;
  form.setAttribute(busyName, "true");
  for (const button of all('button[type="submit"], button:not([type])', form)) button.setAttribute("aria-disabled", "true");
  return true;
}

export function idle(form) {
  form.removeAttribute(busyName);
  for (const button of all("button[aria-disabled]", form)) button.removeAttribute("aria-disabled");
}

// A page that comes back from the browser's own memory may have been left in the middle.
function freshen(event) {
  if (event.persisted) all(`form[${busyName}]`).forEach(idle);
}

function submitted(event) {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (!busy(event.target)) event.preventDefault();
}

function changed(event) {
  const chosen = event.target.closest?.("[data-auto]");
  if (chosen) chosen.form.requestSubmit();
}

function closeOthers(event) {
  for (const open of all("details:is(.confirm, .picker, .drop)[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !open.contains(event.target)) shut(open);
  }
}

function shut(open) {
  const within = open.contains(document.activeElement);
  open.open = false;
  if (within) open.querySelector("summary").focus();
}

export function start() {
  window.addEventListener("submit", submitted); // last: whoever sends a form by themselves has said so
  window.addEventListener("pageshow", freshen);
  document.addEventListener("change", changed);
  document.addEventListener("click", closeOthers);
  document.addEventListener("keydown", closeOthers);
}
