// What others keep is played once somebody asks for it: until then nothing is loaded from there, and
// nobody is told who reads.
import { el } from "./dom.js";

// These need to hear which site asks, though not which page; the others hear nothing.
const askers = ["https://www.youtube-nocookie.com/"];
const low = ["https://w.soundcloud.com/", "https://open.spotify.com/"];
const begins = (address, list) => list.some((origin) => address.startsWith(origin));

function frame(address) {
  return el("iframe", {
    class: begins(address, low) ? "low" : null,
    title: `Player from ${new URL(address).host}`,
    sandbox: "allow-scripts allow-same-origin allow-popups allow-presentation",
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    referrerpolicy: begins(address, askers) ? "strict-origin" : "no-referrer",
    src: address,
  });
}

// own plays a file of the house by what its name says it is.
function own(address, name) {
  const kind = /\.(mp4|webm)$/i.test(name) ? "video" : "audio";
  return el(kind, { controls: true, src: address, "aria-label": name });
}

function play(button) {
  const address = button.dataset.player;
  const card = button.closest(".player");
  const player = address.startsWith("/files/") ? own(address, card.querySelector("a").textContent.trim()) : frame(address);
  card.querySelector("small")?.remove();
  button.replaceWith(player);
  player.focus();
  player.play?.().catch(() => {}); // a browser may wait for a second click
}

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-player]");
    if (button) play(button);
  });
}
