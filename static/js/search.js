// A search field: what there is, as one types. It is a combobox: the arrows go through what is offered
// while the letters stay in the field, Enter opens it, Escape puts it away.
import { all, debounce, find } from "./dom.js";
import { part } from "./fetched.js";

const pause = 180; // between two letters of somebody who types

class Offers {
  #form;
  #field;
  #list;
  #status;
  #asked = 0;
  #under = null; // the request that is under way

  constructor(form) {
    this.#form = form;
    this.#field = find("input", form);
    this.#list = find(".suggest", form);
    this.#status = find("[role=status]", form);
    const role = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(role)) this.#field.setAttribute(name, value);
    const soon = debounce(pause, () => document.activeElement === this.#field && this.#offer());
    this.#field.addEventListener("input", soon);
    if (form.dataset.offers === "at once") this.#field.addEventListener("focus", soon);
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    form.addEventListener("submit", (event) => this.#sent(event));
    form.addEventListener("focusout", (event) => !form.contains(event.relatedTarget) && this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
  }

  #options() {
    return all("[role=option]", this.#list);
  }

  #chosen() {
    return find('[aria-selected="true"]', this.#list);
  }

  #close() {
    this.#asked += 1; // what is under way comes too late
    this.#under?.abort();
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#status.textContent = "";
    this.#field.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
  }

  #choose(option) {
    for (const other of this.#options()) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      this.#field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.#field.removeAttribute("aria-activedescendant");
    }
  }

  // step goes round: past the last comes the field itself, and then the first.
  #step(by) {
    const stops = [null, ...this.#options()];
    this.#choose(stops[(stops.indexOf(this.#chosen()) + by + stops.length) % stops.length]);
  }

  async #offer() {
    const mine = ++this.#asked;
    this.#under?.abort();
    this.#under = new AbortController();
    let offered;
    try {
      offered = await part(`${this.#form.dataset.suggest}?${new URLSearchParams({ q: this.#field.value })}`, { signal: this.#under.signal });
    } catch {
      return; // the form still asks
    }
    if (mine !== this.#asked || document.activeElement !== this.#field) return;
    this.#list.replaceChildren(offered);
    const n = this.#options().length;
    this.#list.hidden = n === 0;
    this.#field.setAttribute("aria-expanded", String(n > 0));
    this.#choose(null);
    this.#status.textContent = n === 0 ? "" : `${n} ${n === 1 ? "suggestion" : "suggestions"}. Arrows to choose.`;
  }

  #pressed(event) {
    if (event.isComposing) return;
    const open = !this.#list.hidden;
    if (event.key === "Escape" && open) this.#close();
    else if (event.key === "Escape") this.#field.blur();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) this.#step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "ArrowDown") this.#offer();
    else return;
    event.preventDefault();
  }

  // #sent is Enter, however it was pressed: with something chosen it leads there.
  #sent(event) {
    const to = !this.#list.hidden && this.#chosen();
    if (!to) return;
    event.preventDefault();
    to.click();
  }
}

export function start() {
  for (const form of all("form[data-suggest]")) new Offers(form);
}
