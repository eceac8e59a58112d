// Text boxes that grow with their text: a mirror of the text behind the box gives the height, and carries underlines.

import { make } from "./dom.js";

/** @typedef {{start: number, end: number, kind: string, item: HTMLElement|null}} Mark */

/** @typedef {HTMLTextAreaElement|HTMLInputElement} TextBox a box of many lines, or of one */

/** What is underlined in a box, in the order of its text. @type {WeakMap<TextBox, Mark[]>} */
export const marked = new WeakMap();

/** What lies behind a box. @param {TextBox} area */
export const behind = (area) => area.parentElement?.querySelector(".back");

/** @param {TextBox} area */
export function mirror(area) {
  const text = area.value;
  const pieces = [];
  let at = 0;
  for (const { start, end, kind } of marked.get(area) ?? []) {
    pieces.push(text.slice(at, start), make("mark", { class: kind }, text.slice(start, end)));
    at = end;
  }
  // The last line counts even when it is empty: a space without width stands on it.
  behind(area)?.replaceChildren(...pieces, `${text.slice(at)}\u200b`);
  follow(area);
}

/** A line that is longer than its box runs along behind it. @param {TextBox} area */
function follow(area) {
  const back = area instanceof HTMLInputElement ? behind(area) : null;
  if (back) back.scrollLeft = area.scrollLeft;
}

/** @param {TextBox} area */
export function grow(area) {
  if (!behind(area)) return;
  mirror(area);
  area.parentElement?.classList.add("live");
  area.addEventListener("input", () => mirror(area));
  if (area instanceof HTMLInputElement) {
    for (const kind of ["scroll", "keyup", "select", "click", "blur"]) area.addEventListener(kind, () => follow(area));
  }
}
