// Timeline, accounts, factors and actions without leaving the page: what a form or a link would bring is fetched,
// and the part that it belongs to takes the place of the old one. Words elsewhere on the page stay untouched.

import { holdsWords, isTouched } from "./changed.js";
import { make } from "./dom.js";
import { isLeaving } from "./drafts.js";
import { refocus, spot } from "./focus.js";
import { renewGate } from "./gate.js";
import { renewNames } from "./names.js";
import { fetchPage } from "./page.js";
import { replace } from "./replace.js";
import { renew } from "./request.js";
import { say } from "./say.js";
import { clock } from "./state.js";
import { inTurn } from "./turn.js";

const PART = "section.box:not([data-section])";
const EDITOR = /^\/postmortems\/[^/]+\/edit$/;
const UNREACHABLE = "The server does not answer just now. Your words are still here: try again.";
const SIGNED_OUT = "You were signed out. Your words are still here: sign in, then send them again.";

/** Forms that are sent as if there were no script. @type {WeakSet<Element>} */
const plain = new WeakSet();

export function followParts() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || plain.has(form)) return;
    const part = form.closest(PART);
    if (!part || form.method !== "post") return;
    if (form.hasAttribute("data-whole")) {
      // It changes texts all over the page, so the page comes anew.
      plain.add(form);
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    inTurn(form, () => send(standing(part), form, submitter));
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const part = link?.closest(PART);
    const withKey = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || !part || withKey || event.defaultPrevented) return;
    // Only what opens or closes a row; a link within the page is the browser's own.
    const within = link.getAttribute("href")?.startsWith("#");
    if (within || link.origin !== location.origin || !EDITOR.test(link.pathname)) return;
    event.preventDefault();
    inTurn(link, () => open(standing(part), link));
  });
  window.addEventListener("beforeunload", (event) => {
    const forms = [...document.querySelectorAll(`${PART} form`)];
    if (!isLeaving() && forms.some((form) => !plain.has(form) && holdsWords(form))) event.preventDefault();
  });
}

/** What stands in the place of a part by now. @param {Element} part */
const standing = (part) => document.getElementById(part.id) ?? part;

/** Opens or closes a row. @param {Element} part @param {HTMLAnchorElement} link */
async function open(part, link) {
  const was = spot(link, part);
  const page = await fetchPage("GET", link.href);
  if (!put(part, page, was)) return location.assign(link.href);
  history.replaceState(null, "", link.href);
}

/**
 * @param {Element} part
 * @param {HTMLFormElement} form
 * @param {HTMLElement|null} submitter
 * @param {boolean} [again] whether the form was sent with an old key before
 */
async function send(part, form, submitter, again = false) {
  const data = new FormData(form, submitter);
  const fields = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  const action = submitter?.getAttribute("formaction") ?? form.action;
  const was = spot(submitter ?? form, part);
  const release = hold(form);
  const page = await fetchPage("POST", action, fields);
  release();
  if (page.status === 403 && !again && await renew()) return send(part, form, submitter, true);
  if (put(part, page, was)) {
    history.replaceState(null, "", location.pathname);
    return saved(part.id, page);
  }
  if (page.url.pathname === "/session/new") return note(form, SIGNED_OUT, "/session/new");
  if (page.status === 0 || page.status >= 500) return note(form, UNREACHABLE);
  // Another page answered. If it was the end of a change, it is shown; a refusal changed nothing, and is shown by
  // sending the form once more, without a script.
  if (page.status < 400 && page.url.pathname !== new URL(action, location.href).pathname) return location.assign(page.url.href);
  plain.add(form);
  form.requestSubmit(submitter);
}

/** Keeps fields as they are while they are under way. @param {HTMLFormElement} form */
function hold(form) {
  const fields = [...form.querySelectorAll("input, textarea")].filter((field) => !field.hasAttribute("readonly"));
  fields.forEach((field) => field.toggleAttribute("readonly", true));
  return () => fields.forEach((field) => field.toggleAttribute("readonly", false));
}

/** Puts the part of a fetched page in the place of the old one. @param {Element} part @param {import("./page.js").Page} page @param {import("./focus.js").Spot} was */
function put(part, page, was) {
  const fresh = page.status < 500 ? page.document?.getElementById(part.id) : null;
  if (!page.document || !fresh?.matches(PART)) return false;
  const here = !document.activeElement || document.activeElement === document.body || part.contains(document.activeElement);
  if (page.document.querySelector("[data-names]")) renewNames(page.document, { rows: true, whole: part.id === "names" });
  for (const other of document.querySelectorAll(`${PART}:not(#names)`)) {
    const theirs = page.document.getElementById(other.id);
    if (other === part || (theirs && !isTouched(other) && !other.contains(document.activeElement))) replace(other, theirs);
  }
  // What else the server tells anew with every answer.
  const contents = document.querySelector(".toc");
  if (contents) replace(contents, page.document.querySelector(".toc"));
  renewGate(page.document);
  const now = document.getElementById(part.id);
  if (here && now) refocus(now, was);
  return true;
}

/** Says when the server answered. @param {string} id @param {import("./page.js").Page} page */
function saved(id, page) {
  const part = document.getElementById(id);
  const line = part?.querySelector("[data-state]");
  const refused = part?.querySelector(".errors h3, .errors h4")?.textContent;
  const words = refused ?? (page.at ? `Saved ${clock(page.at)}` : "Saved");
  if (line && !refused) {
    line.textContent = words;
    line.className = "state saved";
  }
  say(part?.querySelector("h2")?.textContent ?? "", words);
}

/** @param {HTMLFormElement} form @param {string} words @param {string} [place] */
function note(form, words, place) {
  form.parentElement?.querySelector(":scope > .notice[data-note]")?.remove();
  const link = place ? [" ", make("a", { href: place, target: "_blank", rel: "noopener" }, "Sign in, in a new tab")] : [];
  form.after(make("div", { class: "notice look", "data-note": "" }, make("p", {}, words, ...link)));
  say("", words);
}
