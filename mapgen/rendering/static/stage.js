// The map: panes, views, and the part that the card does not cover.

import { basemap } from "./basemap.js";
import { gathering, narrowScene, readGround, scene } from "./data.js";
import { registerActions, find, look } from "./dom.js";
import { unwrap } from "./geo.js";
import { openPlace, shownPlaces } from "./store.js";

export const MAX_ZOOM = 13;
const FOOT = 65; // pixels: height of the legend in one row, before it is laid out

export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
export const narrow = matchMedia("(max-width: 760px)");

/** Longitude in the centre of the shown world. */
export const middle = scene ? (scene[1] + scene[3]) / 2 : 0;
const container = find("#map");

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
export function startGround() {
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);
  const far = () => look(container, { far: map.getZoom() < 4 });
  map.on("zoomend", far);
  far();
  repaintGround = basemap(map, readGround());
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", repaintGround);
}

/** @param {{at: [number, number]}} place */
export const position = (place) => L.latLng(place.at[0], unwrap(place.at[1], middle));

/** The free space on each side of a frame, for signs, labels and the boxes over the map. */
function padding() {
  const size = map.getSize();
  const side = Math.min(40, size.x / 12);
  const card = find("#card");
  const beside = card.hidden || narrow.matches ? 0 : card.offsetWidth + 16;
  return {
    paddingTopLeft: L.point(side, Math.min(52, size.y / 5)),
    paddingBottomRight: L.point(side + beside, Math.min((find(".foot").offsetHeight || FOOT) + 14, size.y / 3)),
  };
}

/** @param {any} at  @param {number} zoom  @param {boolean} [animate] */
export const fly = (at, zoom, animate = !still) => map.setView(at, zoom, { animate });

/** @param {any} bounds  @param {boolean} animate  @param {number} maxZoom */
const frame = (bounds, animate, maxZoom) =>
  map.fitBounds(bounds, { ...padding(), animate: animate && !still, maxZoom });

/** The bounds of the first view: the scene, or its part for a narrow window. */
function sceneBounds() {
  const sides = (narrow.matches && narrowScene) || scene;
  return sides && L.latLngBounds([sides.slice(0, 2), sides.slice(2)]);
}

/** The frame that is restored when the size of the map changes, until the reader moves the map. */
let kept = "";
export const freeView = () => (kept = "");

/** @param {boolean} [animate] */
function showScene(animate = true) {
  const bounds = sceneBounds();
  if (!bounds) {
    showAll(animate);
    return;
  }
  kept = "scene";
  frame(bounds, animate, gathering.zoom);
}

/** @param {boolean} [animate] */
function showAll(animate = true) {
  kept = "all";
  const shown = shownPlaces().map(position);
  if (shown.length) frame(L.latLngBounds(shown).pad(0.06), animate, 9);
  else fly([25, middle], 2, animate && !still);
}

/** Show the kept frame anew. @param {boolean} [animate] */
export function reframe(animate = true) {
  if (kept) (kept === "all" ? showAll : showScene)(animate);
}

/**
 * Move a point into the uncovered part of the map.
 * @param {any} at
 * @param {number} [most] zoom at which it is to be seen
 */
export function reveal(at, most = MAX_ZOOM) {
  const { paddingTopLeft, paddingBottomRight } = padding();
  const size = map.getSize();
  const point = map.latLngToContainerPoint(at);
  const free = L.bounds(paddingTopLeft, size.subtract(paddingBottomRight));
  if (free.contains(point)) return;
  freeView();
  if (map.getZoom() > most) {
    fly(at, most);
    return;
  }
  const shift = point.subtract(free.getCenter());
  if (Math.abs(shift.x) < 2.5 * size.x && Math.abs(shift.y) < 2.5 * size.y) map.panBy(shift, { animate: !still });
  else fly(map.containerPointToLatLng(size.divideBy(2).add(shift)), map.getZoom(), false);
}

/**
 * Make space for the card, or show a place if the restored frame does not contain it.
 * @param {any} [at]
 * @param {number} [most] zoom
 */
export function settle(at, most) {
  if (at && narrow.matches) {
    // The card covers half of a small map: the whole frame would be too small in the rest.
    const before = kept;
    reveal(at, most);
    kept = before;
    return;
  }
  // Not both: the second movement would override the first.
  if (!at || kept === "all" || (kept && sceneBounds()?.contains(at))) reframe();
  else reveal(at, most);
}

export function startMap() {
  showScene(false);
  new ResizeObserver(() => {
    const { x, y } = map.getSize();
    if (!container.clientWidth) return; // hidden, as on paper
    if (x === container.clientWidth && y === container.clientHeight) return;
    map.invalidateSize({ animate: false, pan: false });
    const place = openPlace();
    if (place && narrow.matches) settle(position(place));
    else reframe(false);
  }).observe(container);
  map.on("dragstart dblclick boxzoomend", freeView);
  for (const type of ["wheel", "touchmove"]) container.addEventListener(type, freeView, { passive: true });
  container.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.target === container && /^(Arrow|[-+=_])/.test(event.key)) freeView();
  });
  // A click on a marker that ends a drag of the map is ignored.
  container.addEventListener(
    "click",
    (/** @type {MouseEvent} */ event) => event.detail && map.dragging.moved() && event.stopPropagation(),
    true,
  );
  registerActions({
    scene: () => showScene(),
    all: () => showAll(),
    zoom: (/** @type {HTMLElement} */ button) => {
      freeView();
      const place = openPlace();
      map.setZoomAround(place ? position(place) : map.getCenter(), map.getZoom() + Number(button.dataset.by), {
        animate: !still,
      });
    },
  });
}
