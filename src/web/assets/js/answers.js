// What an answer of the server means for a section that was sent.

import { meet } from "./conflict.js";
import { refused, signedOut } from "./refusal.js";
import { get } from "./request.js";

/** Answers after which the same request may well go through later. */
const LATER = [408, 425, 429, 500, 502, 503, 504, 507];

/**
 * @param {import("./autosave.js").Box} box
 * @param {string} sent
 * @param {import("./request.js").Answer} answer
 */
export async function answered(box, sent, answer) {
  const { status, json, wait } = answer;
  if (status === 200) return box.confirm(sent, json.version, json.updated_at);
  if (status === 412) return clashed(box, sent, json.conflict);
  if (status === 401) return signedOut(box, answer.instead);
  if (status && !LATER.includes(status)) return refused(box, status, json);
  if (status) box.state.refused(json?.detail ?? "");
  else box.state.away("Offline", box.kept);
  box.retry(wait);
}

/**
 * @param {import("./autosave.js").Box} box
 * @param {string} sent
 * @param {import("./conflict.js").Conflict} conflict
 */
async function clashed(box, sent, conflict) {
  const now = await get(box.url);
  const known = now.json?.version === conflict.version ? now.json : null;
  // If the text that stands is the one that was sent, only an answer got lost on its way.
  if (conflict.theirs === conflict.yours) return box.confirm(sent, conflict.version, known?.updated_at ?? null);
  meet(box, conflict, known);
}
