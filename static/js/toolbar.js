// Buttons that write Markdown in a text field: bold, heading, list, quote, link. One tab
// stop, arrow keys between the buttons, and every change can be undone with Ctrl+Z.

const ACTS = [
  { text: "Fet", write: (words) => around(words, "**", "fet text") },
  { text: "Rubrik", write: (words, above) => lines(words, above, "## ", "Rubrik") },
  { text: "Lista", write: (words, above) => lines(words, above, "- ", "punkt") },
  { text: "Citat", write: (words, above) => lines(words, above, "> ", "citat") },
  { text: "Länk", write: link },
];

for (const field of document.querySelectorAll("textarea[data-markdown]")) {
  field.before(toolbar(field));
}

function toolbar(field) {
  const bar = document.createElement("div");
  const name = document.querySelector(`label[for="${field.id}"]`).firstChild.textContent;
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Formatera: ${name.trim()}`);
  bar.setAttribute("aria-controls", field.id);
  const buttons = ACTS.map((act, place) => button(field, act, place));
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => move(event, buttons));
  return bar;
}

function button(field, act, place) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "toolbar__button";
  made.textContent = act.text;
  made.tabIndex = place === 0 ? 0 : -1;
  made.addEventListener("click", () => apply(field, act));
  return made;
}

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const last = buttons.length - 1;
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    buttons.forEach((each, place) => (each.tabIndex = place === to ? 0 : -1));
    buttons[to].focus();
  }
}

function apply(field, act) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const made = act.write(value.slice(start, end), value.slice(0, start));
  field.focus();
  insert(field, made.text);
  field.setSelectionRange(start + made.from, start + made.to);
}

function insert(field, text) {
  // The browser's own undo knows of this way only; the other is for those without it.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function around(words, mark, example) {
  const inner = words || example;
  const text = `${mark}${inner}${mark}`;
  return { text, from: mark.length, to: mark.length + inner.length };
}

function lines(words, above, mark, example) {
  // A heading, list or quotation stands by itself, after an empty line.
  const ends = above === "" || above.endsWith("\n\n");
  const gap = ends ? "" : above.endsWith("\n") ? "\n" : "\n\n";
  const marked = (words || example).split("\n").map((line) => mark + line);
  const text = gap + marked.join("\n");
  return { text, from: gap.length + mark.length, to: text.length };
}

function link(words) {
  const inner = words || "länkens text";
  const text = `[${inner}](https://)`;
  const at = words ? inner.length + 3 : 1;
  return { text, from: at, to: words ? text.length - 1 : at + inner.length };
}
