// Warns five minutes before somebody is signed out, and lets them stay (trust D37).

const WARNING = 5 * 60; // seconds
const place = document.querySelector(".session-notice");
let timer;

if (place) {
  document.querySelector("[data-without-script]").hidden = true;
  const form = place.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay(form);
  });
  count(Number(place.dataset.seconds), place.dataset.prolongs === "true");
}

function count(seconds, prolongs) {
  place.hidden = true;
  const end = Date.now() + seconds * 1000;
  clearTimeout(timer);
  timer = setTimeout(() => warn(end, prolongs), Math.max(0, seconds - WARNING) * 1000);
}

function warn(end, prolongs) {
  // A sleeping computer may wake too late to be warned.
  const minutes = Math.max(0, Math.round((end - Date.now()) / 60000));
  const much = minutes === 1 ? "en minut" : `${minutes} minuter`;
  place.querySelector("[data-when]").textContent = prolongs
    ? `Du loggas ut om ${much}, om du inte väljer att stanna.`
    : `Du loggas ut om ${much}, för att du har varit inloggad så länge. Spara det du skriver.`;
  place.querySelector("form").hidden = !prolongs;
  place.hidden = false;
  timer = setTimeout(ended, Math.max(0, end - Date.now()));
}

function ended() {
  place.querySelector("[data-when]").textContent =
    "Du har loggats ut. Kopiera det du inte har sparat, och logga in igen.";
  place.querySelector("form").hidden = true;
}

async function stay(form) {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (!response.ok) {
      throw new Error(`${response.status}`);
    }
    const { seconds, prolongs } = await response.json();
    count(seconds, prolongs);
  } catch {
    ended();
  }
}
