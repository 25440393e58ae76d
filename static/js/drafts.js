// What is being written is kept in the browser until it is posted, under the member and the place,
// and offered back when one returns.
import { button, debounce, el, find, here, kept, me, thisTab } from "./dom.js";
import { sayAll } from "./times.js";

const pause = 400;
const tooOld = 30 * 24 * 60 * 60_000;
const atOnce = 60_000;
const sentName = "draft:sent";

// settle forgets the draft of a form that went off as a whole and was taken: the server sent the
// browser on. A form that was refused, or a page that broke, leaves it where it is.
export function settle() {
  const sent = kept.get(thisTab, sentName);
  kept.set(thisTab, sentName, null);
  const [visit] = performance.getEntriesByType("navigation");
  if (sent && Date.now() - sent.at < atOnce && visit?.redirectCount > 0) kept.set(here, sent.name, null);
}

export class Draft {
  constructor(name, box, place) {
    this.name = `draft:${me}:${name}`;
    this.box = box;
    this.kept = true;
    const begun = box.defaultValue; // a quote, or what was refused
    const before = kept.get(here, this.name);
    if (before?.text && Date.now() - before.at < tooOld && !box.value) this.#back(before, place);
    const keep = debounce(pause, () => this.keep());
    box.addEventListener("input", () => (box.value.trim() ? keep() : this.drop()));
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("pageshow", () => (this.left = false));
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

  // leave is for a form that goes off as a whole: the next page knows how it ended.
  leave() {
    this.keep();
    this.left = this.kept = true; // the next page may be here before this one is gone
    kept.set(thisTab, sentName, { name: this.name, at: Date.now() });
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
  }
}
