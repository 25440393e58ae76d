// The walls around a page, asked for anew: what opened while the reader looked is open at once.
import { all, find } from "./dom.js";
import { get } from "./fetched.js";

const locked = (root) => all(".sidebar a.locked", root).map((link) => link.getAttribute("href"));

// reopened draws the sidebar as it is now, and gives the names of the doors that are open since.
export async function reopened() {
  const before = new Set(locked(document));
  const [{ Idiomorph }, { doc, ok }] = await Promise.all([import("../vendor/idiomorph@0.8.0/idiomorph.esm.js"), get(location.href)]);
  const fresh = ok && find(".sidebar", doc);
  if (!fresh) return [];
  const still = new Set(locked(doc));
  const opened = all(".sidebar a.locked").filter((link) => before.has(link.getAttribute("href")) && !still.has(link.getAttribute("href")));
  const words = opened.map(name);
  Idiomorph.morph(find(".sidebar"), fresh);
  return words;
}

function name(link) {
  const bare = link.cloneNode(true);
  all(".sr, .count", bare).forEach((node) => node.remove());
  return bare.textContent.trim();
}
