// The form of a finding, wherever it stands: a factor is found by typing, and what was said before is shown.

import { Combobox } from "./combobox.js";
import { Said } from "./said.js";

/** Forms that were met. @type {WeakSet<Element>} */
const met = new WeakSet();

/** @param {Element|null|undefined} form */
function meet(form) {
  if (!(form instanceof HTMLFormElement) || met.has(form)) return;
  met.add(form);
  const field = form.querySelector("input[data-suggestions]");
  const area = form.querySelector("textarea[data-similar]");
  if (field instanceof HTMLInputElement) new Combobox(field, form);
  if (area instanceof HTMLTextAreaElement) new Said(area, form);
}

// Parts of the editor are replaced while one writes: a form is met when somebody comes to it.
document.querySelectorAll("form.edit").forEach(meet);
document.addEventListener("focusin", (event) => {
  if (event.target instanceof Element) meet(event.target.closest("form.edit"));
});
