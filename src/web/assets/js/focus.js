// Where one is after a part of the page was replaced: as near as possible to where one was.

const FIELD = ":is(input:not([type=hidden]), textarea, select)";

/** What is known before the part goes. @typedef {{row: string, button: string, field: string, top: number, opening: boolean}} Spot */

/** @param {Element} control the link or button that was used @param {Element} part */
export function spot(control, part) {
  const name = control.getAttribute("name");
  return {
    row: control.closest("li[id]")?.id ?? "",
    button: name ? `[name="${CSS.escape(name)}"][value="${CSS.escape(control.getAttribute("value") ?? "")}"]` : "",
    field: control.closest("form")?.querySelector(FIELD)?.id ?? "",
    top: control.getBoundingClientRect().top,
    opening: control instanceof HTMLAnchorElement && !part.querySelector("form.edit"),
  };
}

/** @param {Element} part the new one @param {Spot} was */
export function refocus(part, was) {
  const row = was.row ? part.querySelector(`#${CSS.escape(was.row)}`) : null;
  const target = part.querySelector(".errors")
    ?? (was.opening ? part.querySelector(`form.edit ${FIELD}`) : null)
    ?? (was.button ? row?.querySelector(was.button) : null)
    ?? row?.querySelector(".tools a")
    ?? (was.field ? part.querySelector(`#${CSS.escape(was.field)}`) : null)
    ?? part.querySelector(".notice button")
    ?? part.querySelector(`:scope > :is(.add, .line) ${FIELD}, :scope > p > a.btn`);
  if (!(target instanceof HTMLElement)) return;
  target.focus({ preventScroll: true });
  window.scrollBy({ top: target.getBoundingClientRect().top - was.top, behavior: "instant" });
  target.scrollIntoView({ block: "nearest", behavior: "instant" });
}
