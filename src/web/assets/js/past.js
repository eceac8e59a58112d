// "Has this happened before?": while the title of a new post-mortem is typed, the past ones that are most like it.

import { make } from "./dom.js";
import { send } from "./request.js";
import { say } from "./say.js";

/** How long one must pause before the server is asked, in milliseconds, and the fewest letters that say something. */
const PAUSE = 600;
const LEAST = 8;
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/**
 * @typedef {object} Past
 * @property {string} id
 * @property {string|null} number
 * @property {string} title
 * @property {string} filed_on
 * @property {string[]} reasons
 */

class Offer {
  timer = 0;
  /** What was asked last, and what it found. */
  asked = "";
  found = "";
  /** @type {AbortController|null} */
  request = null;

  /** @param {HTMLInputElement} title @param {HTMLElement} place */
  constructor(title, place) {
    this.title = title;
    this.place = place;
    this.heading = place.parentElement?.querySelector("h2")?.textContent ?? "";
    this.before = place.textContent ?? "";
    // Where the rail stands under the form, the way to it stands under the title.
    this.count = title.form?.querySelector("[data-past-count]");
    title.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), PAUSE);
    });
    this.ask();
  }

  async ask() {
    const title = this.title.value.trim();
    if (title === this.asked) return;
    this.asked = title;
    this.request?.abort();
    if (title.length < LEAST) return this.show([]);
    const request = this.request = new AbortController();
    // Not in the address: words that may be restricted must not stand in the log of a proxy.
    const answer = await send("POST", this.place.dataset.past ?? "", { title }, { signal: request.signal });
    // What stands is not worse than nothing when the server cannot be reached.
    if (!request.signal.aborted && answer.status === 200) this.show(answer.json.items);
  }

  /** @param {Past[]} items */
  show(items) {
    const found = items.map((item) => item.id).join();
    const words = items.length === 1 ? "1 past post-mortem is like this" : `${items.length} past post-mortems are like this`;
    if (found && found !== this.found) say(this.heading, words);
    this.found = found;
    this.count?.replaceChildren(...(items.length ? [make("a", { href: "#past" }, words)] : []));
    const none = this.asked.length < LEAST ? this.before : "Nothing that you may read is like this title.";
    if (!items.length) return this.place.replaceChildren(make("p", { class: "mut" }, none));
    const list = make("ul", { class: "toc past" }, ...items.map((item) => this.line(item)));
    this.place.replaceChildren(list, make("p", {}, "What would have to be true for one of these to reach us again?"));
  }

  /** @param {Past} item */
  line({ id, number, title, filed_on, reasons }) {
    const link = make("a", { href: `/postmortems/${number ?? id}`, target: "_blank", rel: "noopener" }, title, make("span", { class: "vh" }, ", in a new tab"));
    const facts = [number, day.format(new Date(filed_on))].filter(Boolean).join(" \u00b7 ");
    return make("li", {}, link, " ", make("small", { class: "mut" }, facts), make("p", { class: "mut" }, reasons.join("; ")));
  }
}

export function offerPast() {
  const [title, place] = [document.getElementById("title"), document.querySelector("[data-past]")];
  if (title instanceof HTMLInputElement && place instanceof HTMLElement) new Offer(title, place);
}
