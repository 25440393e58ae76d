// Files beside a text: chosen, pasted or dropped, sent one after the other with their progress, and
// written into the text as Markdown where one was typing.
import { button, el, find, icon } from "./dom.js";
import { words } from "./marks.js";
import { key } from "./outbox.js";

const lost = "The connection broke off. Try again in a moment.";

export class Uploads {
  #last = Promise.resolve();
  #under = new Set();

  // root is where files may be dropped and the button stands; list and status may lie elsewhere.
  constructor(root, box, around = root) {
    this.box = box;
    this.input = find("[data-attach]", root);
    this.list = find("[data-attachments]", around);
    this.status = find("[data-attach-status]", around);
    if (!this.input || !this.list) return;
    this.input.removeAttribute("name"); // what it holds is sent from here, and never with the form
    this.input.parentElement.dataset.on = "";
    find("[data-attach-here]", root)?.before(this.input.parentElement);
    this.input.addEventListener("change", () => this.#chosen());
    box.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    this.#drops(root);
    root.closest("form").addEventListener("submit", (event) => this.#waits(event), { capture: true });
  }

  // chosen empties the control, so that the form does not bring the same files once more.
  #chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    this.#add(files);
    this.box.focus();
  }

  // take keeps text that is pasted as it is: some programs give a picture of it as well.
  #take(event, from) {
    const files = [...(from?.files ?? [])];
    if (files.length === 0 || from.types.includes("text/plain")) return;
    event.preventDefault();
    this.#add(files);
  }

  #drops(root) {
    const brings = (event) => event.dataTransfer?.types.includes("Files");
    const over = (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      root.classList.add("dropping");
    };
    const away = () => root.classList.remove("dropping");
    root.addEventListener("dragenter", over);
    root.addEventListener("dragover", over);
    root.addEventListener("dragleave", (event) => root.contains(event.relatedTarget) || away());
    root.addEventListener("drop", (event) => {
      away();
      if (!brings(event)) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
  }

  // waits holds a text back that would lack what is still on its way.
  #waits(event) {
    if (this.#under.size === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#tell("A file is still being sent. Wait for it, or cancel it.");
    for (const item of this.#under) item.say("Still being sent. Wait for it, or cancel it.");
  }

  #tell(text) {
    this.status.textContent = text;
  }

  #add(files) {
    for (const file of files) {
      const item = new Item(file, () => this.#send(item), () => this.#gone(item));
      this.list.hidden = false;
      this.list.append(item.node);
      if (file.size > Number(this.input.dataset.max)) item.say(`A file has at most ${Number(this.input.dataset.max) >> 20} MB, and ${item.name} has more. Make it smaller, or link to it.`, true);
      else this.#send(item);
    }
  }

  // send puts a file behind those that are on their way: what one reads first is there first.
  #send(item) {
    this.#under.add(item);
    this.#last = this.#last.then(() => item.send()).then((answer) => {
      this.#under.delete(item);
      if (!answer) return;
      words(this.box, answer.markdown);
      item.kept(answer, this.box);
      this.#tell(`${answer.name} is in the text.`);
    });
  }

  #gone(item) {
    this.#under.delete(item);
    item.node.remove();
    this.list.hidden = !this.list.firstElementChild;
    this.box.focus();
  }

  // clear takes the list away, once the text is posted.
  clear() {
    if (!this.list || this.#under.size > 0) return;
    this.list.replaceChildren();
    this.list.hidden = true;
  }
}

// Item is one file: how far it is, what went wrong, or the words for it.
class Item {
  constructor(file, again, gone) {
    this.file = file;
    this.key = key(); // the same file sent again is kept once
    this.again = again;
    this.name = file.name || "Pasted picture";
    this.thumb = el("span", { class: "thumb" }, icon(file.type.startsWith("image/") ? "image" : "link"));
    this.bar = el("progress", { max: "1", value: "0", "aria-label": `How far ${this.name} is` });
    this.middle = el("div", {}, el("span", { class: "name" }, this.name), this.bar);
    this.close = button("btn quiet small icon", icon("x"), () => this.#stop(gone), { "aria-label": `Cancel ${this.name}` });
    this.node = el("li", {}, this.thumb, this.middle, this.close);
  }

  #stop(gone) {
    this.stopped = true;
    this.request?.abort();
    gone();
  }

  // say puts a sentence below the name.
  say(text, wrong = false) {
    find(".said", this.node)?.remove();
    if (text) this.node.append(el("p", { class: wrong ? "said error" : "said", role: wrong ? "alert" : "status" }, text));
  }

  // send resolves with what the server made of the file; with nothing if it is not there.
  async send() {
    if (this.stopped) return null;
    this.say("");
    this.bar.hidden = false;
    const answer = await this.#ask();
    this.bar.hidden = true;
    if (this.stopped || answer.address) return this.stopped ? null : answer;
    this.say(answer.error?.text ?? lost, true);
    find(".said", this.node).append(" ", button("link", "Try again", () => this.again()));
    return null;
  }

  #ask() {
    const form = new FormData();
    form.append("key", this.key);
    form.append("file", this.file, this.name);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.upload.addEventListener("progress", (event) => event.lengthComputable && (this.bar.value = event.loaded / event.total));
      request.addEventListener("load", () => done(request.response ?? {}));
      for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => done({}));
      request.open("POST", "/files");
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      request.send(form);
    });
  }

  // kept shows the file as it is now and, of a picture, asks what it shows.
  kept(answer, box) {
    this.close.setAttribute("aria-label", `Close the line of ${answer.name}`);
    if (!answer.small) {
      this.bar.replaceWith(el("span", { class: "said" }, "It is in the text, as a link."));
      return;
    }
    this.thumb.replaceWith(el("img", { class: "thumb", src: answer.small, alt: "" }));
    const field = el("input", { class: "input small", type: "text", maxlength: "300", autocomplete: "off", input: () => describe(box, answer.address, field.value) });
    this.bar.replaceWith(el("label", {}, el("span", { class: "muted" }, "What it shows, for those who do not see it"), field));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      box.focus();
    });
  }
}

// describe writes the words for a picture between its brackets in the text.
function describe(box, address, text) {
  const end = box.value.indexOf(`](${address})`);
  const begin = end < 0 ? -1 : box.value.lastIndexOf("![", end);
  if (begin < 0) return; // it was taken out of the text
  box.setRangeText(text.replace(/[\\[\]*_`<&]/g, "\\$&").replace(/\s+/g, " "), begin + 2, end, "preserve");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
