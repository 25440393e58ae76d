// Where a post is written: toolbar, preview beside it, a draft that is kept, and a reply that is
// posted without leaving the page.
import { Preview } from "./beside.js";
import { alike, completes } from "./complete.js";
import { all, button, el, find, icon } from "./dom.js";
import { Draft } from "./drafts.js";
import { fault, post } from "./fetched.js";
import { busy, idle } from "./forms.js";
import { tells } from "./left.js";
import { toolbar } from "./marks.js";
import { Meanwhile } from "./meanwhile.js";
import { offers } from "./saved.js";
import { place } from "./topic.js";
import { Uploads } from "./uploads.js";
import { Whole } from "./whole.js";

class Composer {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.box = find("textarea", root);
    toolbar(root, this.box);
    completes(this.box, this.box.dataset.complete, this.box.dataset.topic);
    alike(this.form.elements.title, find("[data-similar]", this.form));
    this.uploads = new Uploads(root, this.box);
    this.preview = new Preview(root, this.box);
    this.whole = new Whole(root, this.box);
    tells(this.box, find("[data-left]", root));
    offers(find("[data-saved]", root), this.box);
    if (root.dataset.keep) this.draft = new Draft(root.dataset.draft, root.dataset.keep, this.box, find(".foot:last-of-type", root));
    if (this.form.elements.seen) this.meanwhile = new Meanwhile(this.form, this.box);
    this.form.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => this.#submit(event));
  }

  #key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(find(".foot .btn.primary", this.root));
    } else if (event.key === "Escape" && event.target === this.box) {
      this.box.blur(); // the draft is kept
    }
  }

  #submit(event) {
    if (this.form.id !== "reply" || !find("#posts")) return this.draft?.leave();
    event.preventDefault();
    this.#post();
  }

  // post sends a reply and puts it where it stands, as the page that the server answers with has it.
  async #post() {
    if (!busy(this.form)) return;
    try {
      await this.draft?.leave();
      const answer = await post(this.form);
      if (!answer.moved || !answer.ok) return this.#refused(answer.doc);
      this.draft?.clear();
      this.uploads.clear();
      this.whole.close();
      this.#said(null);
      this.meanwhile?.clear();
      this.#renew(answer.doc, "key", "seen", "revision");
      const number = new URL(answer.address).searchParams.get("post");
      if (!place(find(`#posts [data-number="${number}"]`, answer.doc))) location.assign(`${answer.address}#p${number}`);
    } catch (refused) {
      this.draft?.stay();
      this.whole.close();
      this.#said(el("p", {}, el("strong", {}, "Not posted. "), refused.message, " ", button("link", "Try again", () => this.form.requestSubmit())));
    } finally {
      idle(this.form);
    }
  }

  // renew takes fields of the form over from the page that answered.
  #renew(doc, ...names) {
    for (const name of names) {
      const fresh = find(`#reply [name="${name}"]`, doc);
      if (fresh && this.form.elements[name]) this.form.elements[name].value = fresh.value;
    }
  }

  // overtaken puts the replies that came meanwhile where they stand.
  #overtaken(doc) {
    const seen = Number(this.form.elements.seen?.value);
    for (const late of all("#posts > .post", doc)) if (Number(late.dataset.number) > seen) place(late);
    this.#renew(doc, "seen");
  }

  #refused(doc) {
    const notice = find(".notice.bad[role=alert] p", doc);
    this.draft?.stay();
    this.whole.close();
    this.#overtaken(doc);
    this.#said(notice ? document.adoptNode(notice) : el("p", {}, el("strong", {}, "Not posted. "), fault(doc)));
    this.box.focus();
  }

  // said shows what is wrong above the box; null takes it away.
  #said(words) {
    const old = this.form.previousElementSibling;
    if (old?.matches(".notice.bad")) old.remove();
    if (words) this.form.before(el("div", { class: "notice bad mb-3", role: "alert" }, icon("warn"), words));
  }
}

export function start(roots) {
  for (const root of roots) new Composer(root);
}
