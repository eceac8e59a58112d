// The panel "Before publishing" follows what was saved.

import { fetchPage } from "./page.js";
import { replace } from "./replace.js";
import { say } from "./say.js";

/** How long after a section was saved the server is asked, in milliseconds: others may be saved with it. */
const PAUSE = 300;
let timer = 0;
/** How often a panel was asked for or came: an answer that another overtook is old. */
let turn = 0;

const panel = () => document.getElementById("gate");

export function followGate() {
  document.addEventListener("saved", soon);
}

function soon() {
  window.clearTimeout(timer);
  timer = window.setTimeout(ask, PAUSE);
}

async function ask() {
  const mine = turn += 1;
  const id = panel()?.dataset.gate;
  const page = id ? await fetchPage("GET", id) : null;
  if (mine === turn) renewGate(page?.document);
}

/** Puts the panel of a page in the place of the one that stands. @param {Document|null} [page] */
export function renewGate(page) {
  turn += 1;
  const [old, fresh] = [panel(), page?.getElementById("gate")];
  if (!old || !fresh) return;
  // Nothing is taken from under somebody's fingers.
  if (old.contains(document.activeElement)) return old.addEventListener("focusout", soon, { once: true });
  const [was, is] = [old, fresh].map((part) => part.querySelector("h3")?.textContent ?? "");
  replace(old, fresh);
  if (is !== was) say(fresh.querySelector("h2")?.textContent ?? "", is);
}
