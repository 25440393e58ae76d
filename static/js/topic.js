// A topic that is open: replies appear in their place, what changes is drawn anew, and how far one
// has read is remembered.
import { start as banner } from "./banner.js";
import { all, el, find, icon, me } from "./dom.js";
import { redraw } from "./fetched.js";
import { folded } from "./ignored.js";
import { line } from "./live.js";
import { copy } from "./mine.js";
import { refresh, voted, start as polls } from "./polls.js";
import { Present } from "./present.js";
import { quotes } from "./quote.js";
import { Reading } from "./reading.js";
import { sayAll } from "./times.js";
import { Typing } from "./typing.js";
import { plural } from "./words.js";

// Everybody who has a topic open asks anew when it changes as a whole, but not in the same moment.
const spread = 1_500;

class Topic {
  #unseen = new Set(); // replies below what is on the screen, or on another page
  #down = null; // the post furthest down the page that was on the screen

  constructor(root) {
    this.root = root;
    this.id = root.dataset.room;
    this.last = root.dataset.last === "true";
    this.typing = new Typing(this.id, "is replying", "are replying");
    this.present = new Present();
    this.reading = new Reading(this.id, Number(root.dataset.read), () => true, () => this.reading.look());
    this.sight = new IntersectionObserver((seen) => this.#saw(seen));
    for (const post of all(".post", root)) this.sight.observe(find(":scope > footer", post));
    line.join(this.id, Number(root.dataset.seq), (frame) => this.#hear(frame), (frame) => this.#note(frame));
    quotes(root);
    polls();
    find("#reply textarea")?.addEventListener("input", (event) => event.target.value && this.typing.tell());
    window.addEventListener("hashchange", target);
    target();
  }

  async #hear(frame) {
    if (frame.type === "reset") return this.#anew();
    const old = document.getElementById(`post-${frame.id}`);
    if (frame.kind === "voted") return old && voted(old);
    const post = copy(frame.html, old);
    if (!post) return this.#anew(spread);
    if (old) this.#replace(old, post);
    else if (frame.kind === "added") this.#added(post);
    if (frame.kind !== "reacted") refresh(post, old && spread);
  }

  #replace(old, post) {
    old.replaceWith(post);
    this.#placed(post);
  }

  #placed(post) {
    sayAll(post);
    this.sight.observe(find(":scope > footer", post));
  }

  #added(post) {
    this.typing.said(post);
    document.dispatchEvent(new CustomEvent("replied", { detail: post }));
    if (!this.last) {
      counted();
      return this.#more(post);
    }
    post.classList.add("fresh");
    this.put(post);
    if (post.dataset.author !== me && post.getBoundingClientRect().top > window.innerHeight) this.#more(post);
  }

  // put places a post by its number.
  put(post) {
    const later = all(":scope > .post", this.root).find((other) => Number(other.dataset.number) > Number(post.dataset.number));
    if (later) later.before(folded(post, this.root));
    else this.root.append(folded(post, this.root));
    this.#placed(post);
    counted();
  }

  // more tells of replies that are not on the screen.
  #more(post) {
    this.#unseen.add(post.dataset.number);
    this.chip ??= el("a", { class: "jump", href: "#", role: "status", click: (event) => this.#go(event) });
    const n = this.#unseen.size;
    this.chip.replaceChildren(icon("down"), plural(n, "new reply", "new replies"));
    if (!this.chip.isConnected) find("#typing").before(el("div", { class: "dock more" }, this.chip));
  }

  #go(event) {
    event.preventDefault();
    const number = Math.min(...[...this.#unseen].map(Number));
    const post = find(`[data-number="${number}"]`, this.root);
    if (post) post.scrollIntoView({ block: "start" });
    else location.assign(`${location.pathname}?post=${number}#p${number}`);
  }

  #saw(seen) {
    for (const { target: footer, isIntersecting } of seen) {
      if (!isIntersecting || !footer.isConnected) continue;
      const { number } = footer.closest(".post").dataset;
      this.#unseen.delete(number);
      if (this.root.dataset.along === "true") this.reading.saw(this.#come(footer.closest(".post")));
      this.#thumb(Number(number));
    }
    if (this.#unseen.size === 0) this.chip?.parentElement?.remove();
  }

  // come is up to which number one has read who came down the page to that post: as far as nothing was
  // left out that the page shows, in whatever order it stands.
  #come(post) {
    const after = (other) => this.#down.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!this.#down?.isConnected || after(post)) this.#down = post;
    const numbers = (some) => some.map((other) => Number(other.dataset.number));
    const posts = all(".post", this.root);
    const next = Math.min(...numbers(posts.filter((other) => after(other) && !other.closest("details:not([open])"))));
    return Math.max(0, ...numbers(posts).filter((number) => number < next));
  }

  // thumb follows the reader along the timeline.
  #thumb(number) {
    const thumb = find("[data-thumb]");
    if (!thumb) return;
    const whole = Math.max(number, Number(thumb.textContent.split(" of ")[1]?.replace(/\D/g, "")) || 0);
    const share = whole > 1 ? Math.floor(((number - 1) * 100) / (whole - 1)) : 0;
    thumb.className = thumb.className.replace(/\bv-\d+\b/, `v-${Math.min(share, 76)}`);
    thumb.textContent = `${number} of ${whole}`;
  }

  #note(frame) {
    if (frame.type === "typing") this.typing.hear(frame);
    if (frame.type === "presence") this.present.show(frame);
    if (frame.type === "unread") this.reading.follows(frame.data.upto);
  }

  async #anew(within = 0) {
    if (within) await new Promise((go) => setTimeout(go, within * Math.random()));
    const doc = await redraw("#topic-title", "#topic-meta", "#posts", "#deeds");
    if (doc) for (const post of all(".post", this.root)) this.#placed(post);
  }
}

// counted keeps the number of replies at the head of the topic.
function counted() {
  const count = find("#topic-meta [data-replies]");
  if (!count) return;
  const { dataset } = count;
  dataset.replies = Number(dataset.replies) + 1;
  count.replaceChildren(plural(Number(dataset.replies), "reply", "replies"));
}

// target points out the post that the address names.
function target() {
  const number = location.hash.match(/^#p(\d+)$/)?.[1];
  const post = number && find(`#posts [data-number="${number}"]`);
  if (!post) return;
  post.classList.remove("fresh");
  void post.offsetWidth; // so that it is new again to the animation
  post.classList.add("fresh");
  post.tabIndex = -1;
  post.focus({ preventScroll: true });
}

let open = null;

// place puts a post that this page sent, and says whether this is where it stands. What the line brought of it
// meanwhile may be newer, and stays.
export function place(post) {
  if (!open?.last || !post) return false;
  if (!document.getElementById(post.id)) open.put(document.adoptNode(post));
  return true;
}

export function start(root) {
  banner("what you write is kept. ");
  open = new Topic(root);
}
