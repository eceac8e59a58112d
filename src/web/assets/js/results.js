// Going through what a search found with j and k. Enter opens what the keys are on, as on every link.

import { alone } from "./keys.js";

export function walkResults() {
  const list = document.querySelector("ol.results");
  if (!list) return;
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "j" && event.key !== "k") || !alone(event)) return;
    const links = [...list.querySelectorAll("h2 a")];
    const here = links.findIndex((link) => link.closest("li")?.contains(document.activeElement));
    const place = event.key === "j" ? here + 1 : Math.max(here - 1, 0);
    const link = links[Math.min(place, links.length - 1)];
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    link.focus();
    link.closest("li")?.scrollIntoView({ block: "nearest" });
  });
}
