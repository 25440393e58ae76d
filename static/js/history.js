// What was said before: it comes by itself as one scrolls up, and nothing that is read moves.
import { all, find } from "./dom.js";
import { get } from "./fetched.js";
import { addressed } from "./mine.js";

const ahead = "600px 0px 0px 0px";

// history fetches from the link that leads to earlier messages, which works without it too.
export function history(log) {
  const link = find("#earlier", log.root);
  if (!link) return;
  let busy = false;
  const more = async () => {
    if (busy) return;
    busy = true;
    link.setAttribute("aria-busy", "true");
    try {
      const { doc, ok } = await get(link.href);
      if (!ok) return;
      add(log, link, doc);
      watch.unobserve(link);
      if (link.isConnected) watch.observe(link); // it may still be near
    } catch {
      // the link is still there to be pressed
    } finally {
      busy = false;
      link.removeAttribute("aria-busy");
    }
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    more();
  });
  const watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(), { root: log.root, rootMargin: ahead });
  watch.observe(link);
}

function add(log, link, doc) {
  const articles = all("#log article.msg", doc).map((article) => document.adoptNode(article));
  articles.forEach(addressed);
  log.old(articles);
  const before = find("#earlier", doc);
  if (before) link.setAttribute("href", before.getAttribute("href"));
  else link.parentElement.remove();
}
