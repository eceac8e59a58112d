// Words that are not saved yet, kept on this computer from the first keystroke until the server has them.
//
// They are kept by person, by section, and by page load: two tabs never overwrite each other's words.

import { erase, names, read, write } from "./store.js";

/**
 * @typedef {object} Draft
 * @property {string} text
 * @property {number} version the version that the words were typed over
 * @property {string} at when the last key was pressed, ISO 8601
 * @property {string} part what the section is called
 * @property {string} page where it is written
 */

/** @typedef {Draft & {name: string}} Kept */

const person = document.body.dataset.person ?? "";
const load = [...crypto.getRandomValues(new Uint32Array(2))].map((word) => word.toString(36)).join("");
const mine = `second-story:draft:${person}:`;

/** What sends the words of this page now; signing out waits for it. @type {Set<() => Promise<unknown>>} */
export const savers = new Set();

/** @param {string} url @param {string} [by] the page load */
const name = (url, by = load) => `${mine}${url}:${by}`;

/** @param {string} url @param {Draft} draft @returns {boolean} whether this browser keeps it */
export const keep = (url, draft) => write(name(url), JSON.stringify(draft));

/** Keeps words that the browser itself brought back. @param {string} url @param {Draft} draft */
export const keepFound = (url, draft) => write(name(url, `${load}-found`), JSON.stringify(draft));

/** Forgets what this page kept. @param {string} url */
export const forget = (url) => erase(name(url));

/** Forgets what another page kept. @param {Kept} draft */
export const discard = (draft) => erase(draft.name);

/** What earlier pages left for a section, newest first. @param {string} url @returns {Kept[]} */
export const left = (url) => list(`${mine}${url}:`).filter((draft) => draft.name !== name(url));

/** Everything that this person has not saved. @returns {Kept[]} */
export const all = () => list(mine);

let leaving = false;

/** Whether the person has decided to leave without saving. */
export const isLeaving = () => leaving;

/** Erases everything that this person has not saved. */
export function abandon() {
  leaving = true;
  names(mine).forEach(erase);
}

/** @param {string} prefix @returns {Kept[]} */
function list(prefix) {
  const found = [];
  for (const kept of names(prefix)) {
    try {
      const draft = JSON.parse(read(kept) ?? "");
      if (typeof draft.text !== "string" || typeof draft.at !== "string") throw new TypeError("not a draft");
      found.push({ ...draft, name: kept });
    } catch {
      erase(kept);
    }
  }
  return found.sort((a, b) => b.at.localeCompare(a.at));
}
