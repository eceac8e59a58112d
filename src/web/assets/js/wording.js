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

/** Meets every text below an element. @param {ParentNode} [root] */
function meet(root = document) {
  for (const area of root.querySelectorAll("[data-place]")) {
    if (!(area instanceof HTMLTextAreaElement || area instanceof HTMLInputElement)) continue;
    const list = area.closest(".noted")?.querySelector(".wording") ?? document.getElementById(`${area.closest("section")?.id}-notes`);
    if (!(list instanceof HTMLElement) || boxes.get(list.id)?.area === area) continue;
    if (!area.closest("form[data-autosave]") || area instanceof HTMLInputElement) grow(area);
    boxes.set(list.id, new Noted(area, list));
  }
}

/** Every note, and whether it comes before or after the place where one is. */
function around() {
  meet();
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
  meet();
  // Rows are opened and replaced while one writes: a form is met when somebody comes to it.
  document.addEventListener("focusin", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form) meet(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    step(event.shiftKey);
  });
  document.addEventListener("click", (event) => {
    const offer = event.target instanceof Element ? event.target.closest("button[type=button][data-words]") : null;
    const noted = offer?.closest("li");
    if (offer instanceof HTMLElement && noted instanceof HTMLElement) return boxOf(offer)?.rewrite(noted, offer.dataset.words ?? "");
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
