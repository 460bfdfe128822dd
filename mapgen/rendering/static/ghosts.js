// The runners-up of the open card: faint signs where else the name could mean. A click makes one the choice.

import { places } from "./data.js";
import { make } from "./dom.js";
import { described, say } from "./format.js";
import { sign } from "./shapes.js";
import { map, position } from "./stage.js";
import { choose, others } from "./tools.js";

/** @type {any} */
let ghosts = null;

/** @param {import("./data.js").Mention | null} mention */
export function showRivals(mention) {
  ghosts ||= L.layerGroup().addTo(map);
  ghosts.clearLayers();
  for (const { place } of mention ? others(mention) : []) {
    if (places.some((one) => one.id === place.id && one.mentions.length)) continue;
    const icon = L.divIcon({ html: make("span", { class: "box" }, sign(place.kind, "?")), className: `ghost k-${place.kind}`, iconSize: [24, 24] });
    const label = say("choose_name", { name: `${place.name}, ${described(place)}` });
    const pin = L.marker(position(place), { icon, title: label, zIndexOffset: -1000 });
    pin.on("add", () => pin.getElement()?.setAttribute("aria-label", label));
    pin.on("click", () => mention && choose(mention, place));
    ghosts.addLayer(pin);
  }
}
