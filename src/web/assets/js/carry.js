// Lists of notes that are replaced while somebody answers, and folds that hide them.

/** What was answered stays answered while its note stands. @param {Element} old @param {Element} fresh */
export function carry(old, fresh) {
  for (const was of old.querySelectorAll("select[name=keep]")) {
    const chosen = was instanceof HTMLSelectElement ? was.value : "";
    const option = chosen ? fresh.querySelector(`option[value="${CSS.escape(chosen)}"]`) : null;
    if (!(option instanceof HTMLOptionElement)) continue;
    option.selected = true;
    const [said, now] = [was, option].map((part) => part.closest("li")?.querySelector("input[name=keep_words]"));
    if (said instanceof HTMLInputElement && now instanceof HTMLInputElement) now.value = said.value;
  }
}

/** Opens whatever something is folded away in. @param {Element} element */
export function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
}
