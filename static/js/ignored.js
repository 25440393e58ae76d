// Posts of those whom the reader ignores stand folded up, those that arrive while the page is open too.
import { el } from "./dom.js";

// folded puts a post that arrived into its fold, if its author is one of them.
export function folded(post, root) {
  const whom = (root.dataset.ignored ?? "").split(" ");
  if (!whom.includes(post.dataset.author)) return post;
  return el("details", { class: "ignored", "data-number": post.dataset.number }, el("summary", {}, "Ignored: show", el("span", { class: "sr" }, ` post ${post.dataset.number}`)), post);
}
