// The panel of names follows what one writes: after a section has saved itself, the places of each name are drawn anew.
//
// A text that somebody else changed keeps the version that this page shows, so that the server refuses it as ever.

import { isTouched } from "./changed.js";
import { savers } from "./drafts.js";
import { fetchPage } from "./page.js";
import { replace } from "./replace.js";
import { inTurn } from "./turn.js";

/** How long after something was saved the server is asked, in milliseconds: more may be saved with it. */
const PAUSE = 300;

let timer = 0;
/** Whether something was saved since the panel was drawn. */
let stale = false;
/** How often the panel was asked for or came: an answer that another overtook is old. */
let turn = 0;
/** Forms whose places are those that stand now. @type {WeakSet<Element>} */
const current = new WeakSet();

/** The panel. @param {Document} [page] */
const panel = (page = document) => page.getElementById("names");

/** What a form says of a place, as `section/summary:3:quoted`. @param {Element} root */
const ticks = (root) => [...root.querySelectorAll("input[name=spots]")].filter((box) => box instanceof HTMLInputElement);

/** @param {HTMLInputElement} box */
function read(box) {
  const [place = "", version = "", ...quoted] = box.value.split(":");
  return { place, version, as: [place, ...quoted].join(":"), rest: quoted };
}

/** The version of a section that this page shows. @param {string} place */
function shown(place) {
  const field = document.querySelector(`#${CSS.escape(place.replace("/", "-"))} form[data-autosave] input[name=version]`);
  return field instanceof HTMLInputElement ? field.value : null;
}

/**
 * Lets a place name the version that this page shows. @param {Element} fresh @param {Element|null} old
 * @param {boolean} rows whether the rows of the page are as new as the panel
 */
function pin(fresh, old, rows) {
  const before = new Map((old ? ticks(old) : []).map((box) => [read(box).place, read(box).version]));
  for (const box of ticks(fresh)) {
    const { place, version, rest } = read(box);
    const known = place.startsWith("section/") ? shown(place) : rows ? version : before.get(place);
    // A row that this page does not show yet is not for this panel to offer.
    if (known === undefined) box.closest("li")?.remove();
    else if (known !== null) box.setAttribute("value", [place, known, ...rest].join(":"));
  }
}

/** Draws the places of a name anew under what is being typed, ticked as they were. @param {Element} form @param {Element} theirs */
function renew(form, theirs) {
  const [list, fresh] = [form, theirs].map((part) => part.querySelector("fieldset > ul"));
  if (!list || !fresh) return;
  const was = new Map(ticks(list).map((box) => [read(box).as, box]));
  const adopted = document.importNode(fresh, true);
  const here = document.activeElement;
  list.replaceWith(adopted);
  for (const box of ticks(adopted)) {
    const old = was.get(read(box).as);
    if (!old) continue;
    box.checked = old.checked;
    if (old === here) box.focus({ preventScroll: true });
  }
}

/**
 * Puts the panel of a page in the place of the one that stands; what is being typed in it stays.
 * @param {Document|null} [page]
 * @param {{rows?: boolean, whole?: boolean}} [how] whether the rows of this page are as new, and whether all of it goes
 */
export function renewNames(page, { rows = false, whole = false } = {}) {
  const holder = document.querySelector("[data-names]");
  if (!page || !holder) return;
  turn += 1;
  stale = false;
  const [old, fresh] = [panel(), panel(page)];
  if (fresh) pin(fresh, old, rows);
  const busy = !whole && old && (old.contains(document.activeElement) || isTouched(old));
  if (!busy && old && fresh) return replace(old, fresh);
  if (!busy) return holder.replaceChildren(...(fresh ? [document.importNode(fresh, true)] : []));
  for (const form of old.querySelectorAll("form[data-whole]")) {
    const card = form.closest("li[id]")?.id ?? "";
    const theirs = fresh?.querySelector(`#${CSS.escape(card)} form[data-whole]`);
    if (theirs) renew(form, theirs);
  }
}

async function ask() {
  const mine = turn += 1;
  const place = document.querySelector("[data-names]")?.getAttribute("data-names");
  const page = place ? await fetchPage("GET", place) : null;
  if (mine === turn && page?.status === 200) renewNames(page.document ?? document.implementation.createHTMLDocument());
}

export function followNames() {
  document.addEventListener("saved", () => {
    stale = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  // What is still on its way to the server goes first; then the places are those that stand.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-names] form[data-whole]") || current.delete(form)) return;
    event.preventDefault();
    inTurn(form, async () => {
      // A form cannot be sent again while it says that it is being sent.
      await new Promise((resolve) => { window.setTimeout(resolve); });
      await Promise.all([...savers].map((save) => save()));
      if (stale) await ask();
      current.add(form);
      form.requestSubmit(submitter);
    });
  });
}
