// Sending a file: one that is far too large is told of before it is sent, and the button
// says that something is going on. The server checks everything anew.

const LIMITS = { pdf: 10_000_000, other: 5_000_000 };
const KINDS = ["pdf", "jpg", "jpeg", "png", "webp"];

for (const form of document.querySelectorAll("[data-upload]")) {
  const chosen = form.querySelector("input[type=file]");
  const problem = form.querySelector("[data-problem]");
  const button = form.querySelector("[data-sending]");
  const told = form.querySelector("[data-told]");

  chosen.addEventListener("change", () => show(chosen, problem));

  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled")) {
      event.preventDefault();
      return;
    }
    if (show(chosen, problem)) {
      event.preventDefault();
      chosen.focus();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    told.textContent = button.dataset.sending;
    button.textContent = button.dataset.sending;
  });

  // Back in the browser gives the page as it was when it was left.
  const label = button.textContent;
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  });
}

function excess(file) {
  if (!file) {
    return "";
  }
  const extension = file.name.toLowerCase().split(".").pop();
  const isDocument = extension === "pdf";
  const limit = isDocument ? LIMITS.pdf : LIMITS.other;
  if (file.size <= limit) {
    return "";
  }
  if (!KINDS.includes(extension)) {
    return "Välj en fil som är PDF, JPG, PNG eller WebP";
  }
  const size = `${String(Math.ceil(file.size / 100_000) / 10).replace(".", ",")} MB`;
  return isDocument
    ? `Dokumentet är ${size}. Välj ett som är högst 10 MB`
    : `Bilden är ${size}. Välj en som är högst 5 MB`;
}

// Says what is wrong with the chosen file, tied to its field; false if nothing is.
function show(chosen, problem) {
  const text = excess(chosen.files[0]);
  problem.hidden = !text;
  problem.querySelector("span").textContent = text;
  const others = (chosen.getAttribute("aria-describedby") ?? "").split(" ");
  const ids = others.filter((id) => id && id !== problem.id);
  chosen.setAttribute("aria-describedby", text ? [...ids, problem.id].join(" ") : ids.join(" "));
  chosen.setAttribute("aria-invalid", Boolean(text));
  return Boolean(text);
}
