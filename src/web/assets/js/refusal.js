// What the server did not take: why, in its own words, and the ways on. The text stays in the box.

import { button, copy, make } from "./dom.js";

/** @typedef {import("./autosave.js").Box} Box */

/**
 * Nobody is signed in any more, or somebody else is.
 * @param {Box} box
 * @param {string} [instead]
 */
export function signedOut(box, instead) {
  const why = instead
    ? `${instead} is signed in by now in this browser. Sign in as yourself to save these words, or copy them.`
    : "You were signed out. Your words stay in the box: sign in, then save them.";
  const link = make("a", { href: "/session/new", target: "_blank", rel: "noopener" }, "Sign in, in a new tab");
  box.hold("signed out", make("p", {}, why), make("p", { class: "buttons" }, link, ...ways(box, "Save now")));
  box.state.away("Signed out", box.kept);
}

/**
 * The server says why it does not take the text.
 * @param {Box} box
 * @param {number} status
 * @param {any} json
 */
export function refused(box, status, json) {
  // In another state than it was, nothing goes by itself again. A text that is merely too long may, once it is shorter.
  if (status === 409 || status === 403 || status === 404) box.manual = true;
  const why = problem({ status, json });
  const open = (json?.checks ?? []).filter((/** @type {any} */ check) => !check.met && check.level === "required");
  const list = open.map((/** @type {any} */ check) => make("li", {}, check.message));
  box.hold("refused", make("p", {}, why), ...(list.length ? [make("ul", {}, ...list)] : []),
    make("p", { class: "buttons" }, ...ways(box, status === 409 ? "Save now" : "Try again")));
  box.state.refused(why);
}

/** What went wrong, in a sentence. @param {{status: number, json: any}} answer */
export function problem({ status, json }) {
  if (!status) return "The server cannot be reached just now.";
  return json?.detail ?? `The server answered with ${status}.`;
}

/** @param {Box} box @param {string} words */
function ways(box, words) {
  const copied = button("Copy my words", () => copy(box.area, copied));
  return [button(words, () => box.saveNow()), copied];
}
