// A factor found by typing: an ARIA 1.2 combobox. Everything about a factor is in view before it is chosen.
//
// The list lies over the page and moves nothing. What is chosen becomes a card of the form, as the server makes them.

import { choose } from "./card.js";
import { Options } from "./options.js";
import { get } from "./request.js";
import { say } from "./say.js";

/** How long one must pause before factors are looked for, in milliseconds. */
const PAUSE = 250;
/** How many are offered for some words, and for none. */
const OFFERED = 6;
const ALL = 58;

export class Combobox {
  timer = 0;
  /** @type {AbortController|null} */
  request = null;

  /** @param {HTMLInputElement} field @param {HTMLFormElement} form */
  constructor(field, form) {
    this.field = field;
    this.form = form;
    this.options = new Options(field, (place) => this.take(place));
    const kind = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.options.list.id };
    for (const [name, value] of Object.entries(kind)) field.setAttribute(name, value);
    field.closest(".line")?.append(this.options.box);
    field.addEventListener("input", () => this.askSoon());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    form.querySelector("button[name=look_up]")?.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
      this.ask();
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const { options } = this;
    const { active, last } = options;
    const open = !options.box.hidden;
    const keys = {
      ArrowDown: () => (open ? options.move(active >= last ? 0 : active + 1) : this.ask(0)),
      ArrowUp: () => (open ? options.move(active <= 0 ? last : active - 1) : this.ask(-1)),
      // Without an option under the keys, Enter brings them to the first one: it never sends a form half written.
      Enter: () => (open && active >= 0 ? this.take(active) : open ? options.move(0) : this.ask(0)),
      ...(open && active >= 0 && { Home: () => options.move(0), End: () => options.move(last) }),
      ...(open && { Escape: () => this.close() }),
    };
    const act = /** @type {Record<string, () => unknown>} */ (keys)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  askSoon() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.options.move(-1);
    if (this.field.value.trim()) this.timer = window.setTimeout(() => this.ask(), PAUSE);
    else this.close();
  }

  /** Asks for what fits the words of the field, or else those of the finding. @param {number} [then] the option to go to */
  async ask(then) {
    window.clearTimeout(this.timer);
    this.request?.abort();
    const request = this.request = new AbortController();
    const finding = this.form.elements.namedItem("statement");
    const words = this.field.value.trim() || (finding instanceof HTMLTextAreaElement ? finding.value.trim() : "");
    const query = new URLSearchParams({ q: words.slice(0, 400), limit: String(words ? OFFERED : ALL) });
    const answer = await get(`${this.field.dataset.suggestions}?${query}`, request.signal);
    if (request.signal.aborted || document.activeElement !== this.field) return;
    if (answer.status !== 200) return this.close();
    say("Factor", this.options.fill(answer.json.items));
    if (then !== undefined) this.options.move(then < 0 ? this.options.last : then);
  }

  /** @param {number} place */
  take(place) {
    const factor = this.options.factors[place];
    this.close();
    choose(this.form, this.field, factor);
    say("Factor", `${factor.name} is chosen`);
  }

  close() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.options.close();
  }
}
