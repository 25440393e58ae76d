// What is marked on a page, as the Markdown that makes it: for words that are quoted. It knows what the
// club's own texts are made of, and takes the words alone of all else.

// plain makes what could be a mark stand for itself.
const plain = (text) => text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/^(\s*)([#+-]|\d+[.)])(?=\s)/gm, "$1\\$2");

const inner = (node) => [...node.childNodes].map(written).join("");

// wrapped puts a mark around words, and leaves blanks at their ends outside of it.
function wrapped(mark, node) {
  const [, before, words, after] = inner(node).match(/^(\s*)([\s\S]*?)(\s*)$/);
  return words ? before + mark + words + mark + after : before + after;
}

const indented = (text, first) => text.trim().split("\n").map((line, i) => (i ? " ".repeat(first.length) : first) + line).join("\n");

function listed(list) {
  const items = [...list.children].filter((item) => item.matches("li"));
  const start = Number(list.getAttribute("start") ?? 1);
  return `\n${items.map((item, i) => indented(inner(item), list.matches("ol") ? `${start + i}. ` : "- ")).join("\n")}\n\n`;
}

function fenced(pre) {
  const words = pre.textContent.replace(/\n$/, "");
  const fence = "`".repeat(Math.max(3, ...(words.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `\n${fence}\n${words}\n${fence}\n\n`;
}

function linked(a) {
  if (a.matches(".mention")) return a.textContent;
  const words = inner(a);
  const address = a.getAttribute("href") ?? "";
  if (!/^(https?:|mailto:|\/)/.test(address) || !words.trim()) return words;
  return a.textContent === address ? address : `[${words}](${address.replace(/[()\s]/g, encodeURIComponent)})`;
}

const kinds = {
  B: (node) => wrapped("**", node),
  STRONG: (node) => wrapped("**", node),
  I: (node) => wrapped("*", node),
  EM: (node) => wrapped("*", node),
  DEL: (node) => wrapped("~~", node),
  CODE: (node) => (node.textContent.includes("`") ? plain(node.textContent) : `\`${node.textContent}\``),
  PRE: fenced,
  A: linked,
  BR: () => "\n",
  HR: () => "\n---\n\n",
  IMG: (img) => (/^(\/files\/|https?:)/.test(img.getAttribute("src") ?? "") ? `![${plain(img.alt)}](${img.getAttribute("src")})` : plain(img.alt)),
  LABEL: (label) => (label.matches(".spoiler") ? wrapped("||", label) : inner(label)),
  UL: listed,
  OL: listed,
  BUTTON: () => "",
  CITE: () => "",
};

// hidden is what nobody sees before they ask: it stays so.
const folded = (details) => `\n:::spoiler ${details.querySelector("summary")?.textContent.trim() ?? ""}\n${[...details.childNodes].filter((node) => node.nodeName !== "SUMMARY").map(written).join("").trim()}\n:::\n\n`;

const block = /^(P|DIV|H[1-6]|TABLE|TR|FIGURE|SECTION)$/;

function written(node) {
  if (node.nodeType === Node.TEXT_NODE) return plain(node.data.replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.matches("blockquote.quote")) return ""; // who quotes quotes the author's own words
  if (node.matches("blockquote")) return `\n${inner(node).trim().split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;
  if (node.matches("details.spoiler")) return folded(node);
  const kind = kinds[node.nodeName];
  if (kind) return kind(node);
  return block.test(node.nodeName) ? `\n${inner(node).trim()}\n\n` : inner(node);
}

const marked = "strong, b, em, i, del, code, a, ul, ol";

// lifted is what a range holds, within the marks in the midst of which it begins and ends.
function lifted(range, within) {
  let parts = range.cloneContents();
  const around = (node) => {
    const shell = node.cloneNode(false);
    shell.append(parts);
    parts = shell;
  };
  const pre = within.closest("pre");
  if (pre) around(pre);
  else for (let node = within; node.matches(marked); node = node.parentElement) around(node);
  const holder = document.createElement("div");
  holder.append(parts);
  return holder;
}

// markdownOf is what a range of a text marks. What is hidden there stays so.
export function markdownOf(range) {
  const at = range.commonAncestorContainer;
  const within = at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement;
  const text = inner(lifted(range, within)).replace(/\n{3,}/g, "\n\n").trim();
  if (!text || !within.closest(".spoiler")) return text;
  return text.includes("\n") ? `:::spoiler Hidden there\n${text}\n:::` : `||${text}||`;
}
