// What was written in a room and is not acknowledged yet. Each thing has a key of its own, with
// which it is kept once however often it is sent; the browser holds it until then.
import { kept, thisTab } from "./dom.js";

// key is one that nobody has used.
export function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  #items;
  #sending = false;

  // send(item) resolves when it is kept. changed(item, state, answer) follows it: "waiting", "sent"
  // or "failed".
  constructor(room, send, changed) {
    this.name = `outbox:${room}`;
    this.send = send;
    this.changed = changed;
    this.#items = kept.get(thisTab, this.name) ?? [];
    for (const item of this.#items) changed(item, item.fault ? "failed" : "waiting");
  }

  // busy tells whether something is on its way, or will be.
  get busy() {
    return this.#items.some((item) => !item.fault);
  }

  add(text) {
    const item = { key: key(), text, at: new Date().toISOString() };
    this.#items.push(item);
    this.#keep();
    this.changed(item, "waiting");
    this.flush();
  }

  retry(item) {
    delete item.fault;
    this.#keep();
    this.changed(item, "waiting");
    this.flush();
  }

  drop(item) {
    this.#items = this.#items.filter((other) => other.key !== item.key);
    this.#keep();
  }

  // flush sends what waits, one after the other, so that it stands in the order of its writing.
  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    for (let item; (item = this.#items.find((waiting) => !waiting.fault)); ) {
      try {
        const answer = await this.send(item);
        this.drop(item);
        this.changed(item, "sent", answer);
      } catch (refused) {
        if (refused.code === "offline") break; // it waits for the connection
        item.fault = refused.message;
        this.#keep();
        this.changed(item, "failed");
      }
    }
    this.#sending = false;
  }

  #keep() {
    kept.set(thisTab, this.name, this.#items.length ? this.#items : null);
  }
}
