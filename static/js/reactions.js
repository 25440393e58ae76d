// Reactions without leaving the page: over the line where there is one, else by the form.
import { find } from "./dom.js";
import { post } from "./fetched.js";
import { line } from "./live.js";
import { toast } from "./toasts.js";

const thing = (node) => node.closest("[data-post], [data-message]");

// The button shows at once what it was pressed for. The numbers come with the change, for everybody.
function turn(button, on) {
  button.setAttribute("aria-pressed", String(on));
  button.name = on ? "off" : "on";
}

async function byForm(form, button) {
  const { doc, ok } = await post(form, button);
  const id = thing(form).id;
  const fresh = ok && doc.getElementById(id);
  if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
  else if (!ok) throw new Error("That did not go through. Load the page again to see how it stands.");
}

async function react(form, button) {
  const on = button.name === "on";
  const article = thing(form);
  const id = article.dataset.post ?? article.dataset.message;
  button.closest("details")?.removeAttribute("open");
  try {
    if (line.state !== "open" || line.rooms.size === 0) return await byForm(form, button);
    const asked = line.ask({ op: "react", id, kind: button.value, on });
    turn(button, on);
    await asked;
  } catch (refused) {
    turn(button, !on);
    toast("warn", refused.message);
  }
}

// start listens for the whole page, whose posts come and go.
export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.action.endsWith("/react") || !event.submitter || !thing(form)) return;
    event.preventDefault();
    react(form, event.submitter);
  });
}

// thank gives the first kind of reaction to a thing, as the key l does.
export function thank(article) {
  const button = find('form[action$="/react"] button[data-kind]:not([value="vote"])', article);
  if (button && button.getAttribute("aria-pressed") !== "true") button.click();
}
