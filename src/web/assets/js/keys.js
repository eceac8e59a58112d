// Keys of the whole program. An element names its own: data-key="n", or data-key="g s" for two keys in a row.
//
// Keys of one letter never fire where somebody types, and can be switched off for good.

import { erase, read, write } from "./store.js";

const OFF = "second-story:single-keys-off";
/** How long the second of two keys may take, in milliseconds. */
const PATIENCE = 1200;

let first = "";
let timer = 0;

export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || !alone(event)) return;
    const keys = first ? `${first} ${event.key}` : event.key;
    const named = find(keys);
    window.clearTimeout(timer);
    first = "";
    if (named) {
      event.preventDefault();
      if (named instanceof HTMLInputElement) named.select();
      else named.click();
    } else if (document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) {
      first = event.key;
      timer = window.setTimeout(() => { first = ""; }, PATIENCE);
    }
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
    if (!field.form?.closest("main")) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  sheet();
}

/** Whether a key of one letter means something here. @param {KeyboardEvent} event */
export function alone(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  return !isTyping(event.target) && !document.querySelector("dialog[open]") && !read(OFF);
}

/** @param {string} keys @returns {HTMLElement|null} */
const find = (keys) => document.querySelector(`[data-key="${CSS.escape(keys)}"]`);

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** The sheet of keys, and the switch in it. */
function sheet() {
  const dialog = document.getElementById("key-sheet");
  const single = document.getElementById("single-keys");
  if (!(dialog instanceof HTMLDialogElement) || !(single instanceof HTMLInputElement)) return;
  single.checked = !read(OFF);
  single.addEventListener("change", () => {
    if (single.checked) erase(OFF);
    else single.checked = !write(OFF, "1");
  });
  for (const link of document.querySelectorAll("[data-keys]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
}
