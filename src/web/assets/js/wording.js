// From note to note on wording, wherever they stand in the editor, and answers to them.

import { grow } from "./grow.js";
import { Noted } from "./noted.js";
import { say } from "./say.js";

/** The boxes, by the id of their list. @type {Map<string, Noted>} */
const boxes = new Map();

/** @param {Element|null} element */
function boxOf(element) {
  const box = boxes.get(element?.closest(".wording")?.id ?? "");
  return box?.area.isConnected ? box : undefined;
}

/** @param {Element|null} area @param {Element|null|undefined} list */
function meet(area, list) {
  if (!(area instanceof HTMLTextAreaElement) || !(list instanceof HTMLElement) || boxes.get(list.id)?.area === area) return;
  if (!area.dataset.place) grow(area);
  boxes.set(list.id, new Noted(area, list));
}

/** Every note, and whether it comes before or after the place where one is. */
function around() {
  const here = document.activeElement ?? document.body;
  return [...document.querySelectorAll(".notes > li")].filter((item) => item instanceof HTMLElement).map((item) => {
    const box = boxOf(item);
    if (box?.area === here) return { item, side: Number(item.dataset.start) - box.area.selectionStart };
    if (item.contains(here)) return { item, side: 0 };
    return { item, side: item.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING && here !== document.body ? 1 : -1 };
  });
}

/** @param {boolean} back */
function step(back) {
  const all = around();
  if (back) all.reverse();
  const next = (all.find(({ side }) => (back ? side < 0 : side > 0)) ?? all[0])?.item;
  if (!next) return say("", "No notes on wording");
  const box = boxOf(next);
  if (box) box.visit(next);
  else next.focus();
  say("", next.querySelector("p")?.textContent ?? "");
}

export function watchWording() {
  for (const area of document.querySelectorAll("textarea[data-place]")) meet(area, area.closest("section")?.querySelector(".wording"));
  // Rows are opened and replaced while one writes: a row is met when somebody comes to it.
  document.addEventListener("focusin", (event) => {
    const area = event.target instanceof Element ? event.target.closest("form.edit .grow textarea") : null;
    if (area) meet(area, area.closest("li[id]")?.querySelector(".wording"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    step(event.shiftKey);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
    const [item, box] = [link?.closest("li") ?? null, boxOf(link)];
    if (!item || !box) return;
    event.preventDefault();
    box.visit(item);
  });
  // Where no box is open, the form goes the way of all forms.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const box = form instanceof HTMLFormElement ? boxOf(form) : undefined;
    if (!box || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    const [words, item] = [event.submitter?.dataset.words, form.closest("li")];
    if (words && item) box.rewrite(item, words);
    else box.answer(form);
  });
}
