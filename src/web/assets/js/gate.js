// The rail follows what was saved: "Before publishing", and the past post-mortems that are like this one.

import { Follows } from "./follows.js";
import { say } from "./say.js";

const gate = new Follows("gate", (old, fresh) => {
  const [was, is] = [old, fresh].map((part) => part.querySelector("h3")?.textContent ?? "");
  if (is !== was) say(fresh.querySelector("h2")?.textContent ?? "", is);
});
const past = new Follows("past");

export function followGate() {
  gate.follow();
  past.follow();
}

/** Puts both parts of a page in the places of those that stand. @param {Document|null} [page] */
export function renewGate(page) {
  gate.renew(page);
  past.renew(page);
}
