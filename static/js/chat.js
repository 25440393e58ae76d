// A room: what is said appears, what one says is sent, and nothing is lost or doubled on the way.
import { start as banner } from "./banner.js";
import { completes } from "./complete.js";
import { el, find, icon, me } from "./dom.js";
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
import { quotes } from "./quotes.js";
import { Reading } from "./reading.js";
import * as tab from "./tab.js";
import { sayAll } from "./times.js";
import { toast } from "./toasts.js";
import { Typing } from "./typing.js";
import { Uploads } from "./uploads.js";
import { upTo } from "./words.js";

class Room {
  #passed = new Map(); // what came while the end of the room is on another page, by id
  #early = []; // copies of what this page sent, that came before its acknowledgement
  #unseen = 0;
  #news = new Set(); // roots of threads in which somebody wrote, as long as this page is open
  #late = 0; // of these, what is counted at the level at which the reader follows the room

  constructor(root) {
    this.id = root.dataset.room;
    this.root = root.dataset.root ?? ""; // the message whose thread it is
    this.log = new Log(root, (end) => end && this.#arrived());
    this.jump = find("#jump");
    this.typing = new Typing(this.id, "is typing", "are typing");
    this.present = new Present();
    this.reading = new Reading(this.id, Number(root.dataset.read), () => this.log.stuck && this.log.whole, () => this.#arrived(), this.root);
    line.join(this.id, Number(root.dataset.seq), (frame) => this.#hear(frame), (frame) => this.#note(frame));
    if (find(".chatbox")) this.#speak(find(".chatbox"));
    edits(this.log);
    history(this.log, (seq) => this.#whole(seq));
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
    } else if (first && (this.log.whole || location.hash === "#new")) {
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
    quotes(this.log.root, box);
    tells(box, find("[data-left]", form.parentElement));
    this.uploads = new Uploads(form, box, form.parentElement);
    this.outbox = new Outbox(this.id + this.root, (item) => this.#send(item), (item, state, answer) => this.#follow(item, state, answer));
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
    return line.ask({ op: "send", room: this.id, key: item.key, text: item.text, reply: this.root || undefined });
  }

  #follow(item, state, answer) {
    if (!document.getElementById(`pending-${item.key}`) && state !== "sent") this.log.put(pending.draft(item));
    if (state === "waiting") pending.waiting(item, line.state === "open");
    if (state === "failed") pending.failed(item, () => this.outbox.retry(item), () => this.#discard(item));
    if (state === "sent") {
      this.#kept(item, answer);
      this.#rests();
    }
    if (this.log.stuck) this.log.toEnd();
    if (!this.outbox?.busy) this.#settle();
  }

  // rests counts down until one may speak again, where the room goes slowly.
  #rests() {
    const slow = find("#slow[data-pause]");
    if (!slow) return;
    find("[data-wait]", slow)?.remove();
    const said = el("p", { role: "timer", "data-wait": slow.dataset.pause });
    slow.lastElementChild.append(said);
    import("./slow.js").then((part) => part.start(said));
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
    if (old) return this.#again(old, article);
    if ((article.dataset.root ?? "") !== this.root) return this.#beside(article);
    if (frame.kind !== "added" || !this.log.whole) return this.#pass(frame, article);
    const own = article.dataset.author === me;
    if (own && this.outbox?.busy) return this.#early.push(article); // its acknowledgement says which it is
    this.#added(article, own, frame.seq);
  }

  // again is a message that is on the page already: in its log, or above it.
  #again(old, article) {
    if (this.log.root.contains(old)) this.log.put(article);
    else {
      old.replaceWith(article);
      sayAll(article);
    }
    if (this.#news.has(article.dataset.message)) tellsNews(article);
  }

  // beside is what was said in the room, but not in what this page shows of it.
  #beside(article) {
    if (this.root || !article.dataset.root || article.dataset.author === me) return;
    this.#news.add(article.dataset.root); // the root itself comes next
  }

  #added(article, own, seq) {
    const away = !own && (document.hidden || !this.log.stuck);
    if (away) this.#missed(article);
    article.classList.add("fresh");
    this.log.put(article);
    if (away && !find("#new")) this.log.news(article);
    this.typing.said(article);
    this.#count();
    this.reading.saw(seq);
  }

  // missed counts one more that the reader has not seen.
  #missed(article) {
    const level = Number(this.log.root.dataset.level);
    this.#unseen++;
    if (level === 2 || (level === 1 && article.classList.contains("mentions"))) this.#late++;
  }

  // pass notes what stands on another page, and keeps it until this one has come so far.
  #pass(frame, article) {
    if (frame.kind !== "added" && !this.#passed.has(frame.id)) return;
    this.#passed.set(frame.id, article);
    if (frame.kind !== "added") return;
    this.#missed(article);
    this.#count();
  }

  // whole goes on as the page of what is said now: what came while the last of it was fetched is put
  // where it belongs.
  #whole(seq) {
    for (const [, article] of this.#passed) if (Number(article.dataset.seq) > seq || document.getElementById(article.id)) this.log.put(article);
    this.#passed.clear();
    this.reading.saw(Math.max(seq, Number(this.log.root.dataset.seq)));
    this.#count();
  }

  #arrived() {
    if (!this.log.whole || document.hidden) return;
    this.#unseen = this.#late = 0;
    this.#count();
    this.reading.look();
  }

  #count() {
    if (!this.root) tab.count(this.id, this.#late);
    if (!this.jump) return;
    this.jump.hidden = this.#unseen === 0 && this.log.whole;
    this.jump.replaceChildren(icon("down"), this.#unseen ? `${upTo(this.#unseen, 99)} new` : "Now");
  }

  #jump(event) {
    event.preventDefault();
    if (!this.log.whole) location.assign(this.log.root.dataset.roomAddress);
    else if (find("#new")) find("#new").scrollIntoView({ block: "start" });
    else this.log.toEnd();
  }

  #note(frame) {
    if (frame.type === "typing") this.typing.hear(frame);
    if (frame.type === "presence") this.present.show(frame);
    if (frame.type === "unread" && (frame.data.thread ?? "") === this.root) this.#readTo(frame.data);
    else if (frame.data?.thread) this.#news.delete(frame.data.thread);
  }

  // readTo follows what the reader did on another page: read on, or marked as unread again.
  #readTo({ seq, back }) {
    if (!back) {
      this.reading.elsewhere(seq);
      if (this.log.messages().some((article) => Number(article.dataset.seq) > seq)) return;
      this.#unseen = this.#late = 0;
      return this.#count();
    }
    this.reading.back(seq);
    const late = this.log.messages().filter((article) => Number(article.dataset.seq) > seq && article.dataset.author !== me);
    this.#unseen = this.#late = 0;
    late.forEach((article) => this.#missed(article));
    if (late.length > 0) this.log.news(late[0]);
    this.#count();
  }

  async #anew(seq) {
    const stuck = this.log.stuck;
    await redraw("#log");
    this.#passed.clear();
    if (stuck) this.log.toEnd();
    this.reading.saw(seq);
  }
}

// tellsNews marks what a room shows of a thread.
function tellsNews(article) {
  const chip = find(".thread-chip", article);
  if (chip && !find(".dot", chip)) chip.append(el("span", { class: "dot brass" }), el("span", { class: "sr" }, "something new"));
}

export function start(root) {
  banner("your messages are kept. ");
  new Room(root);
}
