// The runners-up of the open card: faint signs where else the name could mean.

import { places } from "./data.js";
import { make } from "./dom.js";
import { say } from "./format.js";
import { sign } from "./shapes.js";
import { map, position } from "./stage.js";

/** @type {any} */
let layer = null;

/** @param {{place: any, p: number}[]} rivals */
export function showRivals(rivals) {
  if (!layer) layer = L.layerGroup().addTo(map);
  layer.clearLayers();
  for (const { place } of rivals) {
    if (places.some((one) => one.id === place.id)) continue;
    const icon = L.divIcon({ html: make("span", { class: "box" }, sign(place.kind, "?")), className: `ghost k-${place.kind}`, iconSize: [22, 22] });
    const pin = L.marker(position(place), { icon, keyboard: false, interactive: false, zIndexOffset: -1000 });
    pin.on("add", () => pin.getElement()?.setAttribute("aria-label", say("ghost", { name: place.name })));
    layer.addLayer(pin);
  }
}
