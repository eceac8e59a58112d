// Whether a form holds something that was typed or chosen since the server sent it.

/** @param {Element} field */
function differs(field) {
  if (field instanceof HTMLSelectElement) {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, chosen);
  }
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  return false;
}

/** Anything at all. @param {Element} element */
export const isTouched = (element) => [...element.querySelectorAll("input, textarea, select")].some(differs);

/** Words: what it would hurt to lose. @param {Element} element */
export const holdsWords = (element) => [...element.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")].some(differs);
