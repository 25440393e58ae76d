// Who is writing just now: told at most once in three seconds, and forgotten after six.
import { el, find, fragment, myHandle } from "./dom.js";
import { line } from "./live.js";
import { first, names } from "./words.js";

const every = 3_000;
const fades = 6_000;
const most = 3;

export class Typing {
  #last = 0;
  #people = new Map(); // handle → { name, timer }

  constructor(room, one, many) {
    this.room = room;
    this.words = { one, many };
    this.place = find("#typing");
  }

  // tell lets the others know that this reader writes.
  tell() {
    if (Date.now() - this.#last < every) return;
    this.#last = Date.now();
    line.tell({ op: "typing", room: this.room });
  }

  // rest is for when they have sent it: what they begin next is told at once.
  rest() {
    this.#last = 0;
  }

  hear(frame) {
    const who = frame.html ? drawn(frame.html) : frame.data;
    if (!who || who.handle === myHandle) return;
    clearTimeout(this.#people.get(who.handle)?.timer);
    this.#people.set(who.handle, { name: first(who.name), timer: setTimeout(() => this.#forget(who.handle), fades) });
    this.#show();
  }

  // said forgets the author of what has just come.
  said(article) {
    const handle = find(".who a.name", article)?.getAttribute("href")?.split("/").pop();
    if (handle) this.#forget(decodeURIComponent(handle));
    else this.#people.clear();
  }

  #forget(handle) {
    clearTimeout(this.#people.get(handle)?.timer);
    if (this.#people.delete(handle)) this.#show();
  }

  #show() {
    if (!this.place) return;
    const people = [...this.#people.values()].map((who) => who.name);
    this.place.replaceChildren();
    if (people.length === 0) return;
    const who = people.length > most ? "Several people" : names(people);
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.place.append(dots, `${who} ${people.length > 1 ? this.words.many : this.words.one}`);
    this.place.hidden = false;
  }
}

function drawn(html) {
  const name = find("[data-typing]", fragment(html));
  return name && { handle: name.dataset.typing, name: name.textContent };
}
