// What is to be known of the connection, above the page: polite, never a modal.
import { closes } from "./closes.js";
import { button, el, find, icon } from "./dom.js";
import { line } from "./live.js";
import { clock } from "./times.js";

// A connection that is back within this time was hardly away.
const patience = 1_500;

let box = null;
let ticking = 0;
let shown = false;
let promise = "";

function place() {
  box = find("#banner");
  if (box) return;
  box = el("div", { class: "banner", role: "status", id: "banner", hidden: true });
  find("main")?.prepend(box);
}

function hide() {
  clearInterval(ticking);
  ticking = 0;
  shown = false;
  box.hidden = true;
  box.replaceChildren();
}

// The seconds are for the eye: read aloud each time they change, nothing else would be heard.
function waiting() {
  const seconds = el("span", { "aria-live": "off" });
  const say = () => {
    const left = Math.ceil((line.nextAt - Date.now()) / 1000);
    seconds.textContent = line.state === "lost" && left > 0 ? `Reconnecting in ${left} s; ` : "Reconnecting; ";
  };
  box.replaceChildren(
    icon("refresh"),
    el("span", {}, `Connection lost at ${clock(line.lostAt)}. `, seconds, promise),
    button("link", "Try now", () => line.now()),
  );
  box.hidden = false;
  say();
  ticking = setInterval(say, 1_000);
}

function over() {
  const here = encodeURIComponent(location.pathname + location.search);
  const [glyph, words, link, address] = {
    [closes.signedOut]: ["user", "You were signed out. ", "Sign in again", `/sign-in?return=${here}`],
    [closes.barred]: ["ban", "This account may not connect just now. ", "See why", location.href],
  }[line.code] ?? ["warn", "This page can no longer follow what happens. ", "Load it again", location.href];
  box.replaceChildren(icon(glyph), el("span", {}, words), el("a", { class: "link", href: address }, link));
  box.hidden = false;
}

function follow() {
  if (line.state === "open") return hide();
  if (line.state === "over") {
    hide();
    return over();
  }
  if (line.lostAt && !shown) {
    shown = true;
    const away = new Date() - line.lostAt;
    setTimeout(() => shown && line.lostAt && line.state !== "over" && !ticking && waiting(), Math.max(0, patience - away));
  }
}

// start shows it on a page with rooms; kept says what becomes of what one writes meanwhile.
export function start(kept) {
  promise = kept;
  place();
  line.addEventListener("state", follow);
}
