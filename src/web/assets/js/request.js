// Talking to the server's API with the cookie of the page.

/**
 * @typedef {object} Answer
 * @property {number} status 0 if no answer came
 * @property {any} json what came; the problem, if it went wrong
 * @property {number} wait how many seconds the server asks us to wait; 0 if it does not
 * @property {string} [instead] who is signed in now, if it is somebody else than on this page
 */

/** @typedef {{version?: number, keepalive?: boolean, signal?: AbortSignal}} Options */

const person = document.body.dataset.person ?? "";
const holder = document.querySelector("[data-form-token]");
let token = holder instanceof HTMLElement ? holder.dataset.formToken ?? "" : "";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;
/** What browsers send after a page is gone, in bytes: 64 KiB for all requests together. */
const AFTERWARDS = 50_000;

/** @param {string} url @param {AbortSignal} [signal] ends the wait @returns {Promise<Answer>} */
export const get = (url, signal) => send("GET", url, undefined, { signal });

/**
 * Sends a request. A stale form token is renewed, unless somebody else is signed in by now.
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
export async function send(method, url, body, options = {}) {
  const answer = await once(method, url, body, options);
  if (answer.status !== 403 || answer.json?.code !== "not_our_form") return answer;
  const session = await once("GET", "/api/v1/session");
  if (session.status !== 200) return session;
  if (session.json.person !== person) return { ...session, status: 401, instead: session.json.name };
  take(session.json.form_token);
  return once(method, url, body, options);
}

/** Renews the form token, in the forms of the page too. @returns {Promise<boolean>} whether the same person is signed in */
export async function renew() {
  const session = await once("GET", "/api/v1/session");
  const same = session.status === 200 && session.json.person === person;
  if (same) take(session.json.form_token);
  return same;
}

/** @param {string} renewed */
function take(renewed) {
  token = renewed;
  for (const field of document.querySelectorAll("input[name=csrf]")) {
    if (field instanceof HTMLInputElement) field.value = field.defaultValue = renewed;
  }
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
async function once(method, url, body, options = {}) {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json", "x-form-token": token };
  const text = body && JSON.stringify(body);
  if (text) headers["content-type"] = "application/json";
  if (options.version !== undefined) headers["if-match"] = `"${options.version}"`;
  const keepalive = Boolean(options.keepalive && text && new Blob([text]).size < AFTERWARDS);
  try {
    const answer = await patient(url, { method, headers, body: text, keepalive, signal: options.signal });
    const json = await answer.json().catch(() => null);
    return { status: answer.status, json, wait: Number(answer.headers.get("retry-after")) || 0 };
  } catch {
    return { status: 0, json: null, wait: 0 };
  }
}

/** @param {string} url @param {RequestInit} init @returns {Promise<Response>} */
async function patient(url, init) {
  const ends = init.signal ? [init.signal] : [];
  const ask = () => fetch(url, { ...init, cache: "no-store", signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...ends]) });
  try {
    return await ask();
  } catch (error) {
    // Several sections at once can be more than browsers send afterwards. Sent twice is harmless: the version is named.
    if (!init.keepalive) throw error;
    init.keepalive = false;
    return ask();
  }
}
