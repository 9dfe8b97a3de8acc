// What a form does with JavaScript: the summary of errors takes the focus, so that it
// is read first, and counters say how much room is left.

const PAUSE = 800; // milliseconds of rest before a screen reader is told

document.querySelector("[data-focus]")?.focus();

for (const counter of document.querySelectorAll(".field__counter[data-limit]")) {
  const field = document.querySelector(`[aria-describedby~="${counter.id}"]`);
  if (field) {
    follow(field, counter, Number(counter.dataset.limit));
  }
}

function follow(field, counter, limit) {
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("aria-live", "polite");
  counter.after(said);
  let resting;
  field.addEventListener("input", () => {
    counter.textContent = room(field, limit);
    clearTimeout(resting);
    resting = setTimeout(() => (said.textContent = counter.textContent), PAUSE);
  });
  if (field.value) {
    counter.textContent = room(field, limit);
  }
}

function room(field, limit) {
  // The server counts a line break as one character, and a letter as one.
  const left = limit - Array.from(field.value.normalize("NFC")).length;
  const much = `${Math.abs(left)} tecken`;
  return left < 0
    ? `Högst ${limit} tecken. Du har ${much} för mycket.`
    : `Högst ${limit} tecken. Du har ${much} kvar.`;
}
