// A newer part of a page in the place of the old one, unfolded where that was.

/** What is folded, by its id or its words. @param {Element} summary */
const fold = (summary) => summary.parentElement?.id || summary.textContent;

/** @param {Element} old @param {Element|null|undefined} fresh */
export function replace(old, fresh) {
  if (!fresh) return;
  const adopted = document.importNode(fresh, true);
  const unfolded = [...old.querySelectorAll("details[open] > summary")].map(fold);
  for (const summary of adopted.querySelectorAll("details > summary")) {
    if (unfolded.includes(fold(summary))) summary.parentElement?.toggleAttribute("open", true);
  }
  old.replaceWith(adopted);
}
