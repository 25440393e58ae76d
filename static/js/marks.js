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

// around puts a mark on both sides of what is selected, or takes it away.
function around(mark, sample) {
  return (box) => {
    const { value, selectionStart: from, selectionEnd: to } = box;
    const words = value.slice(from, to);
    if (words.startsWith(mark) && words.endsWith(mark) && words.length > 2 * mark.length) {
      return type(box, words.slice(mark.length, -mark.length));
    }
    type(box, mark + (words || sample) + mark);
    const begin = from + mark.length;
    box.setSelectionRange(begin, begin + (words || sample).length);
  };
}

// ahead puts a mark before each line that is selected.
function ahead(mark) {
  return (box) => {
    const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const words = box.value.slice(from, box.selectionEnd);
    box.setSelectionRange(from, box.selectionEnd);
    type(box, words.split("\n").map((line) => mark + line).join("\n"));
  };
}

function link(box) {
  const { value, selectionStart: from, selectionEnd: to } = box;
  const words = value.slice(from, to);
  const address = /^https?:\/\/\S+$/.test(words);
  type(box, address ? `[](${words})` : `[${words}](https://)`);
  const at = address ? from + 1 : from + words.length + 3;
  box.setSelectionRange(at, address ? at : at + "https://".length);
}

function code(box) {
  const words = box.value.slice(box.selectionStart, box.selectionEnd);
  if (words.includes("\n")) type(box, `\`\`\`\n${words}\n\`\`\``);
  else around("`", "code")(box);
}

// asking writes what a dialog gives, where one was typing.
const asking = (name) => async (box) => {
  const picks = await import("./insert.js");
  picks[name](box, (text) => (box.focus(), type(box, text)));
};

const poll = ":::poll Your question?\n- First option\n- Second option\n:::\n";

const marks = {
  emoji: asking("pickEmoji"),
  date: asking("pickDate"),
  spoiler: around("||", "hidden"),
  poll: (box) => type(box, (/[^\n]$/.test(box.value.slice(0, box.selectionStart)) ? "\n\n" : "") + poll),
  bold: around("**", "bold"),
  italic: around("*", "italic"),
  link,
  quote: ahead("> "),
  code,
  list: ahead("- "),
  mention: (box) => type(box, "@"),
};

const keys = { b: "bold", i: "italic", k: "link" };

// toolbar brings the buttons of a composer to life, and their keys.
export function toolbar(composer, box) {
  const bar = find("[data-marks]", composer);
  if (!bar) return;
  bar.hidden = false;
  for (const button of all("[data-mark]", bar)) {
    button.addEventListener("click", () => {
      box.focus();
      marks[button.dataset.mark]?.(box);
    });
  }
  box.addEventListener("keydown", (event) => {
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey && keys[event.key.toLowerCase()];
    if (!mark) return;
    event.preventDefault();
    marks[mark](box);
  });
}
