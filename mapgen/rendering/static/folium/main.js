// What folium needs for layers that were added in Python: a chip of the legend for each, pictures of its markers, and
// jQuery's `$` as far as its popups use it. A script by itself, only in pages with such layers.

const map = /** @type {any} */ (window).map_mapgen;

/**
 * Put a layer into the legend, where it is shown and hidden.
 * @param {string} name
 * @param {any} layer
 */
function addToLegend(name, layer) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip added";
  const word = document.createElement("span");
  word.className = "word";
  word.dir = "auto";
  word.textContent = name;
  chip.append(word);
  const press = () => chip.setAttribute("aria-pressed", String(map.hasLayer(layer)));
  chip.addEventListener("click", () => {
    if (map.hasLayer(layer)) map.removeLayer(layer);
    else map.addLayer(layer);
    press();
  });
  press();
  document.querySelector(".legend .reset")?.before(chip);
}

/**
 * Name the pictures of Leaflet's own marker.
 * @param {{ iconUrl: string, iconRetinaUrl: string, shadowUrl: string }} pictures
 */
function useMarkers(pictures) {
  Object.assign(L.Icon.Default, { imagePath: "" });
  L.Icon.Default.mergeOptions(pictures);
}

/**
 * The elements of a piece of HTML.
 * @param {string} html
 */
function elementsOf(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.children];
}

Object.assign(window, { $: elementsOf, mapgen_layer: addToLegend, mapgen_markers: useMarkers });
