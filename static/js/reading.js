// Up to where the reader has read: told to the server once it was really on the screen, so that
// bell, sidebar and their other pages know it too.
import { all, debounce, me } from "./dom.js";
import { line } from "./live.js";

const settled = 700;

export class Reading {
  #told;
  #seen;

  // looks() tells whether the end is on the screen; back() is called when the reader comes back.
  // thread is the message whose answers are read, if not the room itself.
  constructor(room, read, looks, back, thread) {
    this.room = room;
    this.thread = thread || undefined;
    this.looks = looks;
    this.#told = this.#seen = read || 0;
    this.tell = debounce(settled, () => this.#tell());
    document.addEventListener("visibilitychange", () => !document.hidden && back());
    window.addEventListener("pagehide", () => this.#leave());
    line.addEventListener("joined", ({ detail }) => detail === room && this.look());
  }

  // saw notes the newest that the page has.
  saw(number) {
    this.#seen = Math.max(this.#seen, number);
    this.look();
  }

  look() {
    if (me && !document.hidden && this.#seen > this.#told && this.looks()) this.tell();
  }

  // elsewhere notes that another page of the same reader was ahead.
  elsewhere(number) {
    this.#told = Math.max(this.#told, number);
    this.#clear();
  }

  // back notes that the reader marked posts as unread: they count as seen once they are looked at anew.
  back(number) {
    this.#told = this.#seen = number;
  }

  // follows is elsewhere or back, as another page of the same reader says.
  follows(number) {
    if (number < this.#told) this.back(number);
    else this.elsewhere(number);
  }

  #tell() {
    if (document.hidden || !this.looks() || this.#seen <= this.#told) return;
    const upto = this.#seen;
    line.ask({ op: "read", room: this.room, upto, reply: this.thread }).then(() => {
      this.#told = Math.max(this.#told, upto);
      this.#clear();
    }, () => {}); // the next sight of it tells again
  }

  // leave tells what nobody waits for any more: what was looked at a moment ago was read.
  #leave() {
    if (me && this.#seen > this.#told && this.looks()) line.tell({ op: "read", room: this.room, upto: this.#seen, reply: this.thread, ref: "left" });
  }

  // clear takes the number of what is new from this page's own entry in the sidebar.
  #clear() {
    if (this.thread || this.#told < this.#seen) return;
    for (const entry of all('.sidebar a[aria-current="page"].unread')) {
      entry.classList.remove("unread");
      all(".count, .dot.brass, .dot.brass + .sr", entry).forEach((mark) => mark.remove());
    }
  }
}
