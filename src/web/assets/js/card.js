// What is shown of a factor, and the cards of a form: the same that the server makes of them.

import { make } from "./dom.js";

/**
 * @typedef {object} Factor
 * @property {string} id
 * @property {string} name
 * @property {string} definition
 * @property {string} computer an example in a computer system
 * @property {string} people an example in a people system
 * @property {string|null} evidence_minimum
 * @property {{name: string, when: string}[]} use_instead
 */

/** Both forms, what it wants as evidence, and what to use instead. @param {Factor} factor @returns {HTMLElement[]} */
export function about(factor) {
  const form = (/** @type {string} */ where, /** @type {string} */ text) => make("span", {}, make("small", {}, where), text);
  const parts = [make("span", { class: "forms" }, form("In computers", factor.computer), form("In people systems", factor.people))];
  if (factor.evidence_minimum) {
    parts.push(make("span", { class: "instead" }, make("small", {}, "It wants as evidence"), make("span", {}, factor.evidence_minimum)));
  }
  if (factor.use_instead.length) {
    const lines = factor.use_instead.map(({ name, when }) => make("span", {}, make("em", {}, name), ` when ${when}`));
    parts.push(make("span", { class: "instead" }, make("small", {}, "Use instead"), ...lines));
  }
  return parts;
}

/** @param {string} value @param {string} name @param {string} definition @param {HTMLElement[]} rest */
function card(value, name, definition, rest = []) {
  const radio = make("input", { type: "radio", name: "factor", value });
  return make("label", { class: "card" }, radio, make("span", {}, make("b", {}, name), make("span", {}, definition), ...rest));
}

/**
 * Makes a factor the one of a form: its card stands first, and its name in the field.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {Factor} factor
 */
export function choose(form, field, factor) {
  let picks = form.querySelector(".picks");
  if (!picks) {
    const none = card("", "None of these fits", "Kept as text, counted as uncoded, and shown to whoever keeps the taxonomy.");
    picks = make("fieldset", { class: "picks", id: field.id.replace("factor_query", "factor") }, make("legend"), none);
    field.closest(".line")?.after(picks);
  }
  const legend = picks.querySelector("legend");
  const known = [...picks.querySelectorAll("input")].find((radio) => radio.value === factor.id);
  const chosen = known?.closest("label") ?? card(factor.id, factor.name, factor.definition, about(factor));
  if (legend) legend.textContent = "The factor";
  legend?.after(chosen);
  const radio = chosen.querySelector("input");
  if (radio) radio.checked = true;
  // Its cards were seen: the server need not show them again.
  const asked = form.elements.namedItem("factor_asked");
  if (asked instanceof HTMLInputElement) asked.value = factor.name;
  field.value = factor.name;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
