// What is kept is kept without leaving the page; its word is said as that of any form.
import { find } from "./dom.js";
import { fault, post } from "./fetched.js";
import { toast } from "./toasts.js";

async function keep(form) {
  const button = find("button", form);
  const on = button.value === "true";
  try {
    const { doc, ok } = await post(form, button);
    if (!ok) throw new Error(fault(doc));
    button.setAttribute("aria-pressed", String(on));
    button.value = String(!on);
  } catch (refused) {
    toast("warn", refused.message);
  }
}

// start listens for the whole page, whose posts come and go.
export function start() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-bookmark]") || event.defaultPrevented) return;
    event.preventDefault();
    keep(event.target);
  });
}
