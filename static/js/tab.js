// How much is unread in the rooms beside a page stands before the name of the page, and all tabs of this
// browser say the same: what one of them hears or reads, it tells the others.
import { all, el, me } from "./dom.js";
import { upTo } from "./words.js";

const counts = new Map(); // room → unread
const others = me && "BroadcastChannel" in window ? new BroadcastChannel(`guildhall-unread-${me}`) : null;

const entry = (room) => all(".sidebar a[data-room]").find((link) => link.dataset.room === room);

// refresh takes the numbers from the sidebar, which was drawn anew.
export function refresh() {
  counts.clear();
  for (const link of all(".sidebar a[data-room]")) counts.set(link.dataset.room, Number(link.dataset.heard) || 0);
  show();
}

function show() {
  const n = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const name = document.title.replace(/^\(\d+\+?\) /, "");
  const title = n > 0 ? `(${upTo(n, 99)}) ${name}` : name;
  if (document.title !== title) document.title = title;
}

// count says how much is unread in a room, here and in the other tabs.
export function count(room, n) {
  if ((counts.get(room) ?? 0) === n) return;
  set(room, n);
  others?.postMessage({ room, n });
}

function set(room, n) {
  counts.set(room, n);
  mark(entry(room), n);
  show();
}

// mark gives an entry of the sidebar its dot, or takes it away.
function mark(link, n) {
  if (!link) return;
  link.dataset.heard = n;
  if (link.querySelector(".count, .i.end")) return; // that says more
  all(".dot.brass, .dot.brass + .sr", link).forEach((part) => part.remove());
  link.classList.toggle("unread", n > 0);
  if (n > 0) link.append(el("span", { class: "dot brass" }), el("span", { class: "sr" }, "unread"));
}

export function start() {
  if (!me) return;
  refresh();
  others?.addEventListener("message", ({ data }) => counts.get(data.room) !== data.n && set(data.room, data.n));
}
