// The one place where scripts speak to people who listen: politely, and at most every five seconds.

const PAUSE = 5000;
/** @type {Map<string, string>} What is to be said, the newest words of each part. */
const waiting = new Map();
let last = -PAUSE;
let timer = 0;

/**
 * Says something soon. Newer words about the same part replace older ones that were not said yet.
 * @param {string} part
 * @param {string} words
 */
export function say(part, words) {
  waiting.delete(part);
  waiting.set(part, words);
  if (timer) return;
  timer = window.setTimeout(speak, Math.max(50, last + PAUSE - performance.now()));
}

function speak() {
  timer = 0;
  last = performance.now();
  const region = document.getElementById("say");
  if (!region) return;
  const words = [...waiting].map(([part, said]) => (part ? `${part}: ${said}` : said)).join(". ");
  waiting.clear();
  // The same words again count as a change only if they were gone in between.
  region.textContent = "";
  window.setTimeout(() => { region.textContent = words; }, 50);
}
