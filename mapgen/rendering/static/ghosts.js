// The runners-up of the open card: faint signs where else the name could mean. A click makes one the choice.

import { places } from "./data.js";
import { make } from "./dom.js";
import { described, say } from "./format.js";
import { makePin } from "./markers.js";
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
    const title = say("choose_name", { name: `${place.name}, ${described(place)}` });
    const ghost = make("button", { type: "button", class: `leaflet-marker-icon ghost k-${place.kind}`, title, "aria-label": title }, sign(place.kind, "?"));
    ghost.style.margin = "-12px";
    ghosts.addLayer(makePin({ at: position(place), r: 12 }, () => ghost, () => mention && choose(mention, place)));
  }
}
