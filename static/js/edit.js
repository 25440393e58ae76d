// Changing one's own message where it stands. Its Markdown is asked for at the page that changes it
// without a script.
import { all, button, el, find } from "./dom.js";
import { fault, get, post } from "./fetched.js";
import { line } from "./live.js";
import { toast } from "./toasts.js";

// edits lets the messages of a log be changed in place; an arrow up in an empty box takes the last.
export function edits(log) {
  log.root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-edit]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  const box = find(".chatbox textarea");
  box?.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" || box.value.trim() || event.isComposing) return;
    const last = all("a[data-edit]", log.root).at(-1);
    if (!last) return;
    event.preventDefault();
    open(last);
  });
}

async function open(link) {
  const article = link.closest("article");
  if (find("form.inline-edit", article)) return;
  try {
    const { doc, ok } = await get(link.href);
    const source = find("textarea[name=text]", doc);
    if (!ok || !source) throw new Error(fault(doc));
    show(article, source.value, source.form, find('form[action$="/remove"]', doc));
  } catch (refused) {
    toast("warn", refused.message);
  }
}

function show(article, text, form, removal) {
  const body = find(".body", article);
  const area = el("textarea", { class: "input", name: "text", rows: Math.min(8, text.split("\n").length + 1), "aria-label": "Your message, in Markdown" });
  area.value = text;
  const close = () => {
    const now = editor.closest("article"); // another copy, if it changed meanwhile
    if (now) find(".body", now).hidden = false;
    editor.remove();
    find(".chatbox textarea")?.focus();
  };
  const save = () => carry(article, { op: "edit", text: area.value }, () => by(form, area.value), close);
  const remove = removal && button("btn small quiet danger", "Remove", () => sure(remove, () => carry(article, { op: "remove" }, () => by(removal), close)));
  const editor = el("form", { class: "inline-edit stack gap-2", submit: (event) => (event.preventDefault(), save()) },
    area,
    el("p", { class: "row gap-2" }, el("button", { class: "btn small primary" }, "Save"), button("btn small quiet", "Leave it", close), remove));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== area) return;
    event.preventDefault();
    save();
  });
  body.hidden = true;
  body.after(editor);
  area.focus();
  area.setSelectionRange(text.length, text.length);
}

// sure asks once more, on the button itself.
function sure(pressed, act) {
  if (pressed.dataset.sure) return act();
  pressed.dataset.sure = "yes";
  pressed.textContent = "Remove for everybody";
}

// carry does it over the line, or by the form where there is none.
async function carry(article, op, otherwise, done) {
  try {
    if (line.state === "open") await line.ask({ ...op, id: article.dataset.message });
    else await otherwise();
    done();
  } catch (refused) {
    toast("warn", refused.message);
  }
}

async function by(form, text) {
  if (text !== undefined) form.elements.text.value = text;
  const { doc, ok } = await post(form);
  if (!ok) throw new Error(fault(doc));
  location.reload();
}
