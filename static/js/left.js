// How much a text may still grow, said once it comes near its limit. The limit counts bytes, as the club does.
import { find } from "./dom.js";
import { number } from "./words.js";

const near = 0.8;
const coder = new TextEncoder();

// tells keeps place up to date with what box holds; place is empty while there is room.
export function tells(box, place) {
  const most = Number(box.dataset.most);
  if (!most || !place) return;
  const look = () => {
    const used = box.value.length * 3 < most * near ? 0 : coder.encode(box.value).length;
    const left = most - used;
    const words = left < 0 ? `${number(-left)} too many: at most ${number(most)} bytes.` : used > most * near ? `${number(left)} bytes left` : "";
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
    place.classList.toggle("error", left < 0);
  };
  box.addEventListener("input", look);
  look();
}

// start tells it of every field that says its limit and has a place for it.
export function start(fields) {
  for (const field of fields) tells(field, find("[data-left]", field.parentElement));
}
