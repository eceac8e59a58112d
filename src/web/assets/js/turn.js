// What is asked of the server goes one after the other, so that no answer overtakes a newer one.

/** Forms and links that are under way, or wait. @type {WeakSet<Element>} */
const going = new WeakSet();
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * Acts once everything before is done. Pressed twice, a form or link goes once.
 * @param {Element} control
 * @param {() => Promise<unknown>} act
 */
export function inTurn(control, act) {
  if (going.has(control)) return;
  going.add(control);
  turn = turn.then(act).catch(reportError).finally(() => going.delete(control));
}
