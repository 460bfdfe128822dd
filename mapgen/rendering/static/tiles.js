// Layers of tiles: the only thing that ever asks the network, and only while the reader has switched one on.

import { tiles } from "./data.js";
import { button, find, make } from "./dom.js";
import { say } from "./format.js";
import { MAX_ZOOM, map } from "./stage.js";

/** @type {any[]} */
const tileLayers = [];
let shownTiles = -1;

/** @param {number} number */
function tileLayer(number) {
  const { url, subdomains, max, options, turned } = tiles[number];
  tileLayers[number] ??= L.tileLayer(url, {
    ...options,
    subdomains,
    maxZoom: max,
    pane: "base",
    zIndex: 200, // over the basemap: Leaflet's style sheet lifts canvases to 100
    className: turned ? "turned" : "",
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  return tileLayers[number];
}

/** Show one layer, and the names of those it comes from; none for -1. @param {number} number */
function showTiles(number) {
  if (shownTiles >= 0) tileLayer(shownTiles).remove();
  shownTiles = number;
  map.setMaxZoom(number < 0 ? MAX_ZOOM : tiles[number].max);
  if (number >= 0) tileLayer(number).addTo(map);
  find("#map").classList.toggle("tiled", number >= 0);
  find(".tile-credits")?.remove();
  if (number < 0) return;
  const pieces = tiles[number].credits.map((/** @type {[string, string]} */ [text, href]) =>
    href ? make("a", { href, rel: "noreferrer", target: "_blank" }, text) : text,
  );
  find("#map").append(make("p", { class: "credits tile-credits" }, ...pieces));
}

/** A switch for each layer; one is on at a time. @returns {HTMLElement[]} */
export function tileButtons() {
  /** @type {HTMLElement[]} */
  const made = tiles.map((/** @type {any} */ { name, host }, /** @type {number} */ number) =>
    button(say("tiles_short", { name }), {
      class: "tiles",
      title: say("tiles_title", { host }),
      "aria-pressed": "false",
      click: () => {
        showTiles(shownTiles === number ? -1 : number);
        for (const [at, one] of made.entries()) one.setAttribute("aria-pressed", String(at === shownTiles));
      },
    }),
  );
  return made;
}
