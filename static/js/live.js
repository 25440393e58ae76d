// The live line: one socket for the whole page. It joins the rooms that the page shows, goes on
// from the last change of each that the page has, and comes back by itself when it is cut.
import { final, pause } from "./closes.js";
import { me } from "./dom.js";
import { Refusal } from "./fetched.js";

const protocol = "guildhall.html.v1";
const answerWithin = 15_000;
const aliveWithin = 5_000;
const heal = 3_000;
const stable = 5_000; // a connection that lasts this long has earned a quick return

class Line extends EventTarget {
  rooms = new Map(); // id → { seq, hear, note, turn }
  state = "idle"; // idle, connecting, open, lost, over
  code = 0; // with which the last socket was closed
  lostAt = null;
  nextAt = 0; // when the next attempt is made

  #socket = null;
  #asked = new Map(); // ref → { done, fail, timer }
  #ref = 0;
  #tries = 0;
  #timer = 0;

  // join hears a room from seq on. hear(frame) is called for each change in its order, and the next
  // one waits for what it returns; note(frame) for what is only of the moment.
  join(id, seq, hear, note) {
    this.rooms.set(id, { seq, hear, note, turn: Promise.resolve() });
    if (this.state === "open") this.#enter(id);
  }

  // ask sends an operation and waits for its answer. It fails with a Refusal: in the words of the
  // server, or with the code "offline" where nobody can tell whether it was carried out.
  ask(op) {
    if (this.state !== "open") return Promise.reject(unknown());
    const ref = `r${++this.#ref}`;
    return new Promise((done, fail) => {
      const timer = setTimeout(() => this.#lose(), op.op === "ping" ? aliveWithin : answerWithin);
      this.#asked.set(ref, { done, fail, timer });
      this.#send({ ...op, ref });
    });
  }

  // tell sends what nobody waits for.
  tell = (op) => this.state === "open" && this.#send(op);

  start() {
    window.addEventListener("online", () => this.now());
    window.addEventListener("offline", () => this.#lose());
    window.addEventListener("pagehide", () => this.#stop());
    window.addEventListener("pageshow", (event) => event.persisted && this.now());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#look());
    this.now();
  }

  // now connects without waiting any longer.
  now() {
    if (this.state === "open" || this.state === "connecting" || this.state === "over") return;
    clearTimeout(this.#timer);
    this.#become("connecting");
    const address = new URL("/live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.#socket = new WebSocket(address, protocol));
    const ours = (act) => (event) => socket === this.#socket && act(event);
    socket.onopen = ours(() => this.#opened());
    socket.onmessage = ours((event) => this.#hear(JSON.parse(event.data)));
    socket.onclose = ours((event) => this.#closed(event.code, event.reason));
  }

  #send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #opened() {
    const socket = this.#socket;
    setTimeout(() => socket === this.#socket && (this.#tries = 0), stable);
    this.lostAt = null;
    this.#become("open");
    for (const id of this.rooms.keys()) this.#enter(id);
  }

  // A room that is closed to us by now answers the page with its door.
  async #enter(id) {
    try {
      await this.ask({ op: "join", room: id, seq: this.rooms.get(id).seq });
      this.#mark("joined");
      this.#note("joined", id);
    } catch (refused) {
      if (refused.code === "missing" || refused.code === "refused") this.#note("evicted", { room: id });
      else if (refused.code !== "offline") setTimeout(() => this.#lose(), heal * (1 + Math.random()));
    }
  }

  #hear(frame) {
    if (frame.type === "ack" || frame.type === "error") return this.#answered(frame);
    const room = this.rooms.get(frame.room);
    const change = frame.type === "change";
    if (change || frame.type === "reset") {
      if (!room || (change && frame.seq <= room.seq)) return;
      room.seq = frame.seq;
      room.turn = room.turn.then(() => this.#deliver(room, frame));
      return;
    }
    room?.note?.(frame);
    this.#note(frame.type, frame);
  }

  // deliver hands a change over. One that cannot be shown, or a room that cannot be drawn anew just
  // now, leaves a hole: so the room is drawn anew, later and later, until it could be.
  async #deliver(room, frame, tries = 0) {
    try {
      await room.hear(frame);
    } catch (error) {
      if (frame.type !== "reset") console.error(error);
      await new Promise((go) => setTimeout(go, heal * 2 ** Math.min(tries, 4)));
      await this.#deliver(room, { type: "reset", room: frame.room, seq: frame.seq }, tries + 1);
    }
  }

  #note(type, frame) {
    this.dispatchEvent(new CustomEvent(type, { detail: frame }));
  }

  #answered({ type, ref, code, text, data }) {
    const asked = this.#asked.get(ref);
    if (!asked) return;
    this.#asked.delete(ref);
    clearTimeout(asked.timer);
    if (type === "ack") asked.done(data);
    else asked.fail(new Refusal(code, text));
  }

  // lose gives a connection up that does not answer; the browser might wait for minutes.
  #lose() {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed(0, "");
    socket.close();
  }

  #stop() {
    if (!this.#socket) return;
    const socket = this.#socket;
    this.#drop();
    this.#become("idle");
    socket.close();
  }

  #drop() {
    this.#socket = null;
    for (const asked of this.#asked.values()) {
      clearTimeout(asked.timer);
      asked.fail(unknown());
    }
    this.#asked.clear();
  }

  #closed(code, reason) {
    this.code = code;
    this.lostAt ??= new Date();
    this.#drop();
    if (final.includes(code)) return this.#become("over");
    const wait = pause(code, reason, this.#tries++);
    this.nextAt = Date.now() + wait;
    this.#timer = setTimeout(() => this.now(), wait);
    this.#become("lost");
  }

  #look() {
    if (this.state === "lost") this.now();
    else this.ask({ op: "ping" }).catch(() => {}); // a dead connection shows itself by not answering
  }

  // mark shows sheets, and whoever watches the page from outside, how far the line is.
  #mark(state) {
    document.documentElement.dataset.live = state;
  }

  #become(state) {
    this.state = state;
    this.#mark(state);
    this.dispatchEvent(new Event("state"));
  }
}

const unknown = () => new Refusal("offline", "The connection was lost before the answer came.");

export const line = new Line();

// start connects a page that has something to hear: a room, or a member's own news.
export function start() {
  if (me || line.rooms.size > 0) line.start();
}
