// A field for several names, the tags of a topic or the readers of a letter: how the one under the caret goes on.
// It is a combobox like the search field, of which only the piece that is being typed is completed.
import { all, debounce, el, find } from "./dom.js";

const pause = 180;

class Tags {
  #asked = 0;

  constructor(field) {
    this.field = field;
    this.list = find(".suggest", field.parentElement);
    this.status = document.getElementById(`${field.id}-status`);
    const role = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(role)) field.setAttribute(name, value);
    const soon = debounce(pause, () => document.activeElement === field && this.#offer());
    field.addEventListener("input", soon);
    field.addEventListener("keydown", (event) => this.#pressed(event));
    field.addEventListener("blur", () => this.#close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
    this.list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")));
  }

  // piece is what is typed of the tag under the caret, and where it begins.
  #piece() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const at = before.search(/[^,;\s]*$/);
    return { at, text: before.slice(at) };
  }

  async #offer() {
    const mine = ++this.#asked;
    const { text } = this.#piece();
    const { one = "tag", many = "tags" } = this.field.dataset;
    const had = new Set(this.field.value.toLowerCase().split(/[,;\s]+/));
    let names;
    try {
      const address = new URL(this.field.dataset.tags, location.href);
      address.searchParams.set("q", text);
      names = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
    } catch {
      return; // what is typed is taken all the same
    }
    if (mine !== this.#asked || document.activeElement !== this.field) return;
    names = names.map((one) => (typeof one === "string" ? { name: one, words: one } : one)).filter(({ name }) => !had.has(name));
    const option = ({ name, words }, i) => el("a", { role: "option", id: `${this.field.id}-${i}`, "aria-selected": "false", "data-name": name }, words);
    this.list.replaceChildren(...names.map(option));
    this.list.hidden = names.length === 0;
    this.field.setAttribute("aria-expanded", String(names.length > 0));
    this.field.removeAttribute("aria-activedescendant");
    this.status.textContent = names.length === 0 ? "" : `${names.length} ${names.length === 1 ? one : many}. Arrows to choose.`;
  }

  #close() {
    this.#asked += 1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  #step(by) {
    const stops = [null, ...all("[role=option]", this.list)];
    const now = stops.indexOf(find('[aria-selected="true"]', this.list));
    const next = stops[(now + by + stops.length) % stops.length];
    for (const option of stops.slice(1)) option.setAttribute("aria-selected", String(option === next));
    if (next) this.field.setAttribute("aria-activedescendant", next.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #take(option) {
    if (!option) return;
    const { at, text } = this.#piece();
    const { value } = this.field;
    const after = value.slice(at + text.length);
    const put = `${option.dataset.name}, `;
    this.field.value = value.slice(0, at) + put + after.replace(/^[,;\s]+/, "");
    this.field.setSelectionRange(at + put.length, at + put.length);
    this.field.dispatchEvent(new Event("change", { bubbles: true })); // a draft keeps it
    this.#close();
  }

  #pressed(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const chosen = open && find('[aria-selected="true"]', this.list);
    if (event.key === "Escape" && open) this.#close();
    else if (event.key === "ArrowDown" && !open) this.#offer();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) this.#step(event.key === "ArrowDown" ? 1 : -1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) this.#take(chosen);
    else return;
    event.preventDefault();
  }
}

export function start(fields) {
  for (const field of fields) new Tags(field);
}
