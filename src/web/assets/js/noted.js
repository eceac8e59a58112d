// Notes on wording while one writes: underlined in the box, listed under it. The server finds them; nothing here does.

import { carry, unfold } from "./carry.js";
import { isTouched } from "./changed.js";
import { renewGate } from "./gate.js";
import { behind, marked, mirror } from "./grow.js";
import { fetchPage } from "./page.js";
import { replace } from "./replace.js";
import { say } from "./say.js";

/** @typedef {import("./grow.js").TextBox} TextBox */

/** How long one must pause before the server is asked, in milliseconds. */
const PAUSE = 600;

export class Noted {
  timer = 0;

  /** @param {TextBox} area @param {HTMLElement} list */
  constructor(area, list) {
    this.area = area;
    this.id = list.id;
    this.text = area.value;
    const described = [area.getAttribute("aria-describedby") ?? "", this.id.replace(/notes$/, "count")];
    area.setAttribute("aria-describedby", [...new Set(described.join(" ").split(/\s+/))].filter(Boolean).join(" "));
    if (area.value === area.defaultValue) this.mark(list);
    else this.soon();
    // Before the mirror is drawn anew.
    area.addEventListener("input", () => this.typed(), true);
  }

  get list() {
    return document.getElementById(this.id);
  }

  /** Whether the list stands within the form of its text, and what is answered goes with it. */
  get within() {
    return this.list?.hasAttribute("data-within") ?? false;
  }

  /** Underlines stay with their words until the server has looked again. */
  typed() {
    const [was, now] = [this.text, this.area.value];
    const most = Math.min(was.length, now.length);
    let [head, tail] = [0, 0];
    while (head < most && was[head] === now[head]) head += 1;
    while (tail < most - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const by = now.length - was.length;
    marked.set(this.area, (marked.get(this.area) ?? []).flatMap((mark) => {
      if (mark.end <= head) return [mark];
      return mark.start < was.length - tail ? [] : [{ ...mark, start: mark.start + by, end: mark.end + by }];
    }));
    this.text = now;
    this.soon();
  }

  soon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), PAUSE);
  }

  /** What goes with any question about the text. @param {FormData} [answer] */
  fields(answer = new FormData()) {
    const csrf = this.area.form?.elements.namedItem("csrf");
    if (csrf instanceof HTMLInputElement) answer.set("csrf", csrf.value);
    answer.set("place", this.list?.dataset.notes ?? "");
    answer.set("text", this.area.value);
    if (this.within) answer.set("within", this.id.replace(/-notes$/, ""));
    return new URLSearchParams([...answer].map(([name, value]) => [name, String(value)]));
  }

  async ask() {
    const text = this.area.value;
    const id = this.area.closest("[data-postmortem]")?.getAttribute("data-postmortem");
    const page = await fetchPage("POST", `/postmortems/${id}/findings`, this.fields());
    const fresh = page.document?.getElementById(this.id);
    // An answer about words that are no longer there says nothing.
    if (!fresh || page.status !== 200 || !this.area.isConnected || this.area.value !== text) return;
    const list = this.list;
    if (!list) return;
    const [was, is] = [list, fresh].map((part) => part.querySelectorAll(".notes > li").length);
    // Nothing is taken from under somebody's fingers.
    const answering = list.contains(document.activeElement) || (!this.within && isTouched(list));
    if (this.within) carry(list, fresh);
    if (!answering) replace(list, fresh);
    this.mark(answering ? fresh : this.list ?? fresh);
    const words = { 0: "No notes on wording", 1: "1 note on wording" }[is] ?? `${is} notes on wording`;
    const part = (this.within ? this.area.labels?.[0] : this.area.closest("section")?.querySelector("h2"))?.textContent ?? "";
    if (was !== is) say(`${part}, wording`, words);
  }

  /** Underlines what a list is about. @param {Element} list */
  mark(list) {
    const items = [...list.querySelectorAll(".notes > li")].filter((item) => item instanceof HTMLElement);
    marked.set(this.area, items.map((item) => {
      const { start, end } = item.dataset;
      return { start: Number(start), end: Number(end), kind: item.className, item: item.isConnected ? item : null };
    }));
    mirror(this.area);
  }

  /** Selects the words that a note is about. @param {HTMLElement} item */
  visit(item) {
    unfold(this.area);
    if (this.within) unfold(item);
    const marks = marked.get(this.area) ?? [];
    const index = marks.findIndex((mark) => mark.item === item);
    this.area.focus({ preventScroll: true });
    if (index >= 0) this.area.setSelectionRange(marks[index].start, marks[index].end);
    const shown = behind(this.area)?.querySelectorAll("mark")[index] ?? this.area;
    shown.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** Writes the words that a note offers. @param {HTMLElement} item @param {string} words */
  rewrite(item, words) {
    const mark = marked.get(this.area)?.find((one) => one.item === item);
    if (!mark) return;
    this.area.focus();
    this.area.setRangeText(words, mark.start, mark.end, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Sends an answer with the text as it stands, saved or not. @param {HTMLFormElement} form */
  async answer(form) {
    const page = await fetchPage("POST", form.action, this.fields(new FormData(form)));
    const refused = page.document?.querySelector("[role=alert] li")?.textContent;
    if (page.document?.getElementById("gate")) {
      renewGate(page.document);
      form.reset();
      this.area.focus({ preventScroll: true });
      return this.ask();
    }
    const words = refused ?? "That did not reach the server, or was not taken. Your words are still here: try again.";
    const line = form.querySelector(".err") ?? form.appendChild(document.createElement("p"));
    line.className = "err";
    line.textContent = words;
    say("", words);
  }
}
