// The one script of every page. Everything here works by plain links and forms without it; with it
// the page is live, and what it needs beyond that is fetched by the pages that need it.
import * as bell from "./bell.js";
import * as bookmarks from "./bookmarks.js";
import * as elsewhere from "./elsewhere.js";
import * as evicted from "./evicted.js";
import * as forms from "./forms.js";
import { furnish } from "./furnish.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import { landed } from "./local.js";
import * as players from "./players.js";
import * as push from "./push.js";
import * as reactions from "./reactions.js";
import * as search from "./search.js";
import * as standing from "./standing.js";
import * as tab from "./tab.js";
import * as times from "./times.js";
import * as toasts from "./toasts.js";

landed();
times.start();
toasts.start();
forms.start();
reactions.start();
players.start();
keys.start();
bell.start();
bookmarks.start();
elsewhere.start();
tab.start();
search.start();
standing.start();
evicted.start();
push.begin();
push.settle(false).catch(() => {});

// The socket opens when every part has said what it wants to hear.
Promise.allSettled(furnish()).then((ended) => {
  for (const { reason } of ended) if (reason) console.error(reason);
  live.start();
});
