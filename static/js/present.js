// Who is here: the list beside a room or a topic, and how many there are.
import { el, find, fragment } from "./dom.js";
import { sayAll } from "./times.js";
import { first, initials, number } from "./words.js";

export class Present {
  constructor() {
    this.list = find("#here");
    this.sum = find("#here-count");
  }

  show({ html, data }) {
    if (html) return this.#drawn(html);
    this.#count(data.count);
    const list = this.list && find("ul", this.list);
    if (!list) return;
    const known = new Map([...list.children].map((entry) => [find("a", entry)?.getAttribute("href"), entry]));
    list.replaceChildren(...data.here.map((who) => known.get(address(who)) ?? entry(who)));
    find(":scope > p", this.list)?.remove();
    const more = data.count - data.here.length;
    if (more > 0) this.list.append(el("p", { class: "sm muted" }, `${number(more)} more here`));
  }

  #drawn(html) {
    if (!this.list) return;
    const fresh = fragment(html);
    this.#count(Number(find("[data-count]", fresh)?.dataset.count ?? fresh.querySelectorAll("li").length));
    if (this.list.tagName === "SECTION") this.list.hidden = !fresh.querySelector(".crest");
    this.list.replaceChildren(fresh);
    sayAll(this.list);
  }

  #count(n) {
    if (!this.sum) return;
    this.sum.replaceChildren(...(n > 0 ? [el("span", { class: "dot live" }), ` ${number(n)} here`] : []));
  }
}

const address = (who) => `/m/${encodeURIComponent(who.handle)}`;

function entry(who) {
  return el("li", {},
    el("span", { class: "crest sm here", "aria-hidden": "true" }, initials(who.name)),
    el("span", { class: "grow" }, el("span", { class: "row" }, el("a", { class: "bare", href: address(who) }, el("b", {}, first(who.name))))));
}
