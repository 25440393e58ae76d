// The bell: how much is unread, at once and everywhere it is shown, and a word about what came.
import { all, debounce, el, find, fragment, me } from "./dom.js";
import { part } from "./fetched.js";
import { line } from "./live.js";
import { sayAll } from "./times.js";
import { settle } from "./push.js";
import { toast } from "./toasts.js";
import { upTo } from "./words.js";

const together = 1_200; // news that comes within this time is told of once

const panel = find("#bell");
const opener = find('[popovertarget="bell"]');
let unread = Number((opener && find(".count", opener))?.textContent.replace(/\D/g, "")) || 0;

function count(kind, n) {
  return el("span", { class: `count ${kind}`.trim() }, upTo(n, 99), kind && el("span", { class: "sr" }, " unread"));
}

function show(n) {
  if (opener) {
    find(".count", opener)?.remove();
    opener.setAttribute("aria-label", n > 0 ? `Notifications, ${upTo(n, 99)} unread` : "Notifications");
    if (n > 0) opener.append(el("span", { class: "count", "aria-hidden": "true" }, upTo(n, 99)));
  }
  for (const tab of all('.tabbar a[href="/notifications"]')) {
    find(".count", tab)?.remove();
    if (n > 0) tab.append(count("brass", n));
  }
}

async function fetchNotes() {
  const list = find("#bell-notes");
  const notes = await part(panel.dataset.notes);
  list.replaceChildren(notes);
  sayAll(list);
  if (!list.firstElementChild) list.append(...fragment('<p class="soft center mt-4 mb-4">You are caught up.</p>').childNodes);
  return find(".note", list);
}

// tell says what came, unless the reader is looking at it.
const tell = debounce(together, async () => {
  if (document.hidden) return;
  try {
    const note = await fetchNotes();
    const words = note && find(".stack > span", note)?.cloneNode(true);
    if (!words || new URL(note.href).pathname === location.pathname) return;
    find(".sr", words)?.remove();
    toast("bell", words.textContent.replace(/\s+/g, " ").trim(), el("a", { class: "btn small", href: note.getAttribute("href") }, "Look"));
  } catch {
    // the number says it too
  }
});

export function start() {
  if (!me || !panel) return;
  panel.addEventListener("toggle", (event) => event.newState === "open" && fetchNotes().catch(() => {}));
  line.addEventListener("notice", ({ detail }) => {
    const n = detail.data?.unread ?? unread;
    show(n);
    if (n === 0) settle(true).catch(() => {});
    if (n > unread) tell();
    unread = n;
  });
}
