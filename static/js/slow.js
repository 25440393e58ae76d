// How long until one may reply or speak again in slow mode: counted down where it is said, while the button waits.
import { find } from "./dom.js";
import { plural } from "./words.js";

const words = (left) =>
  left < 120
    ? plural(left, "second", "seconds")
    : left < 7200
      ? plural(Math.ceil(left / 60), "minute", "minutes")
      : plural(Math.ceil(left / 3600), "hour", "hours");

export function start(said) {
  const ends = Date.now() + Number(said.dataset.wait) * 1000;
  const button = find("#reply .foot .primary") || find(".chatbox .primary");
  const again = find(".chatbox") ? "speak" : "reply";
  const tick = () => {
    if (!said.isConnected) return;
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (button) button.disabled = left > 0;
    if (left <= 0) return said.remove();
    said.textContent = `You can ${again} again in ${words(left)}.`;
    setTimeout(tick, 1000);
  };
  tick();
}
