// The one script of every page. Everything here works by plain links and forms without it; with it
// the page is live, and what it needs beyond that is fetched by the pages that need it.
import * as bell from "./bell.js";
import { all, find } from "./dom.js";
import * as drafts from "./drafts.js";
import * as evicted from "./evicted.js";
import * as forms from "./forms.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as reactions from "./reactions.js";
import * as standing from "./standing.js";
import * as times from "./times.js";
import * as toasts from "./toasts.js";

const topic = find("#posts[data-room]");
const room = find("#log[data-room]");
const composers = all(".composer");
const hue = find("[data-hue]");

drafts.settle();
times.start();
toasts.start();
forms.start();
reactions.start();
keys.start();
bell.start();
standing.start();
evicted.start();

const parts = [
  topic && import("./topic.js").then((part) => part.start(topic)),
  room && import("./chat.js").then((part) => part.start(room)),
  composers.length > 0 && import("./composer.js").then((part) => part.start(composers)),
  hue && import("./hue.js").then((part) => part.start(hue)),
  find("[data-zone-guess]") && import("./welcome.js"),
  find("[data-passkey]") && import("./passkey.js"),
];

// The socket opens when every part has said what it wants to hear.
Promise.allSettled(parts).then((ended) => {
  for (const { reason } of ended) if (reason) console.error(reason);
  live.start();
});
