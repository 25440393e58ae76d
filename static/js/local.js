// What one writes, kept by the browser itself, for as long as nobody knows that the club has it.
import { find, here, kept, thisTab } from "./dom.js";

const tooOld = 30 * 24 * 60 * 60_000;
const leaving = "left"; // the name under which this tab remembers what it sent last

// fields are what stands beside the text and belongs to its draft, as it was typed.
export function fields(form) {
  const has = ["title", "tags", "at", "template", "slug", "note", "readers"].filter((name) => form.elements[name]);
  return Object.fromEntries(has.map((name) => [name, form.elements[name].value]));
}

export class Local {
  constructor(name, box) {
    Object.assign(this, { name, box });
  }

  // keep is false where the browser keeps nothing.
  keep(text, revision) {
    const { form } = this.box;
    return kept.set(here, this.name, { text, fields: fields(form), key: form.elements.key.value, revision, at: Date.now() });
  }

  // get is what was kept, or nothing.
  get() {
    const before = kept.get(here, this.name);
    if (before?.text && Date.now() - before.at < tooOld) return before;
    this.drop();
    return null;
  }

  drop() {
    kept.set(here, this.name, null);
    if (kept.get(thisTab, leaving) === this.name) kept.set(thisTab, leaving, null);
  }

  // leave is keep for a text that was sent: the next page tells whether it arrived.
  leave(text, revision) {
    if (!text.trim()) return;
    this.keep(text, revision);
    kept.set(thisTab, leaving, this.name);
  }
}

// landed looks whether the page that came after a text was sent says that it was taken. Any other page
// leaves it where it is.
export function landed() {
  const name = kept.get(thisTab, leaving);
  if (!name) return;
  kept.set(thisTab, leaving, null);
  if (find("#toasts .toast")) kept.set(here, name, null);
}
