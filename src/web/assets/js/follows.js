// A part of the editor's rail that follows what was saved: its page is asked for, and takes the place of the old part.

import { fetchPage } from "./page.js";
import { replace } from "./replace.js";

/** How long after something was saved the server is asked, in milliseconds: more may be saved with it. */
const PAUSE = 300;

export class Follows {
  timer = 0;
  /** How often the part was asked for or came: an answer that another overtook is old. */
  turn = 0;

  /** @param {string} id of the part; its data-page is where it is asked for @param {(old: Element, fresh: Element) => void} [told] */
  constructor(id, told) {
    this.id = id;
    this.told = told;
  }

  follow() {
    document.addEventListener("saved", () => this.#soon());
  }

  #soon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const mine = this.turn += 1;
    const place = document.getElementById(this.id)?.dataset.page;
    const page = place ? await fetchPage("GET", place) : null;
    if (mine === this.turn) this.renew(page?.document);
  }

  /** Puts the part of a page in the place of the one that stands. @param {Document|null} [page] */
  renew(page) {
    this.turn += 1;
    const [old, fresh] = [document.getElementById(this.id), page?.getElementById(this.id)];
    if (!old || !fresh) return;
    // Nothing is taken from under somebody's fingers.
    if (old.contains(document.activeElement)) return old.addEventListener("focusout", () => this.#soon(), { once: true });
    const [was, is] = [old, document.importNode(fresh, true)];
    replace(old, fresh);
    this.told?.(was, is);
  }
}
