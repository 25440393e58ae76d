// A room that closed to the reader while they looked: the page is asked for again and answers with
// its door.
import { kept, thisTab } from "./dom.js";
import { line } from "./live.js";

// A page that draws what the line refuses must not be loaded for ever.
const rest = 30_000;

export function start() {
  line.addEventListener("evicted", ({ detail }) => {
    if (!line.rooms.has(detail.room)) return;
    const last = kept.get(thisTab, "evicted");
    if (last && Date.now() - last < rest) return;
    kept.set(thisTab, "evicted", Date.now());
    location.reload();
  });
}
