// "Said before?": while a finding is written, the earlier ones that are most like it, each with the reason.

import { make } from "./dom.js";
import { send } from "./request.js";
import { say } from "./say.js";

/** How long one must pause before the server is asked, in milliseconds, and the fewest letters that say something. */
const PAUSE = 600;
const LEAST = 8;
/** The most letters that are sent. */
const MOST = 1500;
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/**
 * @typedef {object} Earlier
 * @property {string} id
 * @property {string} statement
 * @property {{id: string, number: string|null, title: string}} postmortem
 * @property {string} filed_on
 * @property {string[]} reasons
 * @property {{id: string, statement: string}[]} causes
 */

export class Said {
  timer = 0;
  /** What was asked last, and what it found. */
  asked = "";
  found = "";
  /** @type {AbortController|null} */
  request = null;

  /** @param {HTMLTextAreaElement} area @param {HTMLFormElement} form */
  constructor(area, form) {
    this.area = area;
    this.form = form;
    this.lines = make("div");
    this.count = form.querySelector("[data-said]");
    const id = this.place = `${area.id}-said`;
    const level = form.querySelector("h3") ? "h4" : "h3";
    form.append(make("section", { class: "before live", "aria-labelledby": id }, make(level, { id }, "Said before?"), this.lines));
    this.note("Earlier findings that are like this one will stand here.");
    area.addEventListener("input", () => this.askSoon());
    form.addEventListener("change", () => this.askSoon());
    this.ask();
  }

  askSoon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.area.value.trim().slice(0, MOST);
    const fields = new FormData(this.form);
    const [factor, component] = ["factor", "component"].map((name) => String(fields.get(name) ?? ""));
    const { similar = "", postmortem } = this.area.dataset;
    const asked = [text, factor, component].join("\n");
    if (text.length < LEAST || asked === this.asked) return;
    this.asked = asked;
    this.request?.abort();
    const request = this.request = new AbortController();
    // Not in the address: words of a restricted post-mortem must not stand in the log of a proxy.
    const answer = await send("POST", similar, { text, factor, component, postmortem }, { signal: request.signal });
    // What stands is not worse than nothing when the server cannot be reached.
    if (!request.signal.aborted && answer.status === 200) this.show(answer.json.items);
  }

  /** @param {Earlier[]} items */
  show(items) {
    const found = items.map((item) => item.id).join();
    const words = items.length === 1 ? "1 earlier finding is like this one" : `${items.length} earlier findings are like this one`;
    if (found && found !== this.found) say("Said before?", words);
    this.found = found;
    this.count?.replaceChildren(...(items.length ? [make("a", { href: `#${this.place}` }, words)] : []));
    if (!items.length) return this.note("Nothing like it in what you may read.");
    const list = make("ol", { class: "said" }, ...items.map((item) => this.line(item)));
    const later = make("p", { class: "mut" }, "Once this finding is saved, it can be linked to one of them as a recurring cause.");
    this.lines.replaceChildren(list, ...(this.area.dataset.statement ? [] : [later]));
  }

  /** @param {Earlier} item */
  line({ id, statement, postmortem, filed_on, reasons, causes }) {
    const link = (/** @type {string} */ href, /** @type {string} */ words, kind = "") => make("a", { href, class: kind, target: "_blank", rel: "noopener" },
      words, make("span", { class: "vh" }, `${kind ? `: ${statement}` : ""}, in a new tab`));
    const own = this.area.dataset.statement;
    const lead = causes.length ? `/causes/${causes[0].id}?statement=${own}#link` : `/causes/new?statement=${id}&then=${own}`;
    const facts = [postmortem.number, postmortem.title].filter(Boolean).join(", ");
    return make("li", {},
      make("p", {}, link(`/postmortems/${postmortem.number ?? postmortem.id}#factor-${id}`, statement)),
      make("p", { class: "why" }, `${facts} · ${day.format(new Date(filed_on))}`),
      make("p", { class: "mut" }, reasons.join("; ")),
      ...causes.map((cause) => make("p", {}, "Part of ", link(`/causes/${cause.id}`, cause.statement))),
      ...(own ? [make("p", {}, link(lead, "Link as a recurring cause", "btn sm"))] : []));
  }

  /** @param {string} words */
  note(words) {
    this.lines.replaceChildren(make("p", { class: "mut" }, words));
  }
}
