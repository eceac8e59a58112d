// Lines to look at by key: j and k go from line to line, x ticks, h, s and d choose the lane, u takes the last key back.

import { read } from "./store.js";

const OFF = "second-story:single-keys-off";
const LANES = new Map([["h", "happened"], ["s", "saw"], ["d", "did"]]);

/** What takes each key back, the last one at the end. @type {(() => void)[]} */
const done = [];

const rows = () => [...document.querySelectorAll("[data-line]")].filter((row) => row instanceof HTMLElement);

/** @param {Element|null} row @returns {HTMLInputElement|null} */
const tick = (row) => row?.querySelector("input[name=take]") ?? null;

/** @param {number} step */
function go(step) {
  const all = rows();
  const here = all.indexOf(/** @type {HTMLElement} */ (document.activeElement?.closest("[data-line]")));
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1);
  tick(all[next] ?? null)?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

/** @param {Element} row */
function take(row) {
  const box = tick(row);
  if (!box) return;
  box.checked = !box.checked;
  done.push(() => { box.checked = !box.checked; box.focus(); });
}

/** @param {Element} row @param {string} lane */
function choose(row, lane) {
  const field = row.querySelector("select[name=lane]");
  if (!(field instanceof HTMLSelectElement)) return;
  const before = field.value;
  field.value = lane;
  done.push(() => { field.value = before; tick(row)?.focus(); });
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || read(OFF)) return;
  const row = document.activeElement?.closest("[data-line]") ?? null;
  const lane = LANES.get(event.key);
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "u" && done.length > 0) done.pop()?.();
  else if (event.key === "x" && row) take(row);
  else if (lane && row) choose(row, lane);
  else return;
  event.preventDefault();
});

// Ticking all or none needs no way to the server and back.
document.addEventListener("click", (event) => {
  const button = event.target;
  if (!(button instanceof HTMLButtonElement) || button.name !== "do" || button.value === "add") return;
  event.preventDefault();
  const before = rows().map((row) => tick(row)?.checked ?? false);
  for (const row of rows()) {
    const box = tick(row);
    if (box) box.checked = button.value === "all";
  }
  done.push(() => rows().forEach((row, at) => {
    const box = tick(row);
    if (box) box.checked = before[at] ?? false;
  }));
});

for (const hint of document.querySelectorAll("[data-keys-hint]")) {
  if (hint instanceof HTMLElement && !read(OFF)) hint.hidden = false;
}
