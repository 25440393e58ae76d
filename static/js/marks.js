// The toolbar of a text: what each of its buttons writes into Markdown.
import { all, find } from "./dom.js";

// insert writes into a box as if it were typed: it can be undone, and whoever listens hears of it.
export function insert(box, text) {
  box.focus();
  if (box.value && box.selectionStart === box.value.length && !box.value.endsWith("\n")) text = `\n\n${text}`;
  type(box, text);
}

function type(box, text) {
  const from = box.selectionStart;
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, from, box.selectionEnd, "end"); // where a browser does without the command
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// words writes something that stands by itself where one was typing, with a blank on either side
// that it needs. It leaves the focus where it is.
export function words(box, text) {
  const { value, selectionStart: from, selectionEnd: to } = box;
  const before = from > 0 && !/\s$/.test(value.slice(0, from)) ? " " : "";
  const after = /^\S/.test(value.slice(to)) ? " " : "";
  box.setRangeText(before + text + after, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// selected is what is marked in a box.
const selected = ({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd);

// around puts a mark on both sides of what is selected, or takes it away.
function around(mark, sample) {
  return (box) => {
    const from = box.selectionStart;
    const words = selected(box);
    if (words.startsWith(mark) && words.endsWith(mark) && words.length > 2 * mark.length) {
      return type(box, words.slice(mark.length, -mark.length));
    }
    type(box, mark + (words || sample) + mark);
    const begin = from + mark.length;
    box.setSelectionRange(begin, begin + (words || sample).length);
  };
}

// ahead puts what the given function says before each line that is selected, or takes it away again
// where all of them have it.
function ahead(mark, has) {
  return (box) => {
    const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const lines = box.value.slice(from, box.selectionEnd).split("\n");
    box.setSelectionRange(from, box.selectionEnd);
    const off = lines.every((line) => has.test(line));
    type(box, lines.map((line, i) => (off ? line.replace(has, "") : mark(i) + line)).join("\n"));
  };
}

// apart writes something that needs lines of its own, of which select is marked: what is written next
// takes its place.
function apart(box, text, select) {
  const { value, selectionStart: at } = box;
  const before = at === 0 || value.slice(0, at).endsWith("\n\n") ? "" : value[at - 1] === "\n" ? "\n" : "\n\n";
  type(box, `${before}${text}`);
  const begin = at + before.length + text.indexOf(select);
  box.setSelectionRange(begin, begin + select.length);
}

function link(box) {
  const from = box.selectionStart;
  const words = selected(box);
  const address = /^https?:\/\/\S+$/.test(words);
  type(box, address ? `[](${words})` : `[${words}](https://)`);
  const at = address ? from + 1 : from + words.length + 3;
  box.setSelectionRange(at, address ? at : at + "https://".length);
}

function code(box) {
  const words = selected(box);
  if (words.includes("\n")) type(box, `\`\`\`\n${words}\n\`\`\``);
  else around("`", "code")(box);
}

// asking writes what a dialog gives, where one was typing.
const asking = (name, from = "./insert.js") => async (box) => {
  const { selectionStart, selectionEnd } = box; // a dialogue lets go of it
  const picks = await import(from);
  picks[name](box, (text) => {
    box.focus();
    box.setSelectionRange(selectionStart, selectionEnd);
    type(box, text);
  });
};

const marks = {
  bold: around("**", "bold"),
  italic: around("*", "italic"),
  strike: around("~~", "struck out"),
  spoiler: around("||", "hidden"),
  link,
  code,
  quote: ahead(() => "> ", /^> ?/),
  list: ahead(() => "- ", /^- /),
  numbers: ahead((i) => `${i + 1}. `, /^\d+\. /),
  heading: ahead(() => "## ", /^## /),
  table: (box) => apart(box, "| Column | Column |\n| --- | --- |\n| words | words |\n", "Column"),
  fold: (box) => apart(box, `:::spoiler What it is about\n${selected(box) || "What is folded away"}\n:::\n`, "What it is about"),
  mention: (box) => type(box, /[^\s(]$/.test(box.value.slice(0, box.selectionStart)) ? " @" : "@"),
  emoji: asking("pickEmoji"),
  date: asking("pickDate"),
  poll: asking("askPoll", "./ask_poll.js"),
};

const keys = { b: "bold", i: "italic", k: "link", e: "code" };
const shifted = { Digit7: "numbers", Digit8: "list", Digit9: "quote", KeyX: "strike" };

// rove makes one stop of a toolbar, in which the arrows lead from button to button.
function rove(bar) {
  if (!bar) return;
  const stops = () => all("button, summary, input", bar).filter((stop) => stop.offsetParent !== null && !stop.closest(".menu") && !stop.disabled);
  const stand = (stop) => {
    for (const other of all("button, summary, input", bar)) if (!other.closest(".menu")) other.tabIndex = other === stop ? 0 : -1;
  };
  const first = () => stops().length && stand(stops()[0]);
  bar.addEventListener("focusin", (event) => event.target.closest(".menu") || stand(event.target));
  bar.addEventListener("keydown", (event) => {
    const at = stops().indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stops().at(to % stops().length).focus();
  });
  bar.addEventListener("focusout", (event) => bar.contains(event.relatedTarget) || first()); // what was the stop may have no room any more
  queueMicrotask(first); // once all of it stands there
}

// toolbar brings the buttons of a text to life, wherever they stand in its form, and their keys.
export function toolbar(root, box) {
  const bars = all("[data-marks]", root);
  for (const bar of bars) bar.hidden = false;
  for (const button of bars.flatMap((bar) => all("[data-mark]", bar))) {
    button.addEventListener("click", () => {
      const menu = button.closest("details");
      if (menu) menu.open = false;
      box.focus();
      marks[button.dataset.mark]?.(box);
    });
  }
  rove(find('[role="toolbar"]', root));
  const offered = new Set(bars.flatMap((bar) => all("[data-mark]", bar)).map((button) => button.dataset.mark));
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const mark = event.shiftKey ? shifted[event.code] : keys[event.key.toLowerCase()];
    if (!offered.has(mark)) return;
    event.preventDefault();
    marks[mark](box);
  });
}
