// How a message looks that is not acknowledged yet: greyed, with what becomes of it underneath.
import { button, el, find, icon, me, myHandle } from "./dom.js";

// What is acknowledged within this time never says that it waits.
const patience = 500;

// draft draws what was written as it will stand, as far as this page can know.
export function draft(item) {
  const mine = find("aside .me");
  const crest = find(".crest", mine)?.cloneNode(true) ?? el("span", { class: "crest former" });
  crest.className = crest.className.replace(/\b(sm|here)\b/g, "");
  const body = el("div", { class: "body" });
  item.text.split("\n").forEach((words, i) => body.append(...(i ? [el("br"), words] : [words])));
  return el(
    "article",
    { class: "msg pending", id: `pending-${item.key}`, "data-key": item.key, "data-author": me },
    crest,
    el("header", {},
      el("span", { class: "who" }, el("a", { class: "name", href: `/m/${myHandle}` }, find("b", mine)?.textContent ?? "")),
      el("time", { datetime: item.at, "data-when": "clock" })),
    body,
  );
}

// state is the line under it.
export function state(item) {
  let line = document.getElementById(`state-${item.key}`);
  if (!line) {
    line = el("p", { class: "msg-state", id: `state-${item.key}`, "data-key": item.key, hidden: true });
    document.getElementById(`pending-${item.key}`).after(line);
  }
  return line;
}

export function waiting(item, online) {
  const line = state(item);
  line.className = "msg-state";
  line.replaceChildren(icon("clock"), "Waiting to send");
  if (!online) line.hidden = false;
  else setTimeout(() => (line.hidden = false), patience);
}

export function failed(item, again, away) {
  const line = state(item);
  line.className = "msg-state bad";
  line.replaceChildren(icon("warn"), `Not sent. ${item.fault} `, button("link", "Try again", again), " ", button("link", "Discard", away));
  line.hidden = false;
}

// gone takes both away.
export function gone(item) {
  document.getElementById(`pending-${item.key}`)?.remove();
  document.getElementById(`state-${item.key}`)?.remove();
}

// kept makes the draft stand for the message until its own copy comes over the line.
export function kept(item, answer) {
  document.getElementById(`state-${item.key}`)?.remove();
  const article = document.getElementById(`pending-${item.key}`);
  if (!article) return;
  article.classList.remove("pending");
  article.removeAttribute("data-key");
  article.id = `message-${answer.id}`;
  article.dataset.message = answer.id;
  article.dataset.seq = answer.seq;
}
