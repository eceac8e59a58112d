// The state line of a section: the only words for it, and when they are also spoken.

import { say } from "./say.js";

const zone = document.querySelector("[data-story-zone]")?.getAttribute("data-story-zone") ?? "UTC";
const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = format({ day: "numeric", month: "short", year: "numeric" });

/** @param {Intl.DateTimeFormatOptions} how */
function format(how) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...how, timeZone: zone });
  } catch {
    // A zone that this browser does not know: its own is the next best.
    return new Intl.DateTimeFormat("en-GB", how);
  }
}

/** A moment on the clock of the story's zone. @param {string} at ISO 8601 */
export const clock = (at) => time.format(new Date(at));

/** The same, with the day unless it is today. @param {string} at ISO 8601 */
export function moment(at) {
  const on = day.format(new Date(at));
  return on === day.format(new Date()) ? clock(at) : `${on}, ${clock(at)}`;
}

export class State {
  /** @param {Element|null} line @param {string} part what the section is called */
  constructor(line, part) {
    this.line = line;
    this.part = part;
    /** What the server last confirmed. */
    this.savedWords = line?.textContent ?? "";
    this.spoken = this.savedWords;
  }

  /** @param {string|null} at when the server kept it; `null` if it did not say */
  saved(at) {
    this.savedWords = at ? `Saved ${clock(at)}` : "Saved";
    this.settled();
  }

  settled() {
    this.#show(this.savedWords ? "saved" : "", this.savedWords, true);
  }

  unsaved() {
    this.#show("unsaved", "Not saved yet", false);
  }

  /** @param {"Offline"|"Signed out"} why @param {boolean} kept whether this browser keeps the words */
  away(why, kept) {
    this.#show("offline", kept ? `${why} \u2014 kept on this computer` : `${why} \u2014 not kept, copy your words`, true);
  }

  /** @param {string} more where the way on is */
  refused(more) {
    this.#show("unsaved", "Not saved yet", true, more);
  }

  /** @param {string} more */
  clash(more) {
    this.#show("clash", "Someone else changed this", true, more);
  }

  /** Says what stands there, because somebody asked. */
  speak() {
    this.#say(this.line?.textContent ?? "");
  }

  /** @param {string} words */
  #say(words) {
    this.spoken = words;
    say(this.part, words);
  }

  /** @param {string} kind @param {string} words @param {boolean} aloud @param {string} [more] */
  #show(kind, words, aloud, more = "") {
    if (!this.line) return;
    this.line.className = `state ${kind}`.trim();
    if (this.line.textContent !== words) this.line.textContent = words;
    const all = more ? `${words}. ${more}` : words;
    // Not every save within a minute is worth a word, and the same trouble is not told twice.
    if (aloud && words && all !== this.spoken) this.#say(all);
  }
}
