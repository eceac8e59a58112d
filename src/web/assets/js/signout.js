// Signing out erases the words that are kept on this computer, because others may use it. It asks first.

import { button, make } from "./dom.js";
import { abandon, all, savers } from "./drafts.js";

/** How long signing out waits for what is being saved, in milliseconds. */
const PATIENCE = 3000;

export function guardSignOut() {
  for (const form of document.querySelectorAll('form[action="/session/end"]')) {
    if (!(form instanceof HTMLFormElement)) continue;
    form.addEventListener("submit", (event) => {
      if (!all().length) return;
      event.preventDefault();
      ask(form);
    });
  }
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const patience = new Promise((done) => { window.setTimeout(done, PATIENCE); });
  await Promise.race([patience, Promise.allSettled([...savers].map((save) => save()))]);
  const drafts = all();
  if (!drafts.length) return form.submit();
  const parts = drafts.map((draft) => make("li", {}, make("a", { href: draft.page }, draft.part)));
  /** @type {HTMLDialogElement} */
  const dialog = make("dialog", { "aria-labelledby": "leave-h" },
    make("h2", { id: "leave-h" }, "Some words are not saved"),
    make("p", {}, "They are kept on this computer only. Signing out erases them, because others may use it."),
    make("ul", {}, ...parts),
    make("p", { class: "buttons" },
      button("Stay signed in", () => dialog.close(), "primary"),
      button("Sign out and erase them", () => {
        abandon();
        form.submit();
      }, "danger")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
