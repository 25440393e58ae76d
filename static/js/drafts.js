// What is being written is kept in the browser until it is posted, under the member and the place,
// and offered back when one returns.
import { button, debounce, el, find, here, kept, me } from "./dom.js";
import { sayAll } from "./times.js";

const pause = 400;
const tooOld = 30 * 24 * 60 * 60_000;

export class Draft {
  constructor(name, box, place) {
    this.name = `draft:${me}:${name}`;
    this.box = box;
    this.kept = true;
    box.autocomplete = "off"; // or a browser that reloads gives back what was posted
    const begun = box.defaultValue; // a quote, or what was refused
    const before = kept.get(here, this.name);
    if (before?.text && Date.now() - before.at < tooOld && !box.value) this.#back(before, place);
    const keep = debounce(pause, () => this.keep());
    box.addEventListener("input", () => (box.value.trim() ? keep() : this.drop()));
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("pageshow", () => this.stay());
    window.addEventListener("beforeunload", (event) => !this.kept && box.value !== begun && event.preventDefault());
  }

  keep() {
    const text = this.box.value;
    if (this.left || text === this.box.defaultValue || !text.trim()) return;
    this.kept = kept.set(here, this.name, { text, at: Date.now() });
  }

  // drop forgets it: it was posted, or is not wanted.
  drop() {
    kept.set(here, this.name, null);
    this.kept = true;
  }

  // leave is for text that is known to be on its way: what is refused comes back with it, so nothing
  // is offered twice.
  leave() {
    this.drop();
    this.left = true; // the next page may be here before this one is gone
  }

  // stay takes leave back: what the box holds is a draft again.
  stay() {
    this.left = false;
    this.keep();
  }

  #back(before, place) {
    this.box.value = before.text;
    if (!place) return;
    const since = el("time", { datetime: new Date(before.at).toISOString(), "data-when": "ago" });
    const note = el("p", { class: "sm muted", role: "status", "data-draft-note": true }, "Your draft from ", since, " is back. ",
      button("link", "Discard", () => {
        this.drop();
        this.box.value = "";
        this.box.focus();
        note.remove();
      }));
    place.append(note);
    sayAll(note);
    this.box.addEventListener("input", () => note.remove(), { once: true });
  }

  // clear empties the box once its text is posted.
  clear() {
    this.box.value = this.box.defaultValue = "";
    find("[data-draft-note]", this.box.form)?.remove();
    this.drop();
    this.left = false;
  }
}
