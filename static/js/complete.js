// What a word may become while it is written: @ somebody, # a tag or a topic, : an emoji. The box offers a list:
// the arrows choose while the letters stay in it, Enter and Tab write, Escape puts the list away.
import { all, debounce, el, find } from "./dom.js";
import { part } from "./fetched.js";

const pause = 160;
const kinds = { "@": "member", "#": "topic", ":": "emoji" };
const begun = /(?:^|[\s(])([@#:])([\p{L}\p{N}_+-]{0,30})$/u;

class Completion {
  #asked = 0;
  #word = null; // { from, kind, text }

  constructor(box, address, topic) {
    Object.assign(this, { box, address, topic });
    this.list = el("ul", { class: "completes", role: "listbox", id: `${box.id}-completes`, "aria-label": "What it may become", popover: "manual", hidden: true });
    this.status = el("p", { class: "sr", role: "status" });
    (find("main") ?? document.body).append(this.list, this.status); // within a landmark
    const soon = debounce(pause, () => this.#look());
    box.addEventListener("input", () => (this.#begun() ? soon() : this.#close()));
    box.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    box.addEventListener("blur", () => this.#close());
    box.addEventListener("click", () => this.#close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps its focus
      const option = event.target.closest("[role=option]");
      if (option) this.#write(option);
    });
  }

  // begun is the word before the caret, if it is one that may become something.
  #begun() {
    const { selectionStart: at, selectionEnd: end, value } = this.box;
    const found = at === end && begun.exec(value.slice(Math.max(0, at - 40), at));
    if (!found || (found[1] !== "@" && found[2].length < 2)) return null;
    return { from: at - found[2].length - 1, kind: kinds[found[1]], text: found[2] };
  }

  async #look() {
    const word = this.#begun();
    const mine = ++this.#asked;
    if (!word || document.activeElement !== this.box) return this.#close();
    let offers;
    try {
      offers = await part(`${this.address}?${new URLSearchParams({ kind: word.kind, q: word.text, topic: this.topic })}`);
    } catch {
      return; // one writes on without
    }
    if (mine !== this.#asked || document.activeElement !== this.box) return;
    this.#word = word;
    this.list.replaceChildren(offers);
    const n = this.#options().length;
    if (n === 0) return this.#close();
    this.#place(word.from);
    if (this.list.hidden) {
      this.list.hidden = false;
      this.list.showPopover?.(); // above a text that has the whole window
    }
    for (const [name, value] of Object.entries(this.#offers())) this.box.setAttribute(name, value);
    this.#choose(this.#options()[0]);
    this.status.textContent = `${n} ${n === 1 ? "suggestion" : "suggestions"}. Arrows to choose, Enter to write.`;
  }

  #options() {
    return all("[role=option]", this.list);
  }

  // A box of several lines may be no combobox: it stays a text box, and says what it offers while it does.
  #offers() {
    return { "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-haspopup": "listbox" };
  }

  #chosen() {
    return find('[aria-selected="true"]', this.list);
  }

  #choose(option) {
    for (const other of this.#options()) other.setAttribute("aria-selected", String(other === option));
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #close() {
    this.#asked += 1; // what is under way comes too late
    if (this.list.hidden) return;
    this.list.hidePopover?.();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    for (const name of ["aria-activedescendant", ...Object.keys(this.#offers())]) this.box.removeAttribute(name);
  }

  #pressed(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = this.#options();
    const at = options.indexOf(this.#chosen());
    if (event.key === "ArrowDown") this.#choose(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") this.#choose(options[(at - 1 + options.length) % options.length]);
    else if (event.key === "Enter" || event.key === "Tab") this.#write(options[at]);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // write puts what was chosen in the place of the word, as if it were typed.
  #write(option) {
    const text = `${option.dataset.insert} `;
    const from = this.#word.from;
    this.box.setSelectionRange(from, this.box.selectionEnd);
    this.#close();
    if (document.execCommand("insertText", false, text)) return;
    this.box.setRangeText(text, from, this.box.selectionEnd, "end");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // place puts the list below the line on which the word begins, or above it where there is no room.
  #place(from) {
    const style = getComputedStyle(this.box);
    const frame = this.box.getBoundingClientRect();
    const mirror = el("div", { "aria-hidden": "true" });
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "textIndent", "tabSize"]) mirror.style[name] = style[name];
    Object.assign(mirror.style, { position: "fixed", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", top: `${frame.top}px`, left: `${frame.left}px`, width: `${frame.width}px` });
    const mark = el("span", {}, "@");
    mirror.append(this.box.value.slice(0, from), mark);
    document.body.append(mirror);
    const at = mark.getBoundingClientRect();
    mirror.remove();
    const top = Math.min(Math.max(at.bottom - this.box.scrollTop, frame.top), frame.bottom);
    const room = window.innerHeight - top;
    this.list.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - 360))}px`;
    this.list.style.top = room > 240 ? `${top + 4}px` : "auto";
    this.list.style.bottom = room > 240 ? "auto" : `${window.innerHeight - top + 28}px`;
  }
}

// completes offers within every box of a page that says where to ask.
export function completes(box, address, topic = "") {
  if (box && address) new Completion(box, address, topic);
}

// alike offers topics like the one whose title is being written.
export function alike(field, place) {
  if (!field || !place) return;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    if (field.value.trim().length < 10) return place.replaceChildren();
    try {
      const found = await part(`${place.dataset.similar}?${new URLSearchParams({ q: field.value })}`);
      if (mine === asked) place.replaceChildren(found);
    } catch {
      // it is only a hint
    }
  };
  field.addEventListener("input", debounce(500, look));
  if (field.value) look(); // it was typed before this was here
}
