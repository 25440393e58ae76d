// One's own standing as it grows: a word for what was earned, the number on the page, and the one
// loud moment for a new status or a badge.
import { badge, rose, start as cheer } from "./cheer.js";
import { all, debounce, find, me, myHandle } from "./dom.js";
import { redraw } from "./fetched.js";
import { closed, reopened } from "./house.js";
import { line } from "./live.js";
import { toast } from "./toasts.js";
import { number, signed } from "./words.js";

const together = 1_500; // what is earned within this time is one sum
const worthSaying = 2; // a point for each line in a chat is kept, and not announced each time

const ownPage = () => location.pathname === `/m/${myHandle}`;

let sum = 0;
let last = "";

const settle = debounce(together, () => {
  if (sum > 0) toast("spark", `${signed(sum)}, ${last}`);
  sum = 0;
  if (find("#standing")) redraw("#standing").catch(() => {});
  else if (ownPage()) redraw("#main").catch(() => {});
  else if (closed()) reopened().catch(() => {});
});

function earned({ points, score, words }) {
  if (points >= worthSaying) {
    sum += points;
    last = words;
  }
  if (find("#standing") || ownPage()) all("[data-score]").forEach((place) => (place.textContent = number(score)));
  settle();
}

// rise celebrates, with the doors that it opened.
async function rise(news) {
  rose(news, await reopened().catch(() => []));
  settle();
}

function won(news) {
  badge(news);
  settle();
}

export function start() {
  if (!me) return;
  cheer();
  line.addEventListener("standing", ({ detail: { data } }) => (data.rung ? rise(data) : earned(data)));
  line.addEventListener("badge", ({ detail: { data } }) => won(data));
}
