// The editor's scripts: they improve forms that work without them.

import { Box } from "./autosave.js";
import { isLeaving, savers } from "./drafts.js";
import "./factor.js";
import { followGate } from "./gate.js";
import { grow } from "./grow.js";
import { followNames } from "./names.js";
import { welcome } from "./offer.js";
import { followParts } from "./parts.js";
import { writeTimeline } from "./timeline.js";
import { watchWording } from "./wording.js";

/** @type {Box[]} */
const boxes = [];

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const area = form.querySelector("textarea");
  const section = form.closest("section");
  if (!(form instanceof HTMLFormElement) || !area || !section) continue;
  const box = new Box(form, area, section);
  grow(area);
  boxes.push(box);
}
const saveAll = () => Promise.all(boxes.map((box) => box.save()));
savers.add(saveAll);
boxes.forEach(welcome);
// Before the parts, which would take an open row with an answer, and send the names as they stand.
watchWording();
followNames();
followParts();
followGate();
writeTimeline();

// The page may be gone at any moment after it is hidden: what is typed goes now.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") boxes.forEach((box) => box.save(true));
  else saveAll();
});
window.addEventListener("online", saveAll);
window.addEventListener("beforeunload", (event) => {
  if (!isLeaving() && boxes.some((box) => box.unsaved)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const alone = !event.altKey && !event.shiftKey;
  if ((event.ctrlKey || event.metaKey) && alone && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saveNow();
  } else if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowDown") step(event, 1);
    if (event.key === "ArrowUp") step(event, -1);
  }
});

/** Saves every box, and the form that one is in. */
async function saveNow() {
  const form = document.activeElement?.closest("main form");
  const open = boxes.filter((box) => box.unsaved);
  const here = boxes.find((box) => box.area.form === form);
  await Promise.all((open.length || !here ? open : [here]).map((box) => box.saveNow()));
  if (form instanceof HTMLFormElement && form.method === "post" && !here) form.requestSubmit();
}

/** Goes to the next or previous part. @param {KeyboardEvent} event @param {1|-1} by */
function step(event, by) {
  const parts = [...document.querySelectorAll("section.box")];
  if (!parts.length) return;
  event.preventDefault();
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : parts.length - 1) : (here + by + parts.length) % parts.length;
  const part = parts[next];
  const field = part.querySelector("form textarea, form input:not([type=hidden]), form select, a, button, summary");
  if (field instanceof HTMLElement) field.focus();
  part.scrollIntoView({ block: "start" });
}

// The list of parts says which hold text.
document.addEventListener("saved", (event) => {
  if (!(event instanceof CustomEvent && event.target instanceof Element)) return;
  const link = document.querySelector(`.toc a[href="#${CSS.escape(event.target.id)}"]`);
  const filled = event.detail.trim() !== "";
  link?.classList.toggle("has", filled);
  link?.classList.toggle("none", !filled);
  const empty = link?.querySelector(".vh");
  if (empty instanceof HTMLElement) empty.hidden = filled;
});
