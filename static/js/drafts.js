// What is being written is kept by the club while one writes, and offered on whichever device one comes
// back to. The browser itself keeps it only while the club cannot be reached.
import { button, el, find, here, icon, kept, me } from "./dom.js";

const pause = 2_500; // from the first letter that is not saved yet
const patient = 15_000; // after a save that did not go through
const tooOld = 30 * 24 * 60 * 60_000;

export class Draft {
  #timer = 0;
  #under = null; // the save that is on its way
  #unsaved = false;

  // name is under which the browser keeps it, address where the club does; told stands before place.
  constructor(name, address, box, place) {
    Object.assign(this, { name: `draft:${me}:${name}`, address, box, place, id: "", saved: box.value });
    this.revision = Number(box.form.elements.revision?.value ?? 0);
    box.autocomplete = "off"; // or a browser that reloads gives back what was posted
    find("[data-save-draft]", box.form)?.remove(); // it is done as one types
    box.form.addEventListener("input", (event) => event.target.matches("textarea[name], [name=title]") && this.#typed());
    window.addEventListener("pagehide", () => this.#parts());
    window.addEventListener("online", () => this.#unsaved && this.save());
    this.#home();
  }

  #typed() {
    this.left = false;
    this.#unsaved = true;
    if (!this.#timer) this.#timer = setTimeout(() => this.save(), pause);
  }

  // save brings the text to the club; what it cannot take now the browser keeps.
  async save(more = {}) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#under) await this.#under;
    const text = this.box.value;
    if (this.left || !this.#unsaved) return;
    if (!text.trim()) return this.#emptied();
    this.#unsaved = false;
    this.#under = this.#send(text, more);
    const ended = await this.#under;
    this.#under = null;
    if (ended) return;
    kept.set(here, this.name, { text, key: this.box.form.elements.key.value, revision: this.revision, at: Date.now() });
    this.#unsaved = true;
    this.#timer ||= setTimeout(() => this.save(), patient);
  }

  #body(text, more) {
    const title = this.box.form.elements.title?.value ?? "";
    return new URLSearchParams({ key: this.box.form.elements.key.value, title, text, revision: this.revision, ...more });
  }

  // send is true when the club has the text, or never will, and "posted" when it stands there already.
  async #send(text, more) {
    try {
      const init = { method: "POST", headers: { Accept: "application/json" }, body: this.#body(text, more) };
      const answer = await fetch(this.address, init);
      if (answer.status === 429 || answer.status >= 500) return false;
      if (answer.status === 204) return "posted";
      if (!answer.ok) return true; // what is wrong with it is said when it is posted
      this.#took(await answer.json());
      return true;
    } catch {
      return false;
    }
  }

  #took({ id, revision, apart, there }) {
    kept.set(here, this.name, null);
    this.id = id;
    if (apart) return this.#apart(there, revision);
    this.revision = revision;
    const field = this.box.form.elements.revision;
    if (field) field.value = revision;
    this.#say("Draft saved");
  }

  #say(words) {
    if (!this.place) return;
    this.note ??= el("span", { class: "sm muted", "data-draft-note": true });
    this.note.replaceChildren(words);
    if (!this.note.isConnected) this.place.prepend(this.note);
  }

  // apart tells that another device went on with it meanwhile. Both texts are kept.
  #apart(there, revision) {
    if (this.notice?.isConnected) {
      find("pre", this.notice).textContent = there;
      this.newest = revision;
      return;
    }
    this.newest = revision;
    const close = () => this.notice.remove();
    const mine = () => {
      close();
      this.#unsaved = true;
      this.revision = this.newest;
      this.save({ over: "on" });
    };
    const both = () => {
      this.box.value = `${this.box.value.trimEnd()}\n\n${find("pre", this.notice).textContent}`;
      mine();
    };
    this.notice = el("div", { class: "notice warn mb-3", role: "status", "data-other": true }, icon("warn"),
      el("div", { class: "stack gap-2 grow" },
        el("p", {}, el("strong", {}, "This is being written on another device too."), " Both texts are kept."),
        el("details", {}, el("summary", {}, "Show the other text"), el("pre", { class: "draft-text", tabindex: "0" }, there)),
        el("div", { class: "row gap-2 wrap" }, button("btn small", "Go on with mine", mine), button("btn small", "Put the other below mine", both))));
    this.box.form.before(this.notice);
  }

  // home brings to the club what the browser had to keep, and back into the box.
  async #home() {
    const before = kept.get(here, this.name);
    if (!before?.text || Date.now() - before.at > tooOld) return;
    const offered = find("[data-begun]");
    if (offered || this.box.value) {
      this.revision = before.revision ?? 0;
      if (await this.#send(before.text, { key: before.key ?? "" })) kept.set(here, this.name, null);
      if (offered) this.revision = 0; // what is offered is the one
      return;
    }
    this.revision = before.revision ?? 0;
    const sent = await this.#send(before.text, { key: before.key ?? "" });
    if (sent === "posted") kept.set(here, this.name, null);
    if (sent === "posted" || this.box.value) return;
    this.box.value = before.text;
    this.#say("What you wrote before the page went is back");
    this.#unsaved = !sent;
    if (!sent) this.save();
  }

  // parts keeps what was typed in the last moment before the page goes.
  #parts() {
    const text = this.box.value;
    if (this.left || !this.#unsaved || !text.trim()) return;
    kept.set(here, this.name, { text, key: this.box.form.elements.key.value, revision: this.revision, at: Date.now() });
    fetch(this.address, { method: "POST", keepalive: true, headers: { Accept: "application/json" }, body: this.#body(text, {}) })
      .then((answer) => answer.ok && kept.set(here, this.name, null), () => {});
  }

  // emptied puts away what was taken out of the box again.
  #emptied() {
    this.#unsaved = false;
    kept.set(here, this.name, null);
    if (this.id) this.#discard();
  }

  #discard() {
    const address = `/drafts/${this.id}/discard`;
    this.id = "";
    return fetch(address, { method: "POST", headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => {});
  }

  // leave is for text that is known to be on its way: the club ends its draft with the post. What was
  // still being saved does not outlive it.
  async leave() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.left = true; // the next page may be here before this one is gone
    this.#unsaved = false;
    kept.set(here, this.name, null);
    if (this.#under) await this.#under;
  }

  // stay takes leave back: what the box holds is a draft again.
  stay() {
    this.left = false;
    this.#typed();
  }

  // clear empties the box once its text is posted.
  clear() {
    this.box.value = this.box.defaultValue = "";
    this.note?.remove();
    this.notice?.remove();
    this.id = "";
    this.revision = 0;
    this.left = false;
    kept.set(here, this.name, null);
  }

  // spoken is for a text that goes by another way: what was being saved when it went is put away after.
  spoken() {
    const under = this.#under;
    this.leave();
    this.revision = 0;
    if (under) under.then(() => this.id && this.#discard());
    this.id = "";
  }
}
