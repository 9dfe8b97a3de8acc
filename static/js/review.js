// What a moderator's page does with JavaScript: a reply template is put in at once, the
// fields that a decision needs are shown, and j and k go through the queue.

const form = document.querySelector("[data-decision]");
if (form) {
  insertReplies(form);
  showWhatIsNeeded(form);
}
const queue = document.querySelector("[data-queue]");
if (queue) {
  walkQueue(queue);
}

function insertReplies(form) {
  const select = form.elements.namedItem("reply");
  const message = form.elements.namedItem("message");
  form.querySelector("[data-insert]").addEventListener("click", (event) => {
    event.preventDefault();
    const text = select.selectedOptions[0].dataset.text;
    if (!text) {
      select.focus();
      return;
    }
    const before = message.value.trim();
    message.value = before ? `${before}\n\n${text}` : text;
    message.dispatchEvent(new Event("input", { bubbles: true }));
    message.focus();
  });
}

// The reason is asked for only when it is needed; without a choice all is shown.
function showWhatIsNeeded(form) {
  const reason = form.elements.namedItem("reason")?.closest(".field");
  if (!reason) {
    return;
  }
  const update = () => {
    const chosen = form.querySelector("[name=decision]:checked")?.value;
    reason.hidden = Boolean(chosen) && chosen !== "decline";
  };
  form.addEventListener("change", update);
  update();
}

// Only while the focus is in the list, so that no letter is taken from anything else.
function walkQueue(queue) {
  const links = [...queue.querySelectorAll(".queue__title a")];
  const help = document.createElement("p");
  help.className = "queue__help";
  help.textContent =
    "När du står i listan går tangenten j till nästa och k till föregående.";
  queue.before(help);
  queue.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const row = event.target.closest(".queue__item");
    const place = links.findIndex((link) => row?.contains(link));
    links[place + step]?.focus();
  });
}
