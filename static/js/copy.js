// What is there to be taken along: a button beside it does that. Without this it is selected and
// copied by hand.
import { all, button, el } from "./dom.js";

const shown = 2_000;

// grab selects what stands in the input and copies it; where the browser will not, it stays selected.
async function grab(input, said) {
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    if (!document.execCommand("copy")) return; // the older way needs no https
  }
  said.textContent = "Copied";
  setTimeout(() => (said.textContent = "Copy"), shown);
}

function stand(input) {
  const name = input.labels[0]?.textContent.replace(/:$/, "") ?? "";
  const said = el("span", {}, "Copy");
  const copies = button("btn small", said, () => grab(input, said));
  copies.append(el("span", { class: "sr" }, ` ${name}`));
  const row = el("div", { class: "row gap-2" });
  input.replaceWith(row);
  row.append(input, copies);
}

all("[data-copy]").forEach(stand);
