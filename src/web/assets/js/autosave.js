// One section that saves itself. What its state line says is what the server confirmed, nothing else.

import { answered } from "./answers.js";
import { make } from "./dom.js";
import { forget, keep } from "./drafts.js";
import { send } from "./request.js";
import { State } from "./state.js";

/** How long somebody must pause before their words are sent, and how long they may type on, in milliseconds. */
const PAUSE = 1500;
const LONGEST_WAIT = 8000;
/** How long until the next try after one that failed, in milliseconds: twice as long each time. */
const FIRST_TRY = 3000;
const LONGEST_TRY = 60_000;

export class Box {
  /** Why nothing is sent by itself; "" if it is. @type {""|"conflict"|"signed out"|"refused"} */
  held = "";
  /** The one request under way. @type {Promise<unknown>|null} */
  flight = null;
  /** Whether this browser keeps what is not saved. */
  kept = false;
  /** Whether anything was typed: what the browser itself brings back into the box is not sent. */
  touched = false;
  timer = 0;
  waitingSince = 0;
  tries = 0;

  /** @param {HTMLFormElement} form @param {HTMLTextAreaElement} area @param {HTMLElement} section */
  constructor(form, area, section) {
    this.area = area;
    this.section = section;
    this.url = form.dataset.autosave ?? "";
    this.part = section.querySelector("h2")?.textContent?.trim() ?? "";
    this.state = new State(section.querySelector("[data-state]"), this.part);
    this.field = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
    this.note = /** @type {HTMLInputElement|null} */ (form.elements.namedItem("note"));
    this.version = Number(this.field.defaultValue);
    /** The text that the server is known to have. */
    this.confirmed = area.defaultValue;
    /** Readers see a published text at once, so it goes only when somebody says so. */
    this.manual = this.note !== null;
    this.panel = make("div", { class: "notice look", hidden: "" });
    form.after(this.panel);
    area.addEventListener("input", () => this.typed());
    area.addEventListener("blur", () => this.save());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.saveNow(); });
  }

  get unsaved() {
    return this.touched && this.area.value !== this.confirmed;
  }

  /** Notes a change: kept at once, sent soon. */
  typed() {
    this.touched = true;
    if (this.held === "refused" && !this.manual) this.held = "";
    if (!this.unsaved && !this.flight && !this.held) return this.#settled();
    this.kept = keep(this.url, this.draft(this.version));
    if (this.held) return;
    if (!this.tries) this.state.unsaved();
    this.waitingSince ||= Date.now();
    if (!this.tries) this.#soon(Math.min(PAUSE, Math.max(0, this.waitingSince + LONGEST_WAIT - Date.now())));
  }

  /** Sends what somebody is still typing. @param {boolean} [leaving] whether the page may be gone before the answer */
  async save(leaving = false) {
    if (this.flight || this.held || this.manual || !this.unsaved) return this.flight;
    return this.#fly(true, leaving);
  }

  /** Sends because somebody said so, even where nothing is sent by itself; not over a text they have not seen. */
  async saveNow() {
    while (this.flight) await this.flight;
    if (this.held === "conflict") return this.panel.querySelector("button")?.focus();
    this.held = "";
    if (this.unsaved) await this.#fly(false, false);
    else this.#settled();
    this.state.speak();
  }

  /** Takes in that the server has a text. @param {string} text @param {number} version @param {string|null} at */
  confirm(text, version, at) {
    this.version = version;
    this.field.value = String(version);
    this.confirmed = text;
    this.held = "";
    this.tries = 0;
    if (this.panel.contains(document.activeElement)) this.area.focus();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.state.saved(at);
    if (this.unsaved) this.typed();
    else this.#settled();
  }

  /** Shows another text in the box. @param {string} text @param {number} version the one it was made from */
  put(text, version) {
    this.version = version;
    this.area.value = text;
    this.area.dispatchEvent(new Event("input"));
  }

  /** Sends nothing by itself until somebody has decided. @param {"conflict"|"signed out"|"refused"} why @param {Node[]} words */
  hold(why, ...words) {
    const focused = this.panel.contains(document.activeElement);
    this.held = why;
    this.panel.replaceChildren(...words);
    this.panel.hidden = false;
    if (focused) this.panel.querySelector("button")?.focus();
  }

  /** Tries again after a while, longer each time. @param {number} seconds how long the server asks us to wait; 0 if it does not */
  retry(seconds) {
    this.#soon(seconds * 1000 || Math.min(LONGEST_TRY, FIRST_TRY * 2 ** this.tries));
    this.tries += 1;
  }

  /** What is in the box, to be kept on this computer. @param {number} version */
  draft(version) {
    const page = `${location.pathname}#${this.section.id}`;
    return { text: this.area.value, version, part: this.part, page, at: new Date().toISOString() };
  }

  #settled() {
    window.clearTimeout(this.timer);
    this.waitingSince = 0;
    forget(this.url);
    this.state.settled();
    this.section.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: this.confirmed }));
  }

  /** @param {number} milliseconds */
  #soon(milliseconds) {
    window.clearTimeout(this.timer);
    if (!this.manual) this.timer = window.setTimeout(() => this.save(), milliseconds);
  }

  /** @param {boolean} typing @param {boolean} leaving */
  #fly(typing, leaving) {
    window.clearTimeout(this.timer);
    this.waitingSince = 0;
    const text = this.area.value;
    const body = { text, typing, note: this.note?.value ?? "" };
    this.flight = send("PUT", this.url, body, { version: this.version, keepalive: leaving })
      .then((answer) => answered(this, text, answer))
      .finally(() => { this.flight = null; });
    return this.flight;
  }
}
