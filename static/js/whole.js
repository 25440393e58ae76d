// Writing in the whole window: on a phone as soon as one begins, elsewhere when one asks for it. The text
// stays where it is in the page and is only lifted above the rest, so that nothing of it is lost.
import { find } from "./dom.js";

// small is a window in which there is no room beside a text.
const small = window.matchMedia("(max-width: 40rem)");

export class Whole {
  constructor(root, box) {
    this.button = find("[data-whole]", root);
    if (!this.button || !root.showPopover) return;
    Object.assign(this, { root, box, words: this.button.getAttribute("aria-label") });
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.on ? this.close() : this.open()));
    for (const kind of ["focus", "click"]) box.addEventListener(kind, () => small.matches && this.open());
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("focusout", ({ relatedTarget: to }) => to && !root.contains(to) && !to.closest("dialog") && this.close());
    root.closest("form").addEventListener("invalid", ({ target }) => !root.contains(target) && this.close(), { capture: true });
  }

  get on() {
    return this.root.hasAttribute("data-full");
  }

  #key(event) {
    const toggles = event.key === "F11" && event.shiftKey;
    if (toggles) this.on ? this.close() : this.open();
    else if (event.key === "Escape" && this.on) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  open() {
    if (this.on) return;
    const { selectionStart: from, selectionEnd: to, scrollTop } = this.box;
    this.root.popover = "manual";
    this.root.showPopover();
    this.root.dataset.full = "";
    this.root.tabIndex = -1; // whoever clicks beside the text is in it still
    this.button.setAttribute("aria-label", "Close: what you wrote is kept");
    this.box.focus({ preventScroll: true });
    this.box.setSelectionRange(from, to);
    this.box.scrollTop = scrollTop;
    this.fit = () => this.#fits();
    window.visualViewport?.addEventListener("resize", this.fit);
    this.fit();
  }

  // fits leaves the keys of a screen their place.
  #fits() {
    const { height = window.innerHeight } = window.visualViewport ?? {};
    this.root.style.blockSize = `${height}px`;
  }

  // close puts it back where it stands in the page.
  close() {
    if (!this.on) return;
    window.visualViewport?.removeEventListener("resize", this.fit);
    delete this.root.dataset.full;
    this.root.removeAttribute("tabindex");
    this.root.style.blockSize = "";
    this.root.hidePopover();
    this.root.removeAttribute("popover");
    this.button.setAttribute("aria-label", this.words);
    if (small.matches) this.box.blur();
    this.root.scrollIntoView({ block: "nearest" });
  }
}
