// A message is quoted where one speaks without leaving the page: its Markdown is asked for at the page
// that does it without a script.
import { find } from "./dom.js";
import { get } from "./fetched.js";

// quotes lets the messages of a log be quoted into a box.
export function quotes(log, box) {
  log.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const { doc, ok } = await get(link.href);
      const words = ok && find(".chatbox textarea", doc)?.value;
      if (!words) throw new Error("There is nothing to quote.");
      box.value = box.value.trim() ? `${box.value.trimEnd()}\n\n${words.trimEnd()}\n\n` : `${words.trimEnd()}\n\n`;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    } catch {
      location.assign(link.href);
    }
  });
}
