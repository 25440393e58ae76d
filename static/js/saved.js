// Saved replies: chosen in a dialog, and written where one was typing.
import { all, button, find } from "./dom.js";
import { get } from "./fetched.js";
import { ask } from "./insert.js";
import { insert } from "./marks.js";

// choose opens the list of the page that the button names.
async function choose(box, address) {
  const { doc, ok } = await get(address);
  const list = ok && find("#replies", doc);
  if (!list) return location.assign(address); // a draft is kept
  const dialog = ask("Saved replies", box, document.adoptNode(list), button("btn quiet small", "Close", () => dialog.close()));
  for (const link of all("[data-insert]", dialog)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
      insert(box, link.dataset.insert);
    });
  }
}

export function offers(from, box) {
  from?.addEventListener("click", (event) => {
    event.preventDefault();
    choose(box, from.dataset.saved).catch(() => location.assign(from.dataset.saved));
  });
}
