// The preview beside a text: drawn by the server as it would be posted, kept in step with the text, and
// open again wherever one writes next on this device.
import { debounce, el, find, here, kept } from "./dom.js";
import { part } from "./fetched.js";
import { sayAll } from "./times.js";

const pause = 700;
const remembered = "composer:preview";

// beside is how wide the page's column must be for the two to stand side by side, as composer.css has it.
const beside = 44 * 16;

export class Preview {
  #drawn = 0;
  #leads = null; // of text and preview, the one that is scrolled by hand

  constructor(root, box) {
    this.button = find("[data-preview-button]", root);
    if (!this.button) return;
    Object.assign(this, { root, box, side: find(".preview", root) });
    this.pane = find(".prose", this.side);
    const later = debounce(pause, () => this.on && this.#draw());
    box.addEventListener("input", later);
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.toggle();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "p" || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      this.toggle();
    });
    this.#steps(box, this.side);
    this.#steps(this.side, box);
    if (kept.get(here, remembered) && this.#fits()) this.#show(true);
  }

  get on() {
    return this.root.dataset.preview === "on";
  }

  #fits() {
    return (this.root.closest("main")?.clientWidth ?? 0) > beside;
  }

  // toggle opens or closes it. Where it stands in the place of the text that is not what one wants next time.
  toggle() {
    this.#show(!this.on);
    if (this.#fits()) kept.set(here, remembered, this.on || null);
    if (!this.on) this.box.focus();
  }

  #show(on) {
    this.root.dataset.preview = on ? "on" : "off";
    this.button.setAttribute("aria-pressed", String(on));
    if (on) this.#draw();
  }

  async #draw() {
    const mine = ++this.#drawn;
    const text = this.box.value;
    let drawn;
    try {
      drawn = text.trim() ? await part("/preview", { method: "POST", body: new URLSearchParams({ text, space: spaceOf(this.box), as: this.root.dataset.as ?? "" }) }) : el("p", { class: "muted" }, "What you write is shown here as it will look.");
    } catch {
      drawn = el("p", { class: "muted" }, "The preview could not be fetched just now.");
    }
    if (mine !== this.#drawn) return;
    this.pane.replaceChildren(drawn);
    sayAll(this.pane);
    this.#step(this.box, this.side);
  }

  // steps lets the one follow when the other is scrolled.
  #steps(from, to) {
    for (const kind of ["pointerdown", "pointerenter", "focusin", "wheel", "keydown"]) from.addEventListener(kind, () => (this.#leads = from), { passive: true });
    from.addEventListener("scroll", () => this.#leads === from && this.#step(from, to), { passive: true });
  }

  #step(from, to) {
    const whole = from.scrollHeight - from.clientHeight;
    if (this.on && whole > 0) to.scrollTop = (from.scrollTop / whole) * (to.scrollHeight - to.clientHeight);
  }
}

// spaceOf is the space in which a box stands, if it stands in one.
const spaceOf = (box) => /^\/s\/([^/]+)/.exec(box.dataset.complete ?? "")?.[1] ?? "";
