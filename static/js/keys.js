// Single keys for whoever has their hands on the keyboard. They are off inside fields, and off
// altogether for those who want them so. What they do in words stands on the page /keys.
import { note } from "./bookmarks.js";
import { all, button, el, find, here, kept, me, myHandle } from "./dom.js";
import { get } from "./fetched.js";
import { thank } from "./reactions.js";
import { toast } from "./toasts.js";

const chordWithin = 1_200;
const offName = "keys:off";

const rows = ".rows article.topic, .rows > li > .door, #posts > .post, #log > .msg, a.note, .hit";

const now = () => document.activeElement?.closest(rows);
const shown = (node) => node.offsetParent !== null;

function step(by) {
  const list = all(rows).filter(shown);
  const at = list.indexOf(now());
  const row = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (!row) return;
  if (!row.matches("a")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// press clicks what is found, and tells whether anything was.
function press(selector, root = document) {
  const found = root && find(selector, root);
  found?.click();
  return Boolean(found);
}

function go(address) {
  if (address && location.pathname !== address) location.assign(address);
}

// post is the one that is at hand: it has the focus, or what is selected stands in it.
const post = () => now()?.closest(".post") ?? document.getSelection()?.anchorNode?.parentElement?.closest(".post");

// reply answers the post that is at hand, and else the topic.
function reply() {
  if (post() && press("a[data-reply]", post())) return;
  const box = find("#reply textarea, .chatbox textarea");
  box?.scrollIntoView({ block: "nearest" });
  box?.focus();
}

// tell says to the ear what a key did, where nothing else does.
function tell(words) {
  let status = find("#keys-told");
  if (!status) document.body.append((status = el("p", { class: "sr", role: "status", id: "keys-told" })));
  status.textContent = words;
}

const chat = () => find('.tabbar a[href$="/chat"]')?.getAttribute("href") ?? find('.sidebar a[href$="/chat"]')?.getAttribute("href");

// search goes to the field of the page or of the bar, or, where neither is shown, to the page for it.
function search() {
  const field = all('[role="search"] input[name="q"]').find(shown);
  if (!field) return go("/search");
  field.focus();
  field.select();
}

// menu opens what folds, and goes into it.
function menu(selector, root) {
  const summary = root && find(selector, root);
  if (!summary) return false;
  summary.click();
  find("a, button, input", summary.parentElement.lastElementChild)?.focus();
  return true;
}

// jump goes to the field for the number of a post.
function jump() {
  const field = find("#jump-to");
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

// share copies the address of the post at hand, or of the page.
async function share() {
  const own = find('a[id^="p"][href*="#p"]', post() ?? document.createElement("i"));
  const address = new URL(own?.getAttribute("href") ?? `${location.pathname}${location.search}`, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    toast("link", own ? "The link to this post is copied." : "The link to this page is copied.");
  } catch {
    toast("link", address); // the browser keeps us from it: it is there to be copied by hand
  }
}

// fresh goes to the first post that is unread, be it on this page or on another.
function fresh() {
  const line = find("#new");
  if (line) line.scrollIntoView({ block: "start" });
  else press("a[data-first-unread]");
}

const follow = () => menu("[data-follow] summary", now() ?? document) || menu("[data-follow] summary", document) || press("[data-follow] button");

const acts = {
  "?": open,
  "/": search,
  "n": () => press('.topbar a[href$="/new"], .page-head a[href$="/new"]'),
  ".": () => press("#jump:not([hidden]) button, button#jump:not([hidden]), [data-show-new]"),
  "g h": () => go("/"),
  "g l": () => go("/latest"),
  "g n": () => me && go("/notifications"),
  "g b": () => me && go("/bookmarks"),
  "g d": () => me && go("/drafts"),
  "g s": () => go("/spaces"),
  "g c": () => go(chat()),
  "g p": () => myHandle && go(`/m/${myHandle}`),
  "Shift Escape": () => find('form[action="/notifications/read"]')?.requestSubmit(),
  "j": () => step(1),
  "k": () => step(-1),
  "o": () => press(".title a, h2 a, h3 a", now()),
  "u": () => press(".crumbs a:last-of-type"),
  "f": follow,
  "#": jump,
  "Shift l": fresh,
  "r": reply,
  "q": () => (post() ? press("a[data-reply]", post()) : reply()),
  "l": () => now() && (thank(now()), tell("Thanked, or taken back.")),
  "b": () => now() && find("form[data-bookmark]", now()) && note(find("form[data-bookmark]", now())),
  "s": share,
  "e": () => press('a[href$="/edit"]', now()),
  "d": () => press('a[href$="/edit#remove"]', now()),
  "!": () => press('a[href$="/report"]', now()),
};

async function open() {
  if (find("dialog.keys-sheet")) return;
  const { doc, ok } = await get("/keys");
  const list = ok && find("#keys-list", doc);
  if (!list) return go("/keys");
  const box = el("input", { type: "checkbox", role: "switch", checked: !off(), change: () => kept.set(here, offName, box.checked ? null : true) });
  const dialog = el("dialog", { class: "keys-sheet card", "aria-labelledby": "keys-title", close: () => dialog.remove() },
    el("div", { class: "row between mb-4" }, el("h2", { id: "keys-title" }, "Keys"), button("btn small", "Close", () => dialog.close(), { autofocus: true })),
    document.adoptNode(list),
    el("label", { class: "switch mt-4" }, box, el("span", {}, "Single keys do something on this device")));
  document.body.append(dialog);
  dialog.showModal();
}

// off is what the member chose in their settings, or whoever sits here for this device.
const off = () => document.body.dataset.keys === "off" || kept.get(here, offName) === true;

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog, [data-full], [role=menu], [role=listbox]");

let begun = "";
let begunAt = 0;

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key) || typing(event.target)) return;
  if (event.key === "Enter" && event.target === now() && !event.target.matches("a")) return void acts.o();
  if (off()) return;
  let key = event.key.length === 1 ? event.key : `${event.shiftKey ? "Shift " : ""}${event.key}`;
  if (event.shiftKey && /^[A-Z]$/.test(key)) key = `Shift ${key.toLowerCase()}`;
  if (begun && Date.now() - begunAt < chordWithin) key = `${begun} ${key}`;
  begun = key === "g" ? key : "";
  begunAt = Date.now();
  if (!Object.hasOwn(acts, key)) return;
  event.preventDefault();
  acts[key]();
}

export function start() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-keys-sheet]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}
