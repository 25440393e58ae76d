// A hue of the owner's own, on the page as it is chosen.
import { find } from "./dom.js";

export function start(range) {
  const own = find('input[name="hue"][value="own"]', range.form);
  const show = () => own.checked && document.documentElement.style.setProperty("--accent", range.value);
  range.addEventListener("input", () => {
    own.checked = true;
    show();
  });
  range.form.addEventListener("change", (event) => {
    if (event.target.name === "hue" && !own.checked) document.documentElement.style.removeProperty("--accent");
    show();
  });
}
