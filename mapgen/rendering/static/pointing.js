// Pointing at an element of a place, in the text, on the map, in the list or at the edge, highlights all its elements.

import { act } from "./actions.js";
import { places } from "./data.js";
import { listen, markPlace } from "./dom.js";
import { nameLit } from "./labels.js";
import { openFirst } from "./store.js";

/** @param {Event} event @returns {string} numbers of places, or nothing */
const placesAt = ({ target }) => /** @type {any} */ (target).closest?.("[data-place]")?.dataset.place || "";

export function startPointing() {
  let lit = "";
  listen(document, "pointerover pointerout focusin focusout", (event) => {
    const now = /over|in$/.test(event.type) ? placesAt(event) : "";
    if (now === lit) return;
    markPlace("lit", (lit = now));
    nameLit(lit);
  });
  listen(document, "click", (event) => {
    act(event);
    if (!(/** @type {Element} */ (event.target).closest(".mention"))) openFirst(places[Number(placesAt(event) || NaN)]);
  });
}
