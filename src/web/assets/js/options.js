// The list under a field in which factors are found by typing, and beside it everything about one of them.

import { about } from "./card.js";
import { button, make } from "./dom.js";

const NONE = "No factor was found by these words. Leave it open if nothing fits: the finding is kept and counted.";

export class Options {
  /** @type {import("./card.js").Factor[]} */
  factors = [];
  /** The option that the keys are on; -1 while they are in the field. */
  active = -1;
  /** The option whose details are in view. */
  shown = -1;

  /** @param {HTMLInputElement} field @param {(place: number) => void} take */
  constructor(field, take) {
    this.field = field;
    this.take = take;
    this.list = make("ul", { role: "listbox", id: `${field.id}-list`, "aria-label": "Factors that fit" });
    this.details = make("div", { class: "about", id: `${field.id}-about` });
    this.box = make("div", { class: "combo", hidden: "" }, this.list, this.details);
    // The field keeps the focus, whatever is pressed in the list.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.show(this.place(event)));
    // A finger shows the details first, then chooses; a mouse showed them on its way.
    this.list.addEventListener("click", (event) => {
      const place = this.place(event);
      if (place >= 0 && place === this.shown) take(place);
      else this.move(place);
    });
  }

  get last() {
    return this.factors.length - 1;
  }

  /** Offers factors; what is said of it. @param {import("./card.js").Factor[]} factors */
  fill(factors) {
    this.factors = factors;
    this.active = this.shown = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-expanded", String(factors.length > 0));
    this.list.replaceChildren(...factors.map((factor, place) => make("li",
      { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false", "aria-describedby": this.details.id },
      make("b", {}, factor.name), " ", make("span", {}, factor.definition))));
    this.list.hidden = !factors.length;
    this.details.replaceChildren(make("p", { class: "mut" }, NONE));
    if (this.box.hidden) {
      this.box.hidden = false;
      this.box.scrollIntoView({ block: "nearest" });
    }
    this.list.scrollTop = 0;
    if (!factors.length) return NONE;
    this.show(0);
    return `${factors.length === 1 ? "1 factor fits" : `${factors.length} factors fit`}. Look at them with the up and down keys, choose with Enter`;
  }

  /** Shows the details of an option. @param {number} place */
  show(place) {
    const factor = this.factors[place];
    if (!factor || place === this.shown) return;
    this.list.children[this.shown]?.classList.remove("shown");
    this.list.children[place]?.classList.add("shown");
    this.shown = place;
    const choose = button("Choose this one", () => this.take(place));
    choose.tabIndex = -1;
    this.details.replaceChildren(...about(factor), choose);
    this.details.scrollTop = 0;
  }

  /** Brings the keys to an option, or back into the field. @param {number} place */
  move(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.show(place);
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.move(-1);
    this.box.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }

  /** Which option something happened on. @param {Event} event */
  place(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    return option ? [...this.list.children].indexOf(option) : -1;
  }
}
