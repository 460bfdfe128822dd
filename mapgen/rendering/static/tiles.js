// Tile layers: those in the page, and those of a server, the only part of the page that uses the network, and only while
// the reader has switched one on.

import { registerActions } from "./actions.js";
import { tiles } from "./data.js";
import { all, find, look, make } from "./dom.js";
import { say } from "./format.js";
import { notice } from "./notice.js";
import { MAX_ZOOM, container, map } from "./stage.js";

const PATIENCE = 2500; // milliseconds until a server that does not answer is given up
const FAILURES = 4; // tiles in a row that may fail

/** @type {any} */
let shownTiles = null;

/** Counts the switches: an answer that comes after another one is ignored. */
let turn = 0;

/** @param {number} number */
function tileLayer(number) {
  const { url, subdomains, max, options, turned, held } = tiles[number];
  const layer = /** @type {any} */ (L).tileLayer(url, {
    ...options,
    subdomains,
    maxZoom: held ? MAX_ZOOM + 4 : max,
    pane: "base",
    zIndex: 200, // above the basemap: Leaflet's style sheet sets canvases to 100
    className: turned ? "turned" : "",
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  if (held)
    layer.getTileUrl = (/** @type {Point} */ { x, y }) =>
      held[`${layer._getZoomForUrl()}/${x}/${y}`] || L.Util.emptyImageUrl;
  return layer;
}

/**
 * Whether the server gives the tile in the middle of the map: one question instead of a failure for every tile.
 * @param {any} layer
 */
function answers(layer) {
  if (!navigator.onLine) return Promise.resolve(false);
  const zoom = Math.round(Math.min(map.getZoom(), layer.options.maxZoom));
  const { x, y } = map.project(map.getCenter().wrap(), zoom).divideBy(256).floor();
  const probe = new Image();
  probe.referrerPolicy = layer.options.referrerPolicy;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
  layer._tileZoom = zoom; // Leaflet fills the address in with it
  probe.src = layer.getTileUrl({ x, y, z: zoom });
  return Promise.race([
    late,
    probe.decode().then(
      () => true,
      () => false,
    ),
  ]);
}

/** @param {number} number  of the pressed button, -1 for none */
function pressLayer(number) {
  for (const one of all("[data-layer]")) one.ariaPressed = Number(one.dataset.layer) === number;
}

function removeTiles() {
  turn += 1;
  pressLayer(-1);
  shownTiles?.remove();
  shownTiles = null;
  find(".tile-credits")?.remove();
  look(container, { tiled: false });
  map.setMaxZoom(MAX_ZOOM);
}

/** @param {number} number */
function failTiles(number) {
  removeTiles();
  notice(say("tiles_failed", { host: tiles[number].host }));
}

/** Show a layer with its attribution. @param {number} number  @param {any} layer */
function addTiles(number, layer) {
  let failures = 0;
  layer.on("tileload", () => (failures = 0));
  layer.on("tileerror", () => (failures += 1) >= FAILURES && failTiles(number));
  map.setMaxZoom(layer.options.maxZoom);
  look(container, { tiled: true });
  shownTiles = layer.addTo(map);
  const names = tiles[number].credits.map((/** @type {[string, string]} */ [text, href]) =>
    href ? make("a", { href, rel: "noreferrer", target: "_blank" }, text) : text,
  );
  container.append(make("p", { class: "credits tile-credits" }, ...names));
}

/**
 * Show a layer instead of the shown one, or none if it is the shown one.
 * @param {HTMLElement} button
 */
async function switchTiles(button) {
  const number = button.ariaPressed === "true" ? -1 : Number(button.dataset.layer);
  removeTiles();
  if (number < 0) return;
  pressLayer(number);
  const layer = tileLayer(number);
  const own = turn;
  const there = tiles[number].held || (await answers(layer));
  if (own !== turn) return;
  if (there) addTiles(number, layer);
  else failTiles(number);
}

export function startTiles() {
  registerActions({ tiles: switchTiles });
  const held = tiles.findIndex((/** @type {any} */ layer) => layer.held);
  if (held >= 0) switchTiles(find(`[data-layer="${held}"]`));
}
