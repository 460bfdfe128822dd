// One line over the map: what the ground cannot show here, and what has failed.

import { tiles, words } from "./data.js";
import { find, tell } from "./dom.js";
import { say } from "./format.js";
import { container, map } from "./stage.js";

const STREETS = 12; // zoom from which a reader expects streets, which the ground does not have
const LONG = 12_000; // milliseconds that a failure is told

const line = find("#notice");
let until = 0;

/** Tell a failure for some seconds. @param {string} text */
export function notice(text) {
  tell(line, text);
  clearTimeout(until);
  until = window.setTimeout(() => {
    until = 0;
    groundEnds();
  }, LONG);
}

/** Tell that the ground ends at this zoom, and what there is instead. */
function groundEnds() {
  if (until) return;
  const ends = map.getZoom() >= STREETS && !container.classList.contains("tiled");
  const offer = tiles.length ? ` ${say("ground_offer", { name: tiles[0].name })}` : "";
  tell(line, ends ? words.ground_ends + offer : "");
}

export function startNotice() {
  map.on("zoomend layeradd layerremove", groundEnds);
  groundEnds();
}
