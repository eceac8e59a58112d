// The word difference between two texts. The server compares them: it knows what a word is.

import { make } from "./dom.js";
import { send } from "./request.js";

const TAGS = /** @type {const} */ ({ same: "span", added: "ins", removed: "del" });

/**
 * Shows how two texts differ; the newer one alone if nobody can say.
 * @param {HTMLElement} into
 * @param {string} older
 * @param {string} newer
 */
export async function differences(into, older, newer) {
  const answer = await send("POST", "/api/v1/differences", { older, newer });
  if (answer.status !== 200) return into.replaceChildren(newer);
  /** @type {{change: keyof typeof TAGS, text: string}[]} */
  const items = answer.json.items;
  into.replaceChildren(...items.map((piece) => make(TAGS[piece.change], {}, piece.text)));
}
