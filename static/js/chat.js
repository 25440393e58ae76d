// A room: what is said appears, what one says is sent, and nothing is lost or doubled on the way.
import { start as banner } from "./banner.js";
import { completes } from "./complete.js";
import { find, icon, me } from "./dom.js";
import { Draft } from "./drafts.js";
import { edits } from "./edit.js";
import { redraw } from "./fetched.js";
import { history } from "./history.js";
import { tells } from "./left.js";
import { line } from "./live.js";
import { Log } from "./log.js";
import { toolbar } from "./marks.js";
import { copy } from "./mine.js";
import { Outbox } from "./outbox.js";
import * as pending from "./pending.js";
import { Present } from "./present.js";
import { Reading } from "./reading.js";
import { toast } from "./toasts.js";
import { Typing } from "./typing.js";
import { Uploads } from "./uploads.js";
import { upTo } from "./words.js";

class Room {
  #early = []; // copies of what this page sent, that came before its acknowledgement
  #unseen = 0;

  constructor(root) {
    this.id = root.dataset.room;
    this.log = new Log(root, (end) => end && this.#arrived());
    this.jump = find("#jump");
    this.typing = new Typing(this.id, "is typing", "are typing");
    this.present = new Present();
    this.reading = new Reading(this.id, Number(root.dataset.read), () => this.log.stuck && this.log.whole, () => this.#arrived());
    line.join(this.id, Number(root.dataset.seq), (frame) => this.#hear(frame), (frame) => this.#note(frame));
    if (find(".chatbox")) this.#speak(find(".chatbox"));
    edits(this.log);
    history(this.log);
    this.jump?.addEventListener("click", (event) => this.#jump(event));
    this.#open();
  }

  // open begins at the message that the address names, where reading left off, or at the end.
  #open() {
    const news = find("#new");
    const first = news?.nextElementSibling;
    const named = location.hash.startsWith("#message-") && document.getElementById(location.hash.slice(1));
    if (named) {
      this.log.show(named);
    } else if (first && this.log.whole) {
      this.log.news(first).scrollIntoView({ block: "center" });
    } else if (this.log.whole && !location.hash) {
      this.log.toEnd();
    }
    this.reading.saw(Number(this.log.root.dataset.seq));
  }

  #speak(form) {
    const box = find("textarea", form);
    if (form.dataset.keep) this.draft = new Draft(form.dataset.draft, form.dataset.keep, box);
    completes(box, box.dataset.complete);
    toolbar(form, box);
    tells(box, find("[data-left]", form.parentElement));
    this.uploads = new Uploads(form, box, form.parentElement);
    this.outbox = new Outbox(this.id, (item) => this.#send(item), (item, state, answer) => this.#follow(item, state, answer));
    line.addEventListener("joined", ({ detail }) => detail === this.id && this.outbox.flush());
    form.addEventListener("submit", (event) => {
      if (!this.log.whole) return; // an older stretch: the form itself leads to where one speaks
      event.preventDefault();
      this.#say(box);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    box.addEventListener("input", () => box.value.trim() && this.typing.tell());
  }

  #say(box) {
    const text = box.value.trim();
    if (!text) return;
    this.draft?.spoken();
    box.value = "";
    box.dispatchEvent(new Event("input"));
    find("#new")?.remove();
    this.log.stuck = true;
    this.outbox.add(text);
    this.uploads.clear();
    this.#arrived(); // who speaks stands at the end, and has seen what came
    this.typing.rest();
    box.focus();
  }

  #send(item) {
    return line.ask({ op: "send", room: this.id, key: item.key, text: item.text });
  }

  #follow(item, state, answer) {
    if (!document.getElementById(`pending-${item.key}`) && state !== "sent") this.log.put(pending.draft(item));
    if (state === "waiting") pending.waiting(item, line.state === "open");
    if (state === "failed") pending.failed(item, () => this.outbox.retry(item), () => this.#discard(item));
    if (state === "sent") this.#kept(item, answer);
    if (this.log.stuck) this.log.toEnd();
    if (!this.outbox?.busy) this.#settle();
  }

  #discard(item) {
    this.outbox.drop(item);
    pending.gone(item);
  }

  // kept makes one node of the two that an acknowledged message may have by now.
  #kept(item, answer) {
    const early = this.#early.findIndex((article) => article.dataset.message === answer.id);
    if (document.getElementById(`message-${answer.id}`) || early >= 0) pending.gone(item);
    else pending.kept(item, answer);
    if (early >= 0) this.log.put(this.#early.splice(early, 1)[0]);
    if (answer.untold) toast("warn", `Cannot read this, and was not told: @${answer.untold.join(", @")}.`);
  }

  #settle() {
    for (const article of this.#early.splice(0)) this.log.put(article);
  }

  async #hear(frame) {
    if (frame.type === "reset") return this.#anew(frame.seq);
    const old = document.getElementById(`message-${frame.id}`);
    const article = copy(frame.html, old);
    if (!article) return;
    if (old) return this.log.put(article);
    if (frame.kind !== "added" || !this.log.whole) return this.#pass(frame);
    const own = article.dataset.author === me;
    if (own && this.outbox?.busy) return this.#early.push(article); // its acknowledgement says which it is
    this.#added(article, own, frame.seq);
  }

  #added(article, own, seq) {
    const away = !own && (document.hidden || !this.log.stuck);
    if (away) this.#unseen++;
    article.classList.add("fresh");
    this.log.put(article);
    if (away && !find("#new")) this.log.news(article);
    this.typing.said(article);
    this.#count();
    this.reading.saw(seq);
  }

  // pass notes what stands on another page.
  #pass(frame) {
    if (frame.kind !== "added") return;
    this.#unseen++;
    this.#count();
  }

  #arrived() {
    if (!this.log.whole || document.hidden) return;
    this.#unseen = 0;
    this.#count();
    this.reading.look();
  }

  #count() {
    if (!this.jump) return;
    this.jump.hidden = this.#unseen === 0;
    this.jump.replaceChildren(icon("down"), `${upTo(this.#unseen, 99)} new`);
  }

  #jump(event) {
    event.preventDefault();
    if (!this.log.whole) location.assign(location.pathname);
    else if (find("#new")) find("#new").scrollIntoView({ block: "start" });
    else this.log.toEnd();
  }

  #note(frame) {
    if (frame.type === "typing") this.typing.hear(frame);
    if (frame.type === "presence") this.present.show(frame);
    if (frame.type === "unread") this.reading.elsewhere(frame.data.seq);
  }

  async #anew(seq) {
    const stuck = this.log.stuck;
    await redraw("#log");
    if (stuck) this.log.toEnd();
    this.reading.saw(seq);
  }
}

export function start(root) {
  banner("your messages are kept. ");
  new Room(root);
}
