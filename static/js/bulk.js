// How many topics of a list are ticked, and all of them at once.
import { all, el, find } from "./dom.js";
import { plural } from "./words.js";

export function start(bar) {
  const said = find("[data-ticked]", bar);
  const boxes = all('input[name="topics"]');
  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    said.textContent = n ? `${plural(n, "is ticked", "are ticked")}. You are asked again.` : "Tick some, and choose what is to be done.";
  };
  const every = el("button", { class: "btn small quiet", type: "button", click: () => {
    const on = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = on;
    tell();
  } }, "Tick all");
  said.after(every);
  said.setAttribute("role", "status");
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
