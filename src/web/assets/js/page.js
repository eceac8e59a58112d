// Pages of our own, fetched as documents. The browser reads them itself: no text is turned into HTML here.

/**
 * @typedef {object} Page
 * @property {number} status 0 if no answer came
 * @property {URL} url where the answer came from, after it was sent elsewhere
 * @property {Document|null} document
 * @property {string|null} at when the server answered, ISO 8601
 */

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Asks for a page, or sends a form and takes what comes back.
 * @param {"GET"|"POST"} method
 * @param {string} url
 * @param {URLSearchParams} [fields]
 * @returns {Promise<Page>}
 */
export function fetchPage(method, url, fields) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "document";
    request.timeout = PATIENCE;
    request.addEventListener("loadend", () => {
      const date = request.getResponseHeader("date");
      resolve({
        status: request.status,
        url: new URL(request.responseURL || url, location.href),
        document: request.response,
        at: date && new Date(date).toISOString(),
      });
    });
    request.send(fields);
  });
}
