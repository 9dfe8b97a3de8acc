// Sending a file: one that is far too large is told of before it is sent, and the button
// says that something is going on. The server checks everything anew.

const LIMITS = { pdf: 10_000_000, other: 5_000_000 };

for (const form of document.querySelectorAll("[data-upload]")) {
  const chosen = form.querySelector("input[type=file]");
  const problem = form.querySelector("[data-problem]");
  const button = form.querySelector("[data-sending]");
  const told = form.querySelector("[data-told]");

  chosen.addEventListener("change", () => show(problem, excess(chosen.files[0])));

  form.addEventListener("submit", (event) => {
    const wrong = excess(chosen.files[0]);
    if (wrong || button.getAttribute("aria-disabled")) {
      event.preventDefault();
      show(problem, wrong);
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
  const isDocument = file.name.toLowerCase().endsWith(".pdf");
  const limit = isDocument ? LIMITS.pdf : LIMITS.other;
  if (file.size <= limit) {
    return "";
  }
  const size = `${String(Math.ceil(file.size / 100_000) / 10).replace(".", ",")} MB`;
  return isDocument
    ? `Dokumentet är ${size}. Välj ett som är högst 10 MB`
    : `Bilden är ${size}. Välj en som är högst 5 MB`;
}

function show(problem, text) {
  problem.hidden = !text;
  problem.querySelector("span").textContent = text;
}
