// The row in which one writes the timeline: lanes by key, and how a time would be understood while it is typed.

import { get } from "./request.js";

/** How long one must pause before a time is read, in milliseconds. */
const PAUSE = 350;

export function writeTimeline() {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    if (chooseLane(event.target, event.code) || moveRow(event.target, event.key)) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.id === "add-when") echoSoon(event.target);
  });
}

/** Alt+1, 2, 3. The place of the key counts, as some keyboards write other signs with Alt. @param {Element} target @param {string} code */
function chooseLane(target, code) {
  const lane = target.closest("#timeline form")?.querySelector("select[name=lane]");
  const index = ["Digit1", "Digit2", "Digit3"].indexOf(code);
  if (!(lane instanceof HTMLSelectElement) || index < 0) return false;
  lane.selectedIndex = index;
  lane.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** Alt+Up and Alt+Down, for any list whose rows have buttons that move them. @param {Element} target @param {string} key */
function moveRow(target, key) {
  const to = { ArrowUp: "up", ArrowDown: "down" }[key];
  const button = to && !target.matches("input, textarea, select") ? target.closest("li[id]")?.querySelector(`.tools button[value=${to}]`) : null;
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}

let timer = 0;

/** @param {HTMLInputElement} field */
function echoSoon(field) {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => echo(field), PAUSE);
}

/** @param {HTMLInputElement} field */
async function echo(field) {
  const hint = document.getElementById("add-h");
  const part = field.closest("[data-timeline]");
  if (!hint || !(part instanceof HTMLElement)) return;
  hint.dataset.examples ??= hint.textContent ?? "";
  const line = field.value.trim();
  const answer = line ? await get(`${part.dataset.timeline}/reading?${new URLSearchParams({ line })}`) : null;
  // An answer about what is no longer there says nothing.
  if (!field.isConnected || field.value.trim() !== line) return;
  const read = answer?.status === 200 ? answer.json : {};
  const understood = read.understood ? [`Understood as ${read.understood}.`, ...read.notes].join(" ") : "";
  hint.textContent = read.problem ?? (understood || hint.dataset.examples);
}
