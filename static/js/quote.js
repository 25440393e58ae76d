// Answering with a quote in the box that is open already: the words that are selected in the post,
// or all of it. Who said it, and where, is for the server to write.
import { debounce, el, find, icon } from "./dom.js";
import { get } from "./fetched.js";
import { insert } from "./marks.js";

const pause = 200;

export function quotes(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !find("#reply textarea")) return;
    event.preventDefault();
    selected(link.closest(".post")).then((words) => quote(link, words));
  });
  offers();
}

// marked is what is selected within the words of one post, if anything is.
function marked() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.toString().trim()) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const prose = (within.nodeType === Node.ELEMENT_NODE ? within : within.parentElement).closest("#posts .post .prose");
  return prose && { range, post: prose.closest(".post") };
}

// selected is what is marked within a post, as Markdown.
async function selected(post) {
  const mark = marked();
  return mark?.post === post ? written(mark.range) : "";
}

async function written(range) {
  const { markdownOf } = await import("./markdown.js");
  return markdownOf(range);
}

// offers puts a button beside what is selected, for those who have no keys.
function offers() {
  if (!find("#reply textarea")) return;
  let at = null;
  const act = () => {
    const { link, words } = at;
    away();
    document.getSelection()?.removeAllRanges();
    quote(link, words);
  };
  const offer = el("button", { class: "btn quoter", type: "button", hidden: true, click: act, pointerdown: (event) => event.preventDefault() }, icon("quote"), "Quote");
  const away = () => {
    at = null;
    offer.hidden = true;
  };
  const look = async () => {
    const mark = marked();
    const link = mark && find("a[data-reply]", mark.post);
    if (!link) return away();
    at = { link, words: await written(mark.range) }; // a tap on the button may unmark it
    if (!offer.isConnected || offer.parentElement !== mark.post) mark.post.append(offer);
    offer.hidden = false;
    place(offer, mark);
  };
  document.addEventListener("selectionchange", debounce(pause, look));
  document.addEventListener("keydown", (event) => event.key === "Escape" && away());
}

// place sets the button below the end of what is selected, where the menu of a phone does not cover it.
function place(offer, { range, post }) {
  const lines = [...range.getClientRects()];
  const last = lines.at(-1) ?? range.getBoundingClientRect();
  const frame = post.getBoundingClientRect();
  offer.style.top = `${last.bottom - frame.top + 8}px`;
  offer.style.left = `${Math.max(0, Math.min(last.right - frame.left - offer.offsetWidth, frame.width - offer.offsetWidth))}px`;
}

const lines = (words) => words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");

async function quote(link, words) {
  const box = find("#reply textarea");
  try {
    const { doc, ok } = await get(link.href);
    const whole = ok && find("#reply textarea", doc)?.value;
    if (!whole) throw new Error("nothing to quote");
    const head = whole.split("\n").slice(0, 2).join("\n"); // who said it, and a line between
    insert(box, words ? `${head}\n${lines(words)}\n\n` : whole);
    find("#reply").scrollIntoView({ block: "nearest" });
  } catch {
    location.assign(link.href); // the page itself can do it
  }
}
