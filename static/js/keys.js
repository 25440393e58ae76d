// Single keys for whoever has their hands on the keyboard. They are off inside fields, and off
// altogether for those who want them so.
import { all, button, el, find, here, kept, me } from "./dom.js";
import { thank } from "./reactions.js";

const chordWithin = 1_200;
const offName = "keys:off";

const rows = ".rows article.topic, .rows > li > .door, #posts > .post, a.note";

const now = () => document.activeElement?.closest(rows);

function step(by) {
  const list = all(rows).filter((row) => row.offsetParent);
  const at = list.indexOf(now());
  const row = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (!row) return;
  if (!row.matches("a")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const follow = (selector, root = document) => root && find(selector, root)?.click();

function go(address) {
  if (address && location.pathname !== address) location.assign(address);
}

function reply() {
  const post = now()?.closest(".post") ?? document.getSelection()?.anchorNode?.parentElement?.closest(".post");
  const link = post && find("a[data-reply]", post);
  if (link) link.click();
  else find("#reply textarea, .chatbox textarea")?.focus();
}

const chat = () => find('.tabbar a[href$="/chat"]')?.getAttribute("href") ?? find('.sidebar a[href$="/chat"]')?.getAttribute("href");

// search goes to the field of the page or of the bar, or, where neither is shown, to the page for it.
function search() {
  const field = all('[role="search"] input[name="q"]').find((input) => input.offsetParent);
  if (!field) return go("/search");
  field.focus();
  field.select();
}

// The keys by the section of the sheet that lists them. A key that finds nothing to do does nothing.
const sheet = [
  ["Anywhere", [
    ["?", "This list", () => open()],
    ["/", "Search", search],
    ["n", "New topic", () => follow('.topbar a[href$="/new"], .page-head a[href$="/new"]')],
    ["g h", "Home", () => go("/")],
    ["g c", "Chat", () => go(chat())],
    ["g n", "Notifications", () => me && go("/notifications")],
    ["Shift Escape", "Mark everything as read", () => find('form[action="/notifications/read"]')?.requestSubmit()],
  ]],
  ["In a list or a topic", [
    ["j", "Next", () => step(1)],
    ["k", "Previous", () => step(-1)],
    ["o", "Open", () => follow(".title a", now())],
    ["u", "Back to the list", () => follow(".crumbs a:last-of-type")],
  ]],
  ["At a post", [
    ["r", "Reply, quoting what is selected", reply],
    ["l", "Thank", () => now() && thank(now())],
    ["e", "Edit", () => follow('a[href$="/edit"]', now())],
  ]],
];

const written = [
  ["Ctrl Enter", "Post"], ["Enter", "Send, in a chat"], ["↑", "Edit my last message, in an empty chat box"], ["Esc", "Leave the box; the draft is kept"],
];

const acts = new Map(sheet.flatMap(([, keys]) => keys.map(([key, , act]) => [key, act])));

function listed(title, keys) {
  const rowsOf = keys.map(([key, words]) => el("tr", {},
    el("th", { scope: "row" }, ...key.replace("Escape", "Esc").split(" ").flatMap((k) => [el("kbd", {}, k), " "])), el("td", {}, words)));
  return el("section", { class: "stack gap-2" }, el("h3", { class: "h-small" }, title), el("table", { class: "keys-table" }, el("tbody", {}, ...rowsOf)));
}

function open() {
  if (find("dialog.keys-sheet")) return;
  const box = el("input", { type: "checkbox", role: "switch", checked: !off(), change: () => kept.set(here, offName, box.checked ? null : true) });
  const dialog = el("dialog", { class: "keys-sheet card", "aria-labelledby": "keys-title", close: () => dialog.remove() },
    el("div", { class: "row between mb-4" }, el("h2", { id: "keys-title" }, "Keys"), button("btn small", "Close", () => dialog.close(), { autofocus: true })),
    el("div", { class: "grid-2 gap-6" }, ...sheet.map(([title, keys]) => listed(title, keys)), listed("While you write", written)),
    el("label", { class: "switch mt-4" }, box, el("span", {}, "Single keys do something on this device")));
  document.body.append(dialog);
  dialog.showModal();
}

const off = () => kept.get(here, offName) === true;

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");

let begun = "";
let begunAt = 0;

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (off() && event.key !== "?") return;
  let key = event.key.length === 1 ? event.key : `${event.shiftKey ? "Shift " : ""}${event.key}`;
  if (begun && Date.now() - begunAt < chordWithin) key = `${begun} ${key}`;
  begun = key === "g" ? key : "";
  begunAt = Date.now();
  const act = acts.get(key);
  if (!act) return;
  event.preventDefault();
  act();
}

export const start = () => document.addEventListener("keydown", pressed);
