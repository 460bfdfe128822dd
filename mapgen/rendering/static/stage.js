// The map: its panes, the basemap, and what moves it.

import { basemap } from "./basemap.js";
import { readGround, scene } from "./data.js";
import { body, find, listen } from "./dom.js";
import { unwrap } from "./geo.js";
import { loadRelief } from "./relief.js";

export const MAX_ZOOM = 13;
export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
export const narrow = matchMedia("(max-width: 760px)");

/** Longitude in the centre of the shown world. */
export const middle = scene ? (scene[1] + scene[3]) / 2 : 0;

export const container = find("#map");

// The first frame shows the map with its markers; the rest is laid out in the second. This applies where the browser
// delays its first frame for the script; elsewhere the text has been shown already. A page in a hidden tab gets no
// frames, so there is none to wait for.
export const frames = !document.hidden && "blocking" in HTMLLinkElement.prototype;

body.classList.toggle("late", frames);

// Signs moved in 2D need no compositing layer each, as with 3D transforms; the map is one layer (map.css).
/** @type {any} */ (L.Browser).ie3d = true;

/** @type {any} */
export const map = L.map(container, {
  zoomControl: false,
  attributionControl: false,
  zoomSnap: 0.25,
  wheelPxPerZoomLevel: 90,
  minZoom: 1,
  maxZoom: MAX_ZOOM,
  maxBounds: [
    [-85.05, middle - 300],
    [85.05, middle + 300],
  ],
  maxBoundsViscosity: 0.8,
  zoomAnimation: !still,
  markerZoomAnimation: !still,
  fadeAnimation: false,
  inertia: !still,
});

Object.entries({ base: 150, outlines: 350, towns: 450, leaders: 550, labels: 620 }).forEach(([name, level]) => {
  map.createPane(name).style.zIndex = String(level);
});

/** Paint the basemap anew: its colours are those of the style sheet. */
export let repaintGround = () => {};

/** Add the basemap below all layers, and a scale where it holds for the whole map. */
export async function startGround() {
  const scale = /** @type {any} */ (L.control.scale({ imperial: false, maxWidth: 90 }).addTo(map).getContainer());
  find(".foot").append(scale);
  const far = () => (scale.hidden = map.getZoom() < 4);
  map.on("zoomend", far);
  far();
  const ground = readGround();
  if (ground.relief) await loadRelief(ground.relief);
  repaintGround = basemap(map, ground);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    listen(matchMedia(query), "change", repaintGround);
}

/** @param {{at: [number, number]}} place */
export const position = (place) => L.latLng(place.at[0], unwrap(place.at[1], middle));

/** @param {Place[]} some */
export const boundsOf = (some) => L.latLngBounds(some.map(position));

/** @param {any} at  @param {number} zoom  @param {boolean} [animate] */
export const fly = (at, zoom, animate = !still) => map.setView(at, zoom, { animate });
