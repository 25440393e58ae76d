// What is asked for a poll, and how it stands in the text then.
import { button, el } from "./dom.js";
import { ask, field } from "./insert.js";

const most = { question: 200, options: 20 };

const choice = (id, label, ...options) =>
  field(id, label, el("select", { class: "input", id }, ...options.map(([value, words]) => el("option", { value }, words))));

const one = (text) => text.trim().replace(/\s+/g, " ");

export function askPoll(box, write) {
  const before = box.value.slice(0, box.selectionStart);
  const zone = document.body.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const question = el("input", { class: "input", type: "text", id: "poll-question", required: true, maxlength: most.question, autocomplete: "off" });
  const options = el("textarea", { class: "input", id: "poll-options", required: true, rows: "4", "aria-describedby": "poll-hint", input: () => options.setCustomValidity("") });
  const answers = choice("poll-answers", "Answers", ["one answer", "One"], ["several answers", "Several"]);
  const results = choice("poll-results", "Results", ["results after voting", "Hidden until one has voted"], ["results always", "Open to everybody"], ["results after closing", "Hidden until it closes"]);
  const ends = el("input", { class: "input", type: "datetime-local", id: "poll-ends" });
  const names = el("input", { type: "checkbox" });
  const chosen = (part) => part.querySelector("select").value;
  const given = () => [...new Set(options.value.split("\n").map((line) => one(line).replace(/^[-*+] +/, "")).filter(Boolean))];

  // sound says what is missing where it is missing, before the dialog closes.
  const sound = () => {
    const n = given().length;
    options.setCustomValidity(n < 2 ? "Write at least two options, each on a line." : n > most.options ? `A poll has at most ${most.options} options.` : "");
    ends.required = chosen(results) === "results after closing";
  };

  const made = () => {
    const lines = [`:::poll ${one(question.value)}`, ...given().map((option) => `- ${option}`), chosen(answers), chosen(results)];
    if (names.checked) lines.push("names shown");
    if (ends.value) lines.push(`until ${ends.value.replace("T", " ")} ${zone}`);
    return `${before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"}${lines.join("\n")}\n:::\n`;
  };

  const form = el("form", { class: "stack gap-3", method: "dialog", submit: () => write(made()) },
    field("poll-question", "Question", question),
    field("poll-options", "Options", options, el("p", { class: "hint", id: "poll-hint" }, `One a line, from two to ${most.options}.`)),
    answers, results,
    field("poll-ends", `Closes (none: it stays open), ${zone.replaceAll("_", " ")}`, ends),
    el("label", { class: "check" }, names, el("span", {}, "Everybody sees who voted for what")),
    el("p", { class: "row gap-2" }, el("button", { class: "btn primary", type: "submit", click: sound }, "Insert"), button("btn quiet", "Cancel", () => dialog.close())));
  form.addEventListener("change", sound);
  const dialog = ask("Poll", box, form);
  question.focus();
}
