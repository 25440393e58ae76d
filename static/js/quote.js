// Answering with a quote in the box that is open already: the words that are selected in the post,
// or all of it. Who said it, and where, is for the server to write.
import { find } from "./dom.js";
import { get } from "./fetched.js";
import { insert } from "./marks.js";

export function quotes(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !find("#reply textarea")) return;
    event.preventDefault();
    quote(link);
  });
}

// selected is what is marked within one post, as lines.
function selected(post) {
  const selection = document.getSelection();
  const words = selection?.toString().trim();
  const prose = find(".prose", post);
  if (!words || !prose?.contains(selection.anchorNode) || !prose.contains(selection.focusNode)) return "";
  return words;
}

const lines = (words) => words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");

export async function quote(link) {
  const box = find("#reply textarea");
  const words = selected(link.closest(".post")); // before anything else can unmark it
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
