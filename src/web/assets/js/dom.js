// Building elements. Nothing here, and nothing anywhere else, writes HTML from text.

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Makes a button that does something on this page.
 * @param {string} words
 * @param {() => unknown} act
 * @param {string} [kind] classes
 */
export function button(words, act, kind = "") {
  const element = make("button", { type: "button", class: `sm ${kind}`.trim() }, words);
  element.addEventListener("click", () => act());
  return element;
}

/**
 * Copies a text, and says so on the button that was pressed.
 * @param {HTMLTextAreaElement} area
 * @param {HTMLButtonElement} pressed
 */
export async function copy(area, pressed) {
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    // Plain HTTP has no clipboard object: the old way works on a selection.
    area.select();
    if (!document.execCommand("copy")) return;
  }
  pressed.textContent = "Copied";
}
