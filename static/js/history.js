// What was said before and after: it comes by itself as one scrolls up or down, and nothing that is
// read moves.
import { all, find } from "./dom.js";
import { get } from "./fetched.js";
import { addressed } from "./mine.js";

const ahead = "600px 0px";

// history fetches from the links that lead to earlier and to later messages, which work without it too.
// whole is called when the end of the room has come.
export function history(log, whole) {
  grows(log, "#earlier", (articles, end) => log.old(articles, end));
  grows(log, "#later", (articles, end, doc) => {
    log.later(articles, end);
    if (find("#later", doc)) return;
    log.whole = true;
    log.root.dataset.last = "true";
    whole(Number(find("#log", doc).dataset.seq));
  });
}

function grows(log, selector, add) {
  const link = find(selector, log.root);
  if (!link) return;
  let busy = false;
  const more = async () => {
    if (busy) return;
    busy = true;
    link.setAttribute("aria-busy", "true");
    try {
      const { doc, ok } = await get(link.href);
      if (!ok) return;
      const articles = all("#log article.msg", doc).map((article) => document.adoptNode(article));
      articles.forEach(addressed);
      const on = find(selector, doc)?.getAttribute("href");
      add(articles, () => (on ? link.setAttribute("href", on) : link.parentElement.remove()), doc);
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
