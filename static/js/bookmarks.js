// What is kept is kept without leaving the page; its word is said as that of any form, with the way to a note
// and a reminder, which open in a dialog.
import { all, button, el, find } from "./dom.js";
import { fault, get, post } from "./fetched.js";
import { toast } from "./toasts.js";

async function keep(form) {
  const on = find("button", form).value === "true";
  try {
    await send(form, on);
  } catch (refused) {
    toast("warn", refused.message);
  }
}

async function send(form, on) {
  const pressed = find("button", form);
  pressed.value = String(on);
  const { doc, ok } = await post(form, pressed);
  pressed.value = String(!on);
  if (!ok) throw new Error(fault(doc));
  pressed.setAttribute("aria-pressed", String(on));
}

// note keeps what the form is of, if it is not kept yet, and asks for a note and a reminder.
export async function note(form) {
  try {
    await send(form, true);
    const way = all("#toasts a[data-note]").at(-1);
    if (way) await ask(way.href, form);
    way?.closest(".toast")?.remove();
  } catch (refused) {
    toast("warn", refused.message);
  }
}

// ask opens the form of a bookmark; back is what has the focus afterwards.
async function ask(address, back) {
  const { doc, ok } = await get(address);
  const fields = ok && find("#bookmark-form", doc);
  if (!fields) return location.assign(address);
  const dialog = el("dialog", { class: "insert card", "aria-labelledby": "note-title", close: () => dialog.remove() }, el("h2", { class: "h-small", id: "note-title" }, "Note and reminder"));
  const show = (part) => {
    find("#bookmark-form", dialog)?.remove();
    dialog.append(document.adoptNode(part));
    find("a.btn", part)?.replaceWith(button("btn quiet", "Never mind", () => dialog.close()));
  };
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const drop = event.target.action.endsWith("/remove");
    const answer = await post(event.target, event.submitter);
    const again = find("#bookmark-form", answer.doc);
    if (!answer.ok && again) return show(again);
    if (!answer.ok) toast("warn", fault(answer.doc));
    if (answer.ok && drop) off(back);
    dialog.close();
  });
  show(fields);
  document.body.append(dialog);
  dialog.showModal();
}

// off shows that something is kept no longer.
function off(form) {
  const pressed = form && find("button", form);
  pressed?.setAttribute("aria-pressed", "false");
  if (pressed) pressed.value = "true";
}

// start listens for the whole page, whose posts come and go.
export function start() {
  let last = null;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-bookmark]") || event.defaultPrevented) return;
    event.preventDefault();
    last = event.target;
    keep(event.target);
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("#toasts a[data-note]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(way.href, last).catch(() => location.assign(way.href));
    way.closest(".toast").remove();
  });
}
