// What just happened, for a moment, in the corner that every page has for it.
import { all, el, find, icon } from "./dom.js";

const lasts = 6_000;
const most = 3;

// toast says something; extra may hold a link or a button that goes with it.
export function toast(glyph, text, ...extra) {
  const box = find("#toasts");
  if (!box) return null;
  const said = el("div", { class: "toast" }, icon(glyph), el("span", { class: "grow" }, text), ...extra);
  box.append(said);
  while (box.children.length > most) box.firstElementChild.remove();
  fade(said);
  return said;
}

// A toast stays while somebody points at it or is in it.
function fade(said) {
  setTimeout(() => (said.matches(":hover, :focus-within") ? fade(said) : said.remove()), lasts);
}

// adopt shows what a page that was fetched has to say, which would be lost otherwise.
export function adopt(doc) {
  for (const said of all("#toasts .toast", doc)) {
    find("#toasts")?.append(said);
    fade(said);
  }
}

export function start() {
  for (const said of all("#toasts .toast")) fade(said);
}
