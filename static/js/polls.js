// Polls: voting without leaving the page, and the reader's own part of a poll, which no live copy has.
import { all, find } from "./dom.js";
import { fault, part, post } from "./fetched.js";
import { busy, idle } from "./forms.js";
import { sayAll } from "./times.js";
import { toast } from "./toasts.js";

// Everybody who sees results asks for them anew when somebody votes, but not in the same moment.
const spread = 4_000;

const numbered = (root, number) => find(`.poll[data-poll="${CSS.escape(number)}"]`, root);

// carry takes the reader's own polls over into a copy of their post that came for everybody.
export function carry(fresh, old) {
  for (const own of old ? all(".poll[data-mine]", old) : []) numbered(fresh, own.dataset.poll)?.replaceWith(own);
}

// put places a poll that was fetched. What the reader chose and has not sent yet stays, and so does the focus.
function put(article, fresh) {
  const old = numbered(article, fresh.dataset.poll);
  if (!old) return;
  const boxes = all("input[name=choice]", old);
  const focused = boxes.findIndex((box) => box === document.activeElement);
  const changed = boxes.some((box) => box.checked !== box.defaultChecked);
  old.replaceWith(fresh);
  const news = all("input[name=choice]", fresh);
  if (changed) news.forEach((box, i) => (box.checked = boxes[i]?.checked ?? box.checked));
  news[focused]?.focus();
  sayAll(fresh);
}

const asked = new WeakSet();

// refresh asks for the polls of a post as the reader has them, within some milliseconds.
export async function refresh(article, within = 0) {
  if (!find(".poll[data-poll]", article) || asked.has(article)) return;
  asked.add(article);
  await new Promise((go) => setTimeout(go, within * Math.random()));
  const [, s, space, t, topic] = location.pathname.split("/");
  try {
    const drawn = await part(`/${s}/${space}/${t}/${topic}/p/${article.dataset.post}/polls`);
    for (const poll of all(".poll", drawn)) put(article, poll);
  } catch {
    // it stays as it is: the next page has it
  } finally {
    asked.delete(article);
  }
}

// voted hears that somebody voted: whoever sees results sees them change.
export function voted(article) {
  if (find('.poll[data-mine="true"]', article)) refresh(article, spread);
}

async function vote(form, button) {
  const article = form.closest("[data-post]");
  const { poll } = form.closest(".poll").dataset;
  if (!busy(form)) return;
  try {
    const { doc, ok } = await post(form, button);
    const fresh = ok && numbered(doc.getElementById(article.id), poll);
    if (!fresh) throw new Error(fault(doc));
    for (const box of all("input[name=choice]", form)) box.checked = box.defaultChecked; // they are sent
    put(article, document.adoptNode(fresh));
    find("button", numbered(article, poll))?.focus();
  } catch (refused) {
    toast("warn", refused.message);
  } finally {
    idle(form);
  }
}

// start listens for the whole page, whose posts come and go.
export function start() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-vote]")) return;
    event.preventDefault();
    vote(event.target, event.submitter);
  });
}
