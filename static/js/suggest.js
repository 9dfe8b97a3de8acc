// Suggests words and pages while somebody types in a field whose `data-suggest` names
// the address to ask. The field becomes a combobox with a list (ARIA 1.2); whatever
// fails, it stays the field it is without the script. With `data-suggest-several` the
// field holds several with commas between, and choosing one sends nothing.

const SHORTEST = 2; // letters
const REST = 150; // milliseconds without a key before the server is asked
let made = 0;

class Combobox {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    made += 1;
    const had = document.activeElement === this.input;
    const place = element("div", "suggest");
    this.input.replaceWith(place);
    this.list = element("ul", "suggest__list");
    this.list.id = `forslag-${made}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Förslag");
    this.said = element("span", "visually-hidden");
    this.said.setAttribute("aria-live", "polite");
    place.append(this.input, this.list, this.said);
    const is = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(is)) {
      this.input.setAttribute(name, value);
    }
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("autocomplete", "off");
    if (had) {
      this.input.focus();
    }
  }

  listen() {
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.form?.addEventListener("submit", () => this.close());
    // The field keeps the focus while the list is used.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.choose(this.options.indexOf(option));
      }
    });
  }

  wait() {
    this.stop();
    this.timer = setTimeout(() => this.ask(), REST);
  }

  // Forget what is asked for, or about to be.
  stop() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  async ask() {
    const text = this.typed();
    if (text.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.asked = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      // A search is the same for everybody, so nobody need say who they are.
      const credentials = this.holdsSeveral() ? "same-origin" : "omit";
      const about = { signal: this.asked.signal, credentials };
      const response = await fetch(address, about);
      if (!response.ok) {
        throw new Error(`${response.status}`);
      }
      this.show(await response.json());
    } catch (fault) {
      if (fault.name !== "AbortError") {
        this.close();
      }
    }
  }

  show({ queries, pages }) {
    if (document.activeElement !== this.input) {
      return;
    }
    const typed = this.input.value.trim();
    const all = [
      ...queries.filter((text) => text !== typed).map((text) => ({ text })),
      ...pages.map(({ title, address, kind }) => ({ text: title, address, kind })),
    ];
    this.options = all.map((each, number) => this.option(each, number));
    this.list.replaceChildren(...this.options);
    this.open(all.length > 0);
    this.said.textContent = told(all.length);
  }

  option({ text, address, kind }, number) {
    const option = element("li", "suggest__option");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(text);
    if (address) {
      option.dataset.address = address;
      const where = element("span", "suggest__page");
      where.textContent = kind ? `${kind} – gå till sidan` : "Gå till sidan";
      option.append(" ", where);
    }
    option.dataset.text = text;
    return option;
  }

  open(is_open) {
    this.list.hidden = !is_open;
    this.input.setAttribute("aria-expanded", String(is_open));
    this.mark(-1);
  }

  close() {
    this.stop();
    this.open(false);
    this.said.textContent = "";
  }

  mark(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // which would empty the field
      this.close();
    }
  }

  // From the field itself, which is -1, through the options and round again.
  step(by) {
    if (this.list.hidden) {
      this.stop();
      this.ask();
      return;
    }
    const places = this.options.length + 1;
    this.mark(((this.active + 1 + by + places) % places) - 1);
  }

  choose(number) {
    const { text, address } = this.options[number].dataset;
    this.close();
    if (address) {
      const page = new URL(address, location.href);
      if (page.origin === location.origin) {
        location.assign(page.href);
      }
      return;
    }
    if (this.holdsSeveral()) {
      this.add(text);
      return;
    }
    this.input.value = text;
    this.input.form?.requestSubmit();
  }

  holdsSeveral() {
    return "suggestSeveral" in this.input.dataset;
  }

  // What is being typed now: all of it, or what is after the last comma.
  typed() {
    const { value } = this.input;
    const from = this.holdsSeveral() ? value.lastIndexOf(",") + 1 : 0;
    return value.slice(from).trimStart();
  }

  add(text) {
    const { value } = this.input;
    const before = value.slice(0, value.lastIndexOf(",") + 1);
    this.input.value = `${before}${before ? " " : ""}${text}, `;
    // So that it is saved as if it were typed.
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function told(count) {
  if (!count) {
    return "Inga förslag.";
  }
  return `${count} förslag. Välj med piltangenterna.`;
}

for (const input of document.querySelectorAll("input[data-suggest]")) {
  new Combobox(input);
}
