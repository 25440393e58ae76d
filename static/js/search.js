// The search field of the bar: what there is, as one types. It is a combobox: the arrows go through
// what is offered while the letters stay in the field, Enter opens it, Escape puts it away.
import { all, debounce, find } from "./dom.js";
import { part } from "./fetched.js";

const pause = 180; // between two letters of somebody who types
const form = find("form[data-suggest]");
const field = form && find("input", form);
const list = form && find(".suggest", form);
const status = form && find("[role=status]", form);

let asked = 0;
let under = null; // the request that is under way

const options = () => all("[role=option]", list);
const chosen = () => find('[aria-selected="true"]', list);

function close() {
  asked += 1; // what is under way comes too late
  under?.abort();
  list.hidden = true;
  list.replaceChildren();
  status.textContent = "";
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

// step goes round: past the last comes the field itself, and then the first.
function step(by) {
  const stops = [null, ...options()];
  choose(stops[(stops.indexOf(chosen()) + by + stops.length) % stops.length]);
}

async function offer() {
  const mine = ++asked;
  under?.abort();
  under = new AbortController();
  let offered;
  try {
    offered = await part(`${form.dataset.suggest}?${new URLSearchParams({ q: field.value })}`, { signal: under.signal });
  } catch {
    return; // the form still asks
  }
  if (mine !== asked || document.activeElement !== field) return;
  list.replaceChildren(offered);
  const n = options().length;
  list.hidden = n === 0;
  field.setAttribute("aria-expanded", String(n > 0));
  choose(null);
  status.textContent = n === 0 ? "" : `${n} ${n === 1 ? "suggestion" : "suggestions"}. Arrows to choose.`;
}

const soon = debounce(pause, () => document.activeElement === field && offer());

function pressed(event) {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === "Escape" && open) close();
  else if (event.key === "Escape") field.blur();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) step(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "ArrowDown") offer();
  else return;
  event.preventDefault();
}

// sent is Enter, however it was pressed: with something chosen it leads there.
function sent(event) {
  const to = !list.hidden && chosen();
  if (!to) return;
  event.preventDefault();
  to.click();
}

export function start() {
  if (!form) return;
  const role = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [name, value] of Object.entries(role)) field.setAttribute(name, value);
  field.addEventListener("input", soon);
  field.addEventListener("focus", soon);
  field.addEventListener("keydown", pressed);
  form.addEventListener("submit", sent);
  form.addEventListener("focusout", (event) => !form.contains(event.relatedTarget) && close());
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
}
