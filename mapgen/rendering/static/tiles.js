// Tile layers: the only part of the page that uses the network, and only while the reader has switched one on.

import { tiles } from "./data.js";
import { all, registerActions, find, look, make } from "./dom.js";
import { MAX_ZOOM, map } from "./stage.js";

/** @type {any} */
let shownTiles = null;

/** @param {number} number */
function tileLayer(number) {
  const { url, subdomains, max, options, turned } = tiles[number];
  return L.tileLayer(url, {
    ...options,
    subdomains,
    maxZoom: max,
    pane: "base",
    zIndex: 200, // above the basemap: Leaflet's style sheet sets canvases to 100
    className: turned ? "turned" : "",
    referrerPolicy: "strict-origin-when-cross-origin",
  });
}

/**
 * Show a layer with its attribution instead of the shown one, or none if it is the shown one.
 * @param {HTMLElement} button
 */
function switchTiles(button) {
  const number = button.getAttribute("aria-pressed") === "true" ? -1 : Number(button.dataset.layer);
  for (const one of all("[data-layer]")) one.setAttribute("aria-pressed", Number(one.dataset.layer) === number);
  shownTiles?.remove();
  find(".tile-credits")?.remove();
  map.setMaxZoom(tiles[number]?.max || MAX_ZOOM);
  look(map.getContainer(), { tiled: number >= 0 });
  if (number < 0) return;
  shownTiles = tileLayer(number).addTo(map);
  const names = tiles[number].credits.map((/** @type {[string, string]} */ [text, href]) =>
    href ? make("a", { href, rel: "noreferrer", target: "_blank" }, text) : text,
  );
  map.getContainer().append(make("p", { class: "credits tile-credits" }, ...names));
}

export const startTiles = () => registerActions({ tiles: switchTiles });
