// Text boxes that grow with their text: a mirror of the text behind the box gives the height, and carries underlines.

import { make } from "./dom.js";

/** @typedef {{start: number, end: number, kind: string, item: HTMLElement|null}} Mark */

/** What is underlined in a box, in the order of its text. @type {WeakMap<HTMLTextAreaElement, Mark[]>} */
export const marked = new WeakMap();

/** What lies behind a box. @param {HTMLTextAreaElement} area */
export const behind = (area) => area.parentElement?.querySelector(".back");

/** @param {HTMLTextAreaElement} area */
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
}

/** @param {HTMLTextAreaElement} area */
export function grow(area) {
  if (!behind(area)) return;
  mirror(area);
  area.parentElement?.classList.add("live");
  area.addEventListener("input", () => mirror(area));
}
