// The one loud moment: something earned. It plays once, on the page that is looked at, closes with
// Esc, and tells nobody.
import { art, button, el, find, glyph, here, icon, kept, me, myHandle, svg, thisTab } from "./dom.js";
import { first } from "./words.js";

const again = 24 * 60 * 60_000;
const calm = 4_000; // nobody is taken out of the middle of a sentence

const handed = `cheers:${me}`;

const waiting = kept.get(thisTab, handed) ?? []; // from a page that was left before anybody answered
let showing = null;
let typedAt = 0;

// rose celebrates a new status. doors are the names of what it opened.
export const rose = (news, doors) => push({ what: `rung ${news.rung}`, news: { ...news, doors } });

// badge celebrates a badge.
export const badge = (news) => push({ what: `badge ${news.name}`, news });

function scene({ name, pin, rung, doors, icon: drawn, words }) {
  if (!rung) return { medal: coin(drawn), title: name, text: words, opened: [] };
  const who = first(find("aside .me b")?.textContent ?? "");
  const article = /^[aeiou]/i.test(name) ? "an" : "a";
  return {
    medal: hero(pin),
    title: `You are ${article} ${name}${who && `, ${who}`}`,
    text: "It stands beside your name from today. You earned it by taking part.",
    opened: doors.map((door) => el("li", {}, icon("key"), el("span", {}, "The door to ", el("b", {}, door), " is open"))),
  };
}

const ribbons = () => [
  svg("path", { class: "ribbon", d: "M214 0h32l10 92h-52Z" }),
  svg("path", { class: "ribbon-stripe", d: "M225 0h10l3 92h-16Z" }),
];

const hung = (box, ...drawn) => svg("svg", { x: 158, y: 70, width: 144, height: 144, viewBox: box }, ...drawn);

// hero is the pin of a rung on its ribbon; coin is what any badge hangs as.
const hero = (pin) => svg("g", { class: `hero-pin p${pin}` }, ...ribbons(), hung("0 0 24 24", glyph(`pin-${pin}`)));

function coin(symbol) {
  const face = svg("svg", { x: 58, y: 58, width: 140, height: 140, viewBox: "0 0 256 256", fill: "white" }, glyph(symbol));
  return svg("g", { class: "hero-pin p6" }, ...ribbons(), hung("0 0 256 256", svg("circle", { cx: 128, cy: 128, r: 122, fill: "currentColor" }), face));
}

function push(cheer) {
  waiting.push(cheer);
  next();
}

const mark = ({ what }) => `cheer:${me}:${what}`;

// next waits until somebody looks, and has stopped writing. Another page of theirs may have shown
// it by then.
function next() {
  if (showing || document.hidden || waiting.length === 0) return;
  const still = typedAt + calm - Date.now();
  if (still > 0) return void setTimeout(next, still);
  const cheer = waiting.shift();
  const before = kept.get(here, mark(cheer));
  if (before && Date.now() - before < again) return next();
  kept.set(here, mark(cheer), Date.now());
  showing = cheer;
  show(scene(cheer.news));
}

function show({ medal, title, text, opened }) {
  const close = () => {
    showing.answered = true;
    dialog.close();
  };
  const dialog = el("dialog", { class: "cheer", "aria-labelledby": "cheer-title" },
    svg("svg", { class: "rays", viewBox: "0 0 460 250", "aria-hidden": "true" }, art("rays"), medal),
    el("h2", { id: "cheer-title" }, title),
    el("p", {}, text),
    opened.length > 0 && el("ul", { class: "list" }, ...opened),
    el("a", { class: "btn brass big block", href: `/m/${myHandle}`, click: close }, "See where you stand"),
    button("btn block on-panel ghost", "Carry on", close, { autofocus: true }));
  dialog.addEventListener("close", () => {
    dialog.remove();
    showing = null;
    next();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// A page may be left in the same moment, by the very form that earned it: the next one goes on.
function handOn() {
  const left = [showing, ...waiting].filter((cheer) => cheer && !cheer.answered);
  if (left[0] === showing) kept.set(here, mark(showing), null);
  kept.set(thisTab, handed, left.length ? left : null);
}

document.addEventListener("visibilitychange", next);
document.addEventListener("input", () => (typedAt = Date.now()), { capture: true, passive: true });
window.addEventListener("pagehide", handOn);

export function start() {
  kept.set(thisTab, handed, null);
  next();
}
