// What is pasted from a word processor or a web page keeps its headings, lists and links:
// the server reads the HTML and answers with Markdown. If it cannot, the plain text is
// pasted as it is.

const ROOM = 400000; // characters of HTML that the server reads
const STRUCTURE = /<(h[1-6]|ul|ol|li|a\s|b\b|strong|i\b|em\b|blockquote)|mso-list/i;

const form = document.querySelector("form[data-paste]");
for (const field of form?.querySelectorAll("textarea[data-markdown]") ?? []) {
  field.addEventListener("paste", (event) => paste(event, field));
}

async function paste(event, field) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  if (!STRUCTURE.test(html) || html.length > ROOM) {
    return; // the browser pastes the plain text itself
  }
  event.preventDefault();
  field.readOnly = true; // for a moment, so that the text lands where the cursor was
  const markdown = await read(html);
  field.readOnly = false;
  field.focus();
  insert(field, markdown || plain);
}

async function read(html) {
  const body = new URLSearchParams({ html });
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.paste, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(4000),
    });
    return answer.ok ? (await answer.json()).markdown : "";
  } catch {
    return "";
  }
}

function insert(field, text) {
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
