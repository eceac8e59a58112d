// Post-mortems offered while one types into the search box: an ARIA 1.2 combobox. Without a choice Enter searches, as ever.

import { make } from "./dom.js";
import { get } from "./request.js";
import { say } from "./say.js";

/** How long one must pause before anything is looked for, in milliseconds. */
const PAUSE = 200;
/** Fewer letters find too much. */
const FEWEST = 2;

/** @typedef {{title: string, address: string, facts: string}} Suggestion */

class Suggestions {
  timer = 0;
  active = -1;
  /** @type {AbortController|null} */
  request = null;
  /** @type {Suggestion[]} */
  items = [];

  /** @param {HTMLInputElement} field */
  constructor(field) {
    this.field = field;
    this.list = make("ul", { role: "listbox", id: "q-list", class: "suggest", "aria-label": "Post-mortems that fit", hidden: "" });
    const kind = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(kind)) field.setAttribute(name, value);
    field.after(this.list);
    field.addEventListener("input", () => this.askSoon());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus, whatever is pressed in the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.open([...this.list.children].indexOf(option));
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.isComposing || this.list.hidden) return;
    const last = this.items.length - 1;
    const keys = {
      ArrowDown: () => this.move(this.active >= last ? -1 : this.active + 1),
      ArrowUp: () => this.move(this.active < 0 ? last : this.active - 1),
      Escape: () => this.close(),
      ...(this.active >= 0 && { Enter: () => this.open(this.active) }),
    };
    const act = /** @type {Record<string, () => unknown>} */ (keys)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  askSoon() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    if (this.field.value.trim().length < FEWEST) this.close();
    else this.timer = window.setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const request = this.request = new AbortController();
    const query = new URLSearchParams({ q: this.field.value.trim().slice(0, 400) });
    const answer = await get(`${this.field.dataset.suggestions}?${query}`, request.signal);
    if (request.signal.aborted || document.activeElement !== this.field) return;
    this.fill(answer.status === 200 ? answer.json.items : []);
  }

  /** @param {Suggestion[]} items */
  fill(items) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, place) => make("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" },
      make("b", {}, item.title), " ", make("span", {}, item.facts))));
    this.move(-1);
    this.list.hidden = !items.length;
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    if (items.length) say("Search", `${items.length === 1 ? "1 post-mortem fits" : `${items.length} post-mortems fit`}. Look at them with the up and down keys`);
  }

  /** Brings the keys to an option, or back into the field. @param {number} place */
  move(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {number} place */
  open(place) {
    const item = this.items[place];
    if (item) window.location.assign(item.address);
  }

  close() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.move(-1);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }
}

export function suggest() {
  const field = document.getElementById("q");
  if (field instanceof HTMLInputElement) new Suggestions(field);
}
