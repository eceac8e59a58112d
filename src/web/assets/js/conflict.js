// Two texts that met: theirs stands, yours is in the box. Neither is ever destroyed.

import { differences } from "./differences.js";
import { button, copy, make } from "./dom.js";
import { problem } from "./refusal.js";
import { get, send } from "./request.js";
import { moment } from "./state.js";

/**
 * @typedef {object} Conflict
 * @property {number} version the one that stands
 * @property {string} theirs
 * @property {string} yours
 */

/** How long after a keystroke the differences are drawn again, in milliseconds. */
const PAUSE = 600;

/**
 * Shows both texts under the box and waits for a decision.
 * @param {import("./autosave.js").Box} box
 * @param {Conflict} conflict
 * @param {any} known the section as it stands: who saved it, and when
 */
export function meet(box, conflict, known) {
  const heading = make("h3", {}, "Someone else changed this while you were writing");
  const differ = make("div", { class: "diff" });
  const trouble = make("p", { hidden: "" });
  const copied = button("Copy mine", () => copy(box.area, copied));
  const act = make("p", { class: "buttons" },
    button("Save mine", () => saveMine(box, conflict), "primary"),
    button("Take theirs", () => takeTheirs(box, conflict, trouble)),
    copied);
  box.confirmed = conflict.theirs;
  box.hold("conflict",
    heading,
    make("p", {}, "Yours is in the box above, and you can still change it. Both stay in the history, whichever you keep."),
    make("h4", {}, told(known)),
    make("div", { class: "diff" }, conflict.theirs),
    make("h4", {}, "Where they differ"),
    make("p", { class: "mut" }, "From theirs to yours: ", make("ins", {}, "words only in yours"), ", ", make("del", {}, "words only in theirs"), "."),
    differ, trouble, act);
  box.state.clash("Both texts are under the box.");
  follow(box, conflict, differ);
}

/** @param {any} known */
function told(known) {
  if (!known) return "Theirs, saved";
  const by = known.saved_by ? `Saved by ${known.saved_by}` : "Theirs, saved";
  return `${by}, ${moment(known.updated_at)}`;
}

/** Draws the differences, now and while yours is still being changed. @param {import("./autosave.js").Box} box @param {Conflict} conflict @param {HTMLElement} into */
function follow(box, conflict, into) {
  let timer = 0;
  const draw = () => differences(into, conflict.theirs, box.area.value);
  const later = () => {
    window.clearTimeout(timer);
    if (!into.isConnected) box.area.removeEventListener("input", later);
    else timer = window.setTimeout(draw, PAUSE);
  };
  draw();
  box.area.addEventListener("input", later);
}

/** Saves over theirs, which was read; if yet another text came meanwhile, that one is shown next. @param {import("./autosave.js").Box} box @param {Conflict} conflict */
function saveMine(box, conflict) {
  box.held = "";
  box.version = conflict.version;
  if (!box.unsaved) return box.confirm(box.area.value, conflict.version, null);
  return box.saveNow();
}

/** @param {import("./autosave.js").Box} box @param {Conflict} conflict @param {HTMLElement} trouble */
async function takeTheirs(box, conflict, trouble) {
  const text = box.area.value;
  if (text.trim()) {
    const answer = await send("POST", `${box.url}/unused`, { text });
    if (answer.status !== 204) {
      trouble.textContent = `Yours could not be put into the history, so it stays in the box. ${problem(answer)}`;
      trouble.hidden = false;
      return;
    }
  }
  const now = await get(box.url);
  const stands = now.status === 200 ? { ...now.json } : { text: conflict.theirs, version: conflict.version, updated_at: null };
  box.area.value = stands.text;
  box.confirm(stands.text, stands.version, stands.updated_at);
  box.area.dispatchEvent(new Event("input"));
  box.area.focus();
  box.state.speak();
}
