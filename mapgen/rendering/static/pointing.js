// Pointing at an element of a place, in the text, on the map, in the list or at the edge, highlights all its elements.

import { places } from "./data.js";
import { act, markPlace } from "./dom.js";
import { nameLit } from "./labels.js";
import { openFirst } from "./store.js";

/** @param {Event} event @returns {string} numbers of places, or nothing */
const placesAt = ({ target }) => /** @type {any} */ (target).closest?.("[data-place]")?.dataset.place || "";

export function startPointing() {
  let lit = "";
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
    document.addEventListener(type, (event) => {
      const now = type === "pointerover" || type === "focusin" ? placesAt(event) : "";
      if (now === lit) return;
      markPlace("lit", (lit = now));
      nameLit(lit);
    });
  }
  document.addEventListener("click", (event) => {
    act(event);
    if (!(/** @type {Element} */ (event.target).closest(".mention"))) openFirst(places[Number(placesAt(event) || NaN)]);
  });
}
