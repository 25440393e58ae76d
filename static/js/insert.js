// What a toolbar asks about before it writes: an emoji out of many, a date with its zone. All of it is
// worked by keyboard alone, and gives the focus back to the text.
import { button, el } from "./dom.js";

// ask opens a dialog that is gone when it is closed. Where nothing was written the text is as it was left.
export function ask(title, box, ...children) {
  const { value, selectionStart, selectionEnd } = box;
  const gone = () => {
    dialog.remove();
    box.focus();
    if (box.value === value) box.setSelectionRange(selectionStart, selectionEnd);
  };
  const dialog = el("dialog", { class: "insert card", "aria-labelledby": "insert-title", close: gone },
    el("h2", { class: "h-small", id: "insert-title" }, title), ...children);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

let list = null;

// emoji gives the groups of all there are, as models/prose has them.
async function emoji() {
  const answer = await fetch("/emoji.txt");
  if (!answer.ok) throw new Error("The list could not be fetched just now. Names between colons work all the same, like :heart:.");
  const groups = [];
  for (const line of (await answer.text()).split("\n")) {
    if (line.startsWith("# ")) groups.push({ name: line.slice(2), all: [] });
    else if (line) {
      const [char, names, ...words] = line.split(" ");
      groups.at(-1).all.push({ char, name: names.split(",")[0], find: `${names.replaceAll("_", " ")} ${words.join(" ")}` });
    }
  }
  return groups;
}

const perRow = (grid) => Math.max(1, getComputedStyle(grid).gridTemplateColumns.split(" ").length);

// arrows leads the focus through the grid.
function arrows(event, root) {
  const steps = { ArrowLeft: -1, ArrowRight: 1 };
  const all = [...root.querySelectorAll(".emoji button")];
  const at = all.indexOf(document.activeElement);
  const row = perRow(root.querySelector(".emoji"));
  const step = steps[event.key] ?? { ArrowDown: at < 0 ? 1 : row, ArrowUp: -row }[event.key];
  if (!step || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (at + step < 0) root.querySelector("input").focus();
  else all[Math.min(at + step, all.length - 1)]?.focus();
}

export async function pickEmoji(box, write) {
  list ??= emoji();
  const results = el("div", { class: "found" });
  const search = el("input", { class: "input", type: "search", "aria-label": "Search emoji", placeholder: "Search: heart, film, thumbs", autocomplete: "off" });
  const dialog = ask("Emoji", box, search, results, button("btn quiet small", "Close", () => dialog.close()));
  dialog.addEventListener("keydown", (event) => arrows(event, dialog));
  search.focus();
  try {
    const groups = await list;
    const choose = (one) => {
      dialog.close();
      write(`:${one.name}:`);
    };
    const draw = () => {
      const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (one) => asked.every((word) => one.find.includes(word));
      const parts = groups.map(({ name, all }) => ({ name, some: all.filter(fits) })).filter(({ some }) => some.length);
      results.replaceChildren(...parts.map(({ name, some }) => el("section", {}, el("h3", { class: "eyebrow" }, name),
        el("div", { class: "emoji" }, ...some.map((one) => button("", one.char, () => choose(one), { title: one.name.replaceAll("_", " "), "aria-label": one.name.replaceAll("_", " ") }))))));
      if (!parts.length) results.replaceChildren(el("p", { class: "muted" }, "No emoji by that name."));
    };
    search.addEventListener("input", draw);
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      results.querySelector("button")?.click();
    });
    draw();
  } catch (error) {
    list = null;
    results.replaceChildren(el("p", { role: "alert" }, error.message));
  }
}

export const field = (id, label, ...inputs) => el("div", { class: "field" }, el("label", { for: id }, label), ...inputs);

export function pickDate(box, write) {
  const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
  const own = document.body.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const day = el("input", { class: "input", type: "date", id: "insert-day", required: true });
  const time = el("input", { class: "input", type: "time", id: "insert-time" });
  const zone = el("select", { class: "input", id: "insert-zone" }, ...[...new Set([own, "UTC", ...zones])].map((name) => el("option", { value: name }, name)));
  const form = el("form", { class: "stack gap-3", method: "dialog", submit: () => write(`[date=${[day.value, time.value && `${time.value} ${zone.value}`].filter(Boolean).join(" ")}]`) },
    field("insert-day", "Day", day), field("insert-time", "Time (none: the whole day)", time), field("insert-zone", "Time zone", zone),
    el("p", { class: "row gap-2" }, el("button", { class: "btn primary", type: "submit" }, "Insert"), button("btn quiet", "Cancel", () => dialog.close())));
  const dialog = ask("Date and time", box, form);
  day.focus();
}
