// What others post while one writes: said above the box as it comes, so that nobody answers what was
// answered already. What was told is not asked about again when one posts.
import { button, el, icon, me } from "./dom.js";
import { plural } from "./words.js";

export class Meanwhile {
  #numbers = [];

  constructor(form, box) {
    this.form = form;
    this.box = box;
    document.addEventListener("replied", ({ detail }) => this.#came(detail));
  }

  #came(post) {
    const seen = this.form.elements.seen;
    seen.value = Math.max(Number(seen.value), Number(post.dataset.number));
    if (post.dataset.author === me || !this.box.value.trim()) return;
    this.#numbers.push(post.dataset.number);
    const words = `${plural(this.#numbers.length, "new reply", "new replies")} while you wrote. `;
    this.note ??= el("div", { class: "notice mb-3", role: "status", "data-meanwhile": true });
    this.note.replaceChildren(icon("reply"), el("p", {}, words, button("link", "Show", () => this.#show())));
    if (!this.note.isConnected) this.form.before(this.note);
  }

  #show() {
    const [first] = this.#numbers;
    const post = document.querySelector(`#posts [data-number="${first}"]`);
    if (!post) return location.assign(`${location.pathname}?post=${first}#p${first}`);
    post.tabIndex = -1;
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: "start" });
    this.clear();
  }

  clear() {
    this.#numbers = [];
    this.note?.remove();
  }
}
