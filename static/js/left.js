// How much a text may still grow, said once it comes near its limit. The limit counts bytes, as the club does.
import { number } from "./words.js";

const near = 0.9;
const coder = new TextEncoder();

// tells keeps place up to date with what box holds; place is empty while there is room.
export function tells(box, place) {
  const most = Number(box.dataset.most);
  if (!most || !place) return;
  const look = () => {
    const used = box.value.length * 3 < most * near ? 0 : coder.encode(box.value).length;
    const left = most - used;
    const words = left < 0 ? `${number(-left)} too many: at most ${number(most)} letters.` : used > most * near ? `${number(left)} letters left` : "";
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("error", left < 0);
  };
  box.addEventListener("input", look);
  look();
}
