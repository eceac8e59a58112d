// Shows how far a file was sent. Without this script the browser shows it in its own way.

import { say } from "./say.js";

const form = document.querySelector("form[data-import]");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Sent");
  form.querySelector(".buttons").after(bar);
  const button = form.querySelector("button");
  button.disabled = true;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (sent) => {
    bar.max = sent.total;
    bar.value = sent.loaded;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
    } else {
      form.submit();
    }
  });
  request.addEventListener("error", () => {
    bar.remove();
    button.disabled = false;
    say("import", "The file could not be sent. Try again.");
  });
  request.send(new FormData(form));
});
