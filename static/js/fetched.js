// Pages and parts of them, asked for behind the page that is open.
import { find, fragment, page } from "./dom.js";
import { adopt } from "./toasts.js";

// Refusal is what went wrong, in words for the person.
export class Refusal extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

const offline = () => new Refusal("offline", "There is no connection just now. What you wrote is kept; try again in a moment.");

async function ask(address, init) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "text/html" }, ...init });
    const doc = page(await answer.text());
    adopt(doc);
    return { doc, status: answer.status, address: answer.url, moved: answer.redirected, ok: answer.ok };
  } catch (error) {
    if (answer) throw error;
    throw offline();
  }
}

// get fetches a page of ours.
export const get = (address) => ask(address, {});

// post sends a form as a browser would, and gives the page that it leads to.
export function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  return ask(form.action, { method: "POST", body });
}

// part asks for a fragment of a page.
export async function part(address, init) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, ...init });
  if (!answer.ok) throw new Refusal("broken", "That could not be fetched.");
  return fragment(await answer.text());
}

// fault is what a page says went wrong.
export function fault(doc) {
  const said = find('[role="alert"], .errors', doc) ?? find("main .lost > p", doc) ?? find("main h1", doc);
  return said?.textContent.trim().replace(/\s+/g, " ") || "That did not go through. Try again in a moment.";
}

// redraw fetches the address that is open and gives the named parts their newest shape; what is
// typed, focused or opened in them stays.
export async function redraw(...selectors) {
  const [{ Idiomorph }, { doc, ok, status, address, moved }] = await Promise.all([
    import("../vendor/idiomorph@0.8.0/idiomorph.esm.js"),
    get(location.href),
  ]);
  if (status >= 500) throw new Refusal("broken", "The page cannot be drawn just now.");
  if (!ok || (moved && new URL(address).pathname !== location.pathname)) {
    location.replace(address); // a door stands there now, or it is somewhere else
    return null;
  }
  for (const selector of selectors) {
    const old = find(selector);
    const fresh = find(selector, doc);
    if (old && fresh) Idiomorph.morph(old, fresh, { ignoreActiveValue: true, callbacks: { beforeNodeRemoved: keeps } });
  }
  return doc;
}

// What waits to be sent is the page's own and stands in no answer.
const keeps = (node) => !(node instanceof Element && node.hasAttribute("data-key"));
