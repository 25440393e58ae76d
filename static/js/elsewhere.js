// What a member read in another tab, or on another device, is read here as well: what stands beside the
// page and the list that it may be are drawn anew, at once or as soon as somebody looks at them.
import { all, debounce, find, me } from "./dom.js";
import { get } from "./fetched.js";
import { line } from "./live.js";
import * as tab from "./tab.js";
import { sayAll } from "./times.js";

const calm = 1_000; // somebody who reads tells of it again and again
const lists = [".sidebar", ".toolbar", "#main ul.rows:not(.picks)"];

let stale = false;

async function follow() {
  if (!stale || document.hidden) return;
  stale = false;
  const [{ Idiomorph }, { doc, ok }] = await Promise.all([import("../vendor/idiomorph@0.8.0/idiomorph.esm.js"), get(location.href)]);
  if (!ok || !find(".sidebar", doc)) return;
  for (const selector of lists) {
    const fresh = all(selector, doc);
    const old = all(selector);
    if (fresh.length === old.length) old.forEach((part, i) => Idiomorph.morph(part, fresh[i], { ignoreActiveValue: true }));
  }
  sayAll();
  tab.refresh();
}

const soon = debounce(calm, () => follow().catch(() => (stale = true)));

// tellsAlong has the club leave it to a topic's page how far its reader got, as its line stands and tells.
// The club reads the mark as it draws a topic.
function tellsAlong() {
  const safe = location.protocol === "https:" ? "; secure" : "";
  if (line.state === "open") document.cookie = `guildhall-reads=1; path=/; max-age=86400; samesite=lax${safe}`;
}

export function start() {
  if (!me) return;
  line.addEventListener("state", tellsAlong);
  line.addEventListener("unread", ({ detail }) => {
    if (line.rooms.has(detail.room)) return; // this page says it itself
    stale = true;
    soon();
  });
  document.addEventListener("visibilitychange", soon);
}
