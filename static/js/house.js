// The walls around a page, asked for anew: what opened while the reader looked is open at once.
import { all, find } from "./dom.js";
import { get } from "./fetched.js";
import { furnish } from "./furnish.js";
import { sayAll } from "./times.js";

const whole = [".sidebar", ".crumbs", "#main", ".tabbar"];

const locked = (root) => all(".sidebar a.locked", root).map((link) => link.getAttribute("href"));

// closed is the door that stands where the page would be. One may read past a glass one.
export const closed = () => find("main .door:not(.glass)");

let asking = null;

// reopened draws the sidebar as it is now, and gives the names of the doors that are open since.
// Whoever stands before one of them is let in, and before another reads how far it is by now.
export const reopened = () => (asking ??= reopen().finally(() => (asking = null)));

async function reopen() {
  const before = new Set(locked(document));
  const [{ Idiomorph }, { doc, ok }] = await Promise.all([import("../vendor/idiomorph@0.8.0/idiomorph.esm.js"), get(location.href)]);
  if (!find(".sidebar", doc)) return [];
  const still = new Set(locked(doc));
  const opened = all(".sidebar a.locked").filter((link) => before.has(link.getAttribute("href")) && !still.has(link.getAttribute("href")));
  const words = opened.map(name);
  const waits = closed();
  for (const wall of waits ? whole : whole.slice(0, 1)) Idiomorph.morph(find(wall), find(wall, doc));
  if (waits && ok) enter(doc);
  return words;
}

// enter makes the page that was fetched the one that is open.
function enter(doc) {
  document.title = doc.title;
  sayAll();
  furnish();
}

function name(link) {
  const bare = link.cloneNode(true);
  all(".sr, .count", bare).forEach((node) => node.remove());
  return bare.textContent.trim();
}
