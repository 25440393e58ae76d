// What a page needs beyond the one script, fetched where it stands.
import { all, find } from "./dom.js";

// furnish starts every part that the page has, and gives the promises that they have begun.
export function furnish() {
  const topic = find("#posts[data-room]");
  const room = find("#log[data-room]");
  const composers = all(".composer");
  const tags = all("[data-tags]");
  const limited = all(".field > [data-most]");
  const hue = find("[data-hue]");
  const slow = find("[data-wait]");
  const bulk = find("#bulk");
  return [
    topic && import("./topic.js").then((part) => part.start(topic)),
    room && import("./chat.js").then((part) => part.start(room)),
    (topic || room) && import("./cards.js").then((part) => part.start()),
    composers.length > 0 && import("./composer.js").then((part) => part.start(composers)),
    tags.length > 0 && import("./tags.js").then((part) => part.start(tags)),
    limited.length > 0 && import("./left.js").then((part) => part.start(limited)),
    hue && import("./hue.js").then((part) => part.start(hue)),
    slow && import("./slow.js").then((part) => part.start(slow)),
    bulk && import("./bulk.js").then((part) => part.start(bulk)),
    find("[data-zone-guess]") && import("./welcome.js"),
    find("[data-passkey]") && import("./passkey.js"),
    find("[data-push]") && import("./push.js").then((part) => part.start(find("[data-push]"))),
    find("[data-copy]") && import("./copy.js"),
  ];
}
