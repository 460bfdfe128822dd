// Leaflet's markers with elements of the page.

/**
 * An element as Leaflet's marker.
 * @param {any} at
 * @param {number} r half its size, pixels
 * @param {HTMLElement} element
 * @param {any} [more] options of Leaflet's
 */
export function makePin(at, r, element, more) {
  element.classList.add("leaflet-marker-icon");
  element.style.width = element.style.height = `${2 * r}px`;
  element.style.margin = `${-r}px`;
  const icon = /** @type {any} */ ({ options: {}, createIcon: () => element, createShadow: () => null });
  return L.marker(at, { icon, interactive: false, keyboard: false, autoPanOnFocus: false, ...more });
}
