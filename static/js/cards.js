// The previews of pages outside on a post or message: what takes one away, also from a copy that came over
// the line, and without leaving the page.
import { all, find } from "./dom.js";
import { fault, post } from "./fetched.js";
import { toast } from "./toasts.js";

// furnish gives the previews of a live copy what takes them away, from the tools of its reader; without
// that it leaves them as they are.
export function furnish(tools, fresh) {
  const form = find("form[data-drop]", tools);
  form?.remove();
  for (const card of form ? all(".linkcard[data-card]", fresh) : []) {
    const own = form.cloneNode(true);
    const button = find("button", own);
    button.value = card.dataset.card;
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")} of ${find("b", card).textContent}`);
    card.append(own);
  }
}

async function drop(form, button) {
  const card = form.closest(".linkcard");
  const article = card.closest("[data-post], [data-message]");
  try {
    const { doc, ok } = await post(form, button);
    if (!ok) throw new Error(fault(doc));
    card.remove();
    find("a[id], a[href]", article)?.focus({ preventScroll: true });
  } catch (refused) {
    toast("warn", refused.message);
  }
}

// start listens for the whole page, whose posts come and go.
export function start() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-drop]") || !event.submitter) return;
    event.preventDefault();
    drop(event.target, event.submitter);
  });
}
