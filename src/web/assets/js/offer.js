// Words that an earlier page did not get saved are offered again. Nothing happens to them until somebody says so.

import { differences } from "./differences.js";
import { button, make } from "./dom.js";
import { discard, keepFound, left } from "./drafts.js";
import { get } from "./request.js";
import { say } from "./say.js";
import { moment } from "./state.js";

/** @typedef {import("./autosave.js").Box} Box */

/** Whether two texts are one to the server, which drops white space at the end. @param {string} a @param {string} b */
const same = (a, b) => a.trimEnd().normalize() === b.trimEnd().normalize();

/**
 * Takes out what the browser itself filled in when the page came back: it belongs to an older version of the text.
 * @param {Box} box
 */
function takeOutRestored(box) {
  const { area, field } = box;
  if (box.touched || area.value === box.confirmed) return;
  // Somebody types already and was quicker than the scripts. A browser that brings words back does not put the cursor there.
  if (document.activeElement === area && field.value === field.defaultValue) return box.typed();
  const draft = box.draft(Number(field.value));
  field.value = String(box.version);
  box.put(box.confirmed, box.version);
  if (!left(box.url).some((kept) => same(kept.text, draft.text))) keepFound(box.url, draft);
}

/** Offers what was left, once the browser has brought back what it will. @param {Box} box */
export function welcome(box) {
  const look = () => {
    takeOutRestored(box);
    return offer(box);
  };
  // Chromium fills in only after the page was read, Firefox before.
  if (document.readyState === "complete") look();
  else window.addEventListener("load", () => window.setTimeout(look), { once: true });
}

/** Offers the newest words that were left, then the next. @param {Box} box @returns {Promise<void>} */
async function offer(box) {
  const draft = left(box.url)[0];
  if (!draft) return;
  const now = await get(box.url);
  const stands = now.status === 200 ? now.json : { text: box.confirmed, version: box.version };
  if (same(draft.text, stands.text)) {
    // They were saved after all, perhaps only after this page was made.
    discard(draft);
    if (stands.version > box.version && !box.unsaved) {
      box.area.value = stands.text;
      box.confirm(stands.text, stands.version, stands.updated_at);
    }
    return offer(box);
  }
  show(box, draft, stands.text);
}

/** @param {Box} box @param {import("./drafts.js").Kept} draft @param {string} stands */
function show(box, draft, stands) {
  const words = `You have unsaved words from ${moment(draft.at)}, kept on this computer.`;
  const text = make("div", { class: "diff", hidden: "" });
  const panel = make("div", { class: "notice" }, make("p", {}, words), text);
  const done = () => {
    panel.remove();
    discard(draft);
    return offer(box);
  };
  const see = button("Show", () => {
    text.hidden = !text.hidden;
    see.textContent = text.hidden ? "Show" : "Hide";
    return text.hidden ? null : differences(text, stands, draft.text);
  });
  const use = async () => {
    // What was typed since goes first: then both are in the history, and the server tells if they clash.
    if (box.unsaved) await box.saveNow();
    if (box.unsaved) return say(box.part, "Save what is in the box first.");
    box.put(draft.text, draft.version);
    box.area.focus();
    await done();
  };
  panel.append(make("p", { class: "buttons" }, see, button("Use", use), button("Discard", done)));
  box.panel.before(panel);
  say(box.part, words);
}
