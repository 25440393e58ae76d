// What only this reader has of a live copy, which was drawn for everybody: their tools, from the
// templates that the page came with, and which of the reactions are theirs.
import * as cards from "./cards.js";
import { all, el, find, fragment, me } from "./dom.js";
import { carry } from "./polls.js";

// The id that nobody has, with which templates are drawn.
const nobody = "1".repeat(11);
const addresses = ["href", "action"];

// dress gives a post or a message that arrived what is the reader's; old is the copy that stood
// there before, if one did.
export function dress(fresh, old) {
  const own = fresh.dataset.author === me;
  const template = find(`template[data-mine="${own ? "own" : "other"}"]`);
  if (me && template && !fresh.classList.contains("gone")) {
    const tools = document.importNode(template.content, true);
    fit(tools, fresh);
    cards.furnish(tools, fresh);
    react(tools, fresh, given(old));
    keep(tools, old);
    if ("wiki" in fresh.dataset && !find('a[href$="/edit"]', tools)) pen(tools, old);
    (find(":scope > footer", fresh) ?? fresh).append(tools);
  }
  carry(fresh, old);
  if (!own) addressed(fresh);
  return fresh;
}

// keep leaves the bookmark as the reader had it.
function keep(tools, old) {
  const was = old && find("form[data-bookmark] button", old);
  const is = was && find("form[data-bookmark] button", tools);
  if (is) [is.value, is.ariaPressed] = [was.value, was.ariaPressed];
}

// pen keeps the way to edit somebody else's wiki where the reader had it.
function pen(tools, old) {
  const link = old && find(':scope > footer a[href$="/edit"]', old);
  if (link) find(".push", tools)?.append(link.cloneNode(true));
}

// given are the kinds of reactions that the reader gave on a thing.
const given = (old) => new Set(old ? all('[data-kind][aria-pressed="true"]', old).map((b) => b.dataset.kind) : []);

// fit turns the tools of nobody's post into those of this one.
function fit(tools, fresh) {
  const id = fresh.dataset.post ?? fresh.dataset.message;
  for (const name of addresses) {
    for (const node of all(`[${name}*="${nobody}"]`, tools)) node.setAttribute(name, node.getAttribute(name).replace(nobody, id));
  }
  for (const node of all("[aria-label]", tools)) {
    node.setAttribute("aria-label", node.getAttribute("aria-label").replace(/\b0$/, fresh.dataset.number));
  }
  const accept = find('form[action$="/accept"]', tools);
  if (fresh.dataset.number === "1") {
    accept?.remove();
    find('[data-kind="vote"]', tools)?.remove();
    find('a[href$="#remove"]', tools)?.remove();
  } else if (accept && fresh.classList.contains("answer")) {
    accept.setAttribute("action", accept.getAttribute("action").replace(/accept$/, "unaccept"));
    find("button", accept).lastChild.textContent = "Not the answer";
  }
}

// react makes buttons of the counts, where the reader may react.
function react(tools, fresh, pressed) {
  const form = find('form[action$="/react"]', tools);
  const counts = find("[data-reactions]", fresh);
  if (!form) return;
  let row = find("form[data-reactions]", tools);
  if (!row && counts) {
    row = el("form", { class: "reactions", method: "post", action: form.getAttribute("action"), "data-reactions": true });
    tools.prepend(row);
  }
  for (const span of counts ? [...counts.children].reverse() : []) {
    all(`[data-kind="${CSS.escape(span.dataset.kind)}"]`, tools).forEach((other) => other.remove());
    row.prepend(press(span, pressed.has(span.dataset.kind)));
  }
  counts?.remove();
  const picker = find(".picker", tools);
  if (picker && !find("button", picker)) picker.remove();
}

function press(span, on) {
  const words = find(".sr", span).textContent.trim();
  return el("button", {
    class: "react", type: "submit", name: on ? "off" : "on", value: span.dataset.kind, "data-kind": span.dataset.kind,
    "aria-pressed": String(on), title: words.charAt(0).toUpperCase() + words.slice(1),
  }, ...span.childNodes);
}

// addressed marks a message that speaks to the reader.
export function addressed(article) {
  const handle = document.body.dataset.handle;
  if (handle && find(`.mention[href="/m/${CSS.escape(handle)}"]`, article)) article.classList.add("mentions");
}

// copy is the one element that a frame brought, dressed; null where it brought none.
export function copy(html, old) {
  const fresh = html ? fragment(html).firstElementChild : null;
  return fresh && dress(fresh, old ?? document.getElementById(fresh.id));
}
