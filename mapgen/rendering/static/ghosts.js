// The alternatives of the open card as faint signs on the map. A click chooses one.

import { places } from "./data.js";
import { button, sign } from "./dom.js";
import { described, say } from "./format.js";
import { makePin } from "./pins.js";
import { map, position } from "./stage.js";
import { choose, others } from "./tools.js";

/** @type {any[]} */
let ghosts = [];

/** @param {Mention | null} mention */
export function showGhosts(mention) {
  for (const ghost of ghosts) ghost.remove();
  const elsewhere = mention
    ? others(mention).filter(({ place }) => !places.some((one) => one.id === place.id && one.mentions.length))
    : [];
  ghosts = elsewhere.map(({ place }) => {
    const title = say("choose_name", { name: `${place.name}, ${described(place)}` });
    const ghost = button(
      { class: `ghost k-${place.kind}`, title, "aria-label": title, tabindex: -1, click: () => choose(place) },
      sign(place.kind, "?"),
    );
    return makePin(position(place), 12, ghost).addTo(map);
  });
}
