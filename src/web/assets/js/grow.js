// Text boxes that grow with their text: a mirror of the text behind the box gives the height.

/** @param {HTMLTextAreaElement} area */
export function grow(area) {
  const frame = area.parentElement;
  const back = frame?.querySelector(".back");
  if (!frame || !back) return;
  const text = document.createTextNode("");
  // The last line counts even when it is empty: a space without width stands on it.
  const mirror = () => { text.data = `${area.value}\u200b`; };
  mirror();
  back.append(text);
  frame.classList.add("live");
  area.addEventListener("input", mirror);
}
