// Saves what is written while it is written: half a second after the last key, only the
// fields that changed, and one request at a time. The page holds all that is not saved
// yet, says so, and tries again; nothing is kept in the browser's own storage.

const REST = 500; // milliseconds after the last key
const RETRY = 5000; // milliseconds between tries when the server is not reached
const QUIET = 20000; // milliseconds between two times a screen reader is told "Sparat"

const form = document.querySelector("form[data-autosave]");
if (form) {
  start(form);
}

function start(form) {
  const said = place(form);
  const state = {
    form,
    said,
    changed: new Set(),
    refused: new Set(), // what the server could not store as it is
    tab: crypto.randomUUID(),
    sequence: 0,
    busy: false,
    leaving: false,
    stopped: false,
    timer: 0,
  };
  form.addEventListener("input", (event) => note(state, event.target));
  form.addEventListener("change", (event) => note(state, event.target));
  form.addEventListener("submit", (event) => leave(state, event));
  addEventListener("beforeunload", (event) => warn(state, event));
  addEventListener("online", () => soon(state, 0));
  addEventListener("pageshow", (event) => arrive(state, event));
}

function arrive(state, event) {
  // After Back the browser may have put text in again that never reached the server, or
  // show a page as it was long ago, which is then read anew.
  state.leaving = false;
  if (event.persisted && !state.changed.size && !state.refused.size) {
    location.reload();
    return;
  }
  const all = "unsaved" in state.form.dataset;
  for (const field of state.form.elements) {
    if (all || differs(field)) {
      note(state, field);
    }
  }
}

function differs(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.type === "select-one") {
    return field.selectedIndex >= 0 && !field.selectedOptions[0].defaultSelected;
  }
  return "defaultValue" in field && field.value !== field.defaultValue;
}

function place(form) {
  // What is seen changes with every save; what is read out does so seldom.
  const box = document.createElement("div");
  const seen = document.createElement("p");
  const heard = document.createElement("p");
  seen.className = "step-form__saved";
  heard.className = "visually-hidden";
  heard.setAttribute("role", "status");
  box.append(seen, heard);
  form.append(box);
  return { seen, heard, at: 0, last: "" };
}

function tell(state, text, { kind = "", urgent = false, link = null } = {}) {
  const { said } = state;
  said.seen.textContent = text;
  said.seen.dataset.state = kind;
  if (link) {
    said.seen.append(" ", link);
  }
  const is_new = urgent && said.last !== text;
  if (is_new || (!urgent && (said.last === "" || Date.now() - said.at > QUIET))) {
    said.heard.textContent = text;
    said.at = Date.now();
    said.last = urgent ? text : "saved";
  }
}

function note(state, field) {
  const own = new Set(["lock", "who", "key", "csrfmiddlewaretoken", "then", ""]);
  const { only } = state.form.dataset;
  if (state.stopped || own.has(field.name) || (only && field.name !== only)) {
    return;
  }
  state.changed.add(field.name);
  soon(state, REST);
}

function soon(state, delay) {
  clearTimeout(state.timer);
  if (state.changed.size && !state.stopped) {
    state.timer = setTimeout(() => save(state), delay);
  }
}

async function save(state) {
  if (state.busy || state.leaving) {
    return;
  }
  const names = [...state.changed];
  state.changed.clear();
  state.busy = true;
  state.sequence += 1;
  let answer;
  try {
    answer = await post(state, names);
  } catch {
    answer = null;
  }
  state.busy = false;
  const is_saved = answer?.ok && (await saved(state, answer, names));
  if (!is_saved && !state.leaving) {
    names.forEach((name) => state.changed.add(name));
    await failed(state, answer);
  }
}

function post(state, names) {
  const { form } = state;
  const all = new FormData(form);
  const body = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "lock"]) {
    body.append(name, all.get(name));
  }
  body.append("step", form.dataset.step);
  body.append("tab", state.tab);
  body.append("sequence", state.sequence);
  for (const name of names) {
    body.append("changed", name);
    all.getAll(name).forEach((value) => body.append(name, value));
  }
  return fetch(form.dataset.autosave, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "error",
  });
}

async function saved(state, answer, names) {
  let told;
  try {
    told = await answer.json();
  } catch {
    return false;
  }
  state.form.elements.lock.value = told.lock;
  for (const [name, text] of Object.entries(told.advice)) {
    const place = state.form.querySelector(`[data-advice-on="${name}"]`);
    if (place) {
      place.textContent = text;
    }
  }
  names.forEach((name) => state.refused.delete(name));
  Object.keys(told.faults).forEach((name) => state.refused.add(name));
  const faults = Object.values(told.faults);
  if (faults.length) {
    tell(state, `${faults.join(". ")}. Resten är sparat.`, { kind: "waiting", urgent: true });
  } else {
    tell(state, `Sparat ${told.saved}`);
  }
  soon(state, REST);
  return true;
}

async function failed(state, answer) {
  const told = await content(answer);
  if (answer?.status === 401) {
    const text = "Du är utloggad. Logga in i en ny flik, så sparas det du skrev.";
    tell(state, text, { kind: "waiting", urgent: true, link: way(told.sign_in) });
  } else if (answer?.status === 409) {
    state.stopped = true;
    tell(state, told.message, { kind: "stopped", urgent: true, link: compare() });
    return;
  } else if (answer?.status === 403 && told.token) {
    state.form.elements.csrfmiddlewaretoken.value = told.token;
    soon(state, 0);
    return;
  } else if (answer?.status === 404) {
    const text = "Texten hör inte till den som är inloggad nu. Kopiera det du skrev.";
    tell(state, text, { kind: "stopped", urgent: true });
    return;
  } else if (answer && answer.status >= 400 && answer.status < 500 && told.message) {
    tell(state, told.message, { kind: "stopped", urgent: true });
    return; // until something is written anew
  } else {
    tell(state, "Inte sparat än – försöker igen.", { kind: "waiting", urgent: true });
  }
  soon(state, RETRY);
}

async function content(answer) {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {};
  }
}

function way(address) {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Logga in (ny flik)";
  return link;
}

function compare() {
  // Sends the form, which answers with both texts side by side.
  const button = document.createElement("button");
  button.className = "button";
  button.dataset.variant = "link";
  button.textContent = "Jämför texterna";
  return button;
}

function leave(state, event) {
  // The form itself carries everything; it says so as the next save of this tab, so
  // that an answer that was lost on the way makes no conflict.
  if (event.defaultPrevented) {
    return;
  }
  state.leaving = true;
  clearTimeout(state.timer);
  put(state.form, "tab", state.stopped ? "" : state.tab);
  put(state.form, "sequence", state.sequence + 1);
  state.sequence += 1;
}

function put(form, name, value) {
  const field = form.elements[name] ?? document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
}

function warn(state, event) {
  const is_waiting = state.busy || state.changed.size || state.refused.size;
  if (!state.leaving && is_waiting) {
    event.preventDefault();
  }
}
