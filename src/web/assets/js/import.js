// Shows how far a file was sent, and then that it is being read. Without this script the browser shows it in its own way.

import { make } from "./dom.js";
import { say } from "./say.js";

const READING = "Sent. It is being read.";
const UNSENT = "The file could not be sent. It is still chosen: try again.";

const form = document.querySelector("form[data-import]");
const line = make("div", { class: "sent" });

form?.addEventListener("submit", (event) => {
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const bar = make("progress", { "aria-label": "Sent", max: "1", value: "0" });
  const words = make("span", { class: "hint" });
  line.replaceChildren(bar, words);
  form.append(line);
  const button = form.querySelector("button");
  if (button) button.disabled = true;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (sent) => {
    bar.max = sent.total;
    bar.value = sent.loaded;
    words.textContent = `${Math.floor((100 * sent.loaded) / Math.max(1, sent.total))} % sent`;
  });
  request.upload.addEventListener("load", () => {
    words.textContent = READING;
    say("", READING);
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    // A refusal is shown by sending it once more, without the script.
    else form.submit();
  });
  request.addEventListener("error", () => {
    line.replaceChildren(make("p", { class: "err" }, UNSENT));
    if (button) button.disabled = false;
    say("", UNSENT);
  });
  request.send(new FormData(form));
});
