// What is being written is kept by the club while one writes, and offered on whichever device one comes
// back to. The browser itself keeps it for as long as the club does not have it, whatever the reason.
import { button, el, find, icon, me } from "./dom.js";
import { fields, Local } from "./local.js";

const pause = 2_500; // from the first letter that is not saved yet
const saved = "textarea[name], [name=title], [name=tags], [name=at], [name=slug], [name=note], [name=readers]";
const patient = 15_000; // after a save that did not go through

export class Draft {
  #timer = 0;
  #under = null; // the save that is on its way
  #unsaved = false;

  // name is under which the browser keeps it, address where the club does; told stands before place.
  constructor(name, address, box, place) {
    Object.assign(this, { address, box, place, id: "", local: new Local(`draft:${me}:${name}`, box) });
    this.revision = Number(box.form.elements.revision?.value ?? 0);
    box.autocomplete = "off"; // or a browser that reloads gives back what was posted
    find("[data-save-draft]", box.form)?.remove(); // it is done as one types
    for (const kind of ["input", "change"]) box.form.addEventListener(kind, (event) => event.target.matches(saved) && this.#typed());
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
    const { has, again } = await this.#under;
    this.#under = null;
    if (has) return;
    this.local.keep(text, this.revision);
    this.#unsaved = true;
    if (again) this.#timer ||= setTimeout(() => this.save(), patient);
  }

  #body(text, more) {
    const key = this.box.form.elements.key.value;
    return new URLSearchParams({ key, ...fields(this.box.form), text, revision: this.revision, ...more });
  }

  // send tells whether the club has the text, as a draft or posted already; and if it has not, whether to
  // try the same once more by itself: what it refused it will refuse again, until something changes.
  async #send(text, more) {
    try {
      const init = { method: "POST", headers: { Accept: "application/json" }, body: this.#body(text, more) };
      const answer = await fetch(this.address, init);
      if (answer.status === 429 || answer.status >= 500) return { again: true };
      if (answer.status === 204) {
        this.local.drop();
        return { has: true, posted: true };
      }
      if (!answer.ok) return this.#refused(text, await answer.json().catch(() => ({})));
      this.#took(await answer.json());
      return { has: true };
    } catch {
      return { again: true };
    }
  }

  // refused says beside the box why the club does not keep the text, and who does.
  #refused(text, { error }) {
    const stays = this.local.keep(text, this.revision);
    const who = stays ? "This browser keeps your text." : "Copy your text before you leave this page.";
    this.#say(`Not saved by the club. ${error?.text ?? ""} ${who}`);
    return { again: false };
  }

  #took({ id, revision, apart, there }) {
    this.local.drop();
    this.id = id;
    if (apart) return this.#apart(there, revision);
    this.revision = revision;
    const field = this.box.form.elements.revision;
    if (field) field.value = revision;
    this.#say("Draft saved");
  }

  #say(words) {
    this.note ??= el("span", { class: "sm muted", role: "status", "data-draft-note": true });
    if (!this.note.isConnected) this.place ? this.place.prepend(this.note) : this.box.form.after(this.note);
    this.note.replaceChildren(words);
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
    const before = this.local.get();
    if (!before) return;
    const offered = find("[data-begun]");
    this.revision = before.revision ?? 0;
    const { has, posted } = await this.#send(before.text, { key: before.key ?? "", ...before.fields });
    if (offered) this.revision = 0; // what is offered is the one
    if (posted || (offered && has) || this.box.value) return;
    this.box.value = before.text;
    for (const [name, value] of Object.entries(before.fields ?? {})) {
      const field = this.box.form.elements[name];
      if (field && !field.value) field.value = value;
    }
    if (has) return this.#say("What you wrote before the page went is back");
    this.#unsaved = true;
    this.#timer ||= setTimeout(() => this.save(), patient);
  }

  // parts keeps what was typed in the last moment before the page goes.
  #parts() {
    const text = this.box.value;
    if (this.left || !this.#unsaved || !text.trim()) return;
    this.local.keep(text, this.revision);
    fetch(this.address, { method: "POST", keepalive: true, headers: { Accept: "application/json" }, body: this.#body(text, {}) })
      .then((answer) => answer.ok && this.local.drop(), () => {});
  }

  // emptied puts away what was taken out of the box again.
  #emptied() {
    this.#unsaved = false;
    this.local.drop();
    if (this.id) this.#discard();
  }

  #discard() {
    const address = `/drafts/${this.id}/discard`;
    this.id = "";
    return fetch(address, { method: "POST", headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => {});
  }

  // leave is for text that is on its way: the club ends its draft with the post, and the browser keeps it
  // until it is known to have arrived. What was still being saved does not outlive it.
  async leave() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.left = true; // the next page may be here before this one is gone
    this.#unsaved = false;
    this.local.leave(this.box.value, this.revision);
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
    this.local.drop();
  }

  // spoken is for a text that goes by another way: what was being saved when it went is put away after.
  spoken() {
    const under = this.#under;
    this.leave();
    this.local.drop();
    this.revision = 0;
    if (under) under.then(() => this.id && this.#discard());
    this.id = "";
  }
}
