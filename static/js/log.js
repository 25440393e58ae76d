// The messages of a room as they stand on the page: each once, in the order of the room, under its
// day, and those of one person within five minutes as one.
import { all, el, find, me } from "./dom.js";
import { addressed } from "./mine.js";
import { clock, day, eachMinute, sameDay, sayAll } from "./times.js";

const together = 5 * 60_000;
const nearEnd = 48; // pixels from the bottom that still count as being there

const isMessage = (node) => node?.matches("article.msg") ?? false;
const at = (article) => new Date(find("time", article)?.dateTime ?? 0);
const seq = (article) => Number(article.dataset.seq) || Infinity; // what waits to be sent has none yet

export class Log {
  // atEnd is told whether the reader is at the bottom, each time that changes.
  constructor(root, atEnd) {
    this.root = root;
    this.end = find("#last", root);
    this.whole = root.dataset.last === "true"; // else later messages stand on another page
    this.stuck = this.whole;
    this.atEnd = atEnd;
    for (const article of this.messages()) if (article.dataset.author !== me) addressed(article);
    root.addEventListener("scroll", () => this.#look(), { passive: true });
    root.addEventListener("load", () => this.stuck && this.toEnd(), true); // pictures grow as they come
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(root);
    eachMinute(() => this.#sayDays());
  }

  messages() {
    return all("article.msg", this.root);
  }

  #look() {
    const stuck = this.whole && this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < nearEnd;
    if (stuck === this.stuck) return;
    this.stuck = stuck;
    this.atEnd(stuck);
  }

  // show brings one message before the reader's eyes, and their focus to it.
  show(article) {
    this.stuck = false;
    article.scrollIntoView({ block: "center" });
    article.classList.add("fresh");
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    if (!this.stuck) this.#look();
  }

  // put places a message: where the one with its id stands, else by its number in the room. It moves
  // nobody who reads further up.
  put(article) {
    const stuck = this.stuck;
    const old = document.getElementById(article.id);
    if (old) replace(old, article);
    else this.#place(article);
    find(".empty", this.root)?.remove();
    sayAll(article);
    this.seam(article);
    const next = this.#next(article);
    if (next) this.seam(next);
    if (stuck) this.toEnd();
    return !old;
  }

  // place puts it before the first message that came later; what waits to be sent stands last.
  #place(article) {
    const number = seq(article);
    const later = this.messages().find((other) => seq(other) > number);
    (later ?? find("#later", this.root)?.parentElement ?? this.end).before(article);
  }

  #before(node) {
    do node = node.previousElementSibling;
    while (node && !isMessage(node));
    return node;
  }

  #next(node) {
    do node = node.nextElementSibling;
    while (node && !isMessage(node));
    return node;
  }

  // seam settles what stands between a message and the one before it: the day, and whether it goes
  // on from that one.
  seam(article) {
    const before = this.#before(article);
    const apart = !before || !sameDay(at(before), at(article));
    let marked = null;
    let line = null;
    for (let node = article.previousElementSibling; node && !isMessage(node); node = node.previousElementSibling) {
      if (node.matches(".day")) marked = node;
      if (node.matches(".unread-line")) line = node;
    }
    if (apart && !marked) (line ?? article).before(el("p", { class: "day", "data-day": true }, day(at(article))));
    if (!apart) marked?.remove();
    if (before && !apart && !line && goesOn(before, article)) join(article);
  }

  #sayDays() {
    for (const mark of all(".day", this.root)) {
      const next = this.#next(mark);
      const words = next && day(at(next));
      if (words && mark.textContent !== words) mark.textContent = words;
    }
  }

  // news draws the line above the first message that the reader has not seen.
  news(article) {
    find("#new", this.root)?.remove();
    const line = el("p", { class: "unread-line", id: "new" }, `New since ${clock(at(article))}`);
    article.before(line);
    return line;
  }

  // old adds messages from before the first one, and moves nothing that is read; end then settles the
  // link to those before them.
  old(articles, end) {
    const first = this.messages()[0] ?? this.end;
    this.root.setAttribute("aria-busy", "true"); // what is old is not news
    const foot = first.getBoundingClientRect().bottom; // its name may go, if it turns out to go on from one before
    const rest = find(":scope > .day", this.root);
    for (const article of articles) if (!document.getElementById(article.id)) (rest ?? first).before(article);
    for (const article of this.messages().slice(0, articles.length + 1)) this.seam(article);
    end();
    this.root.scrollTop += first.getBoundingClientRect().bottom - foot;
    this.root.removeAttribute("aria-busy");
  }

  // later adds messages from after the last one: what is read stays where it is.
  later(articles, end) {
    const top = this.root.scrollTop;
    this.root.setAttribute("aria-busy", "true");
    for (const article of articles) {
      if (document.getElementById(article.id)) continue;
      this.#place(article);
      this.seam(article);
    }
    end();
    sayAll(this.root);
    this.root.scrollTop = top;
    this.root.removeAttribute("aria-busy");
  }
}

// replace takes along what the reader is just writing in the old copy.
function replace(old, article) {
  const editor = find(".inline-edit", old);
  const within = editor?.contains(document.activeElement) && document.activeElement;
  old.replaceWith(article);
  if (!editor || article.classList.contains("gone")) return;
  const body = find(".body", article);
  body.hidden = true;
  body.after(editor);
  if (within) within.focus();
}

function goesOn(before, article) {
  if (!find(":scope > header", article)) return false;
  const former = find(".who.former", article);
  return !former && before.dataset.author === article.dataset.author && at(article) - at(before) < together;
}

// join leaves the name away: it stands above, with the message that this one goes on from.
function join(article) {
  const time = find(":scope > header time", article);
  find(":scope > .crest", article)?.remove();
  find(":scope > header", article).replaceWith(el("span", { class: "at" }, time));
  article.classList.add("cont");
}
