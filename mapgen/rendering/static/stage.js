// The map: panes, views, and the part that the card does not cover.

import { basemap } from "./basemap.js";
import { gathering, narrowScene, places, readGround, scene } from "./data.js";
import { all, registerActions, find, look } from "./dom.js";
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
  const left = document.body.classList.contains("card-left");
  return {
    paddingTopLeft: L.point(side + (left ? beside : 0), Math.min(52, size.y / 5)),
    paddingBottomRight: L.point(
      side + (left ? 0 : beside),
      Math.min((find(".foot").offsetHeight || FOOT) + 14, size.y / 3),
    ),
  };
}

/** @param {any} at  @param {number} zoom  @param {boolean} [animate] */
export const fly = (at, zoom, animate = !still) => map.setView(at, zoom, { animate });

/** @param {any} bounds  @param {boolean} animate  @param {number} maxZoom */
const frame = (bounds, animate, maxZoom) =>
  map.fitBounds(bounds, { ...padding(), animate: animate && !still, maxZoom });

/** The bounds of the first view: the scene, or its part for a narrow window. */
export function sceneBounds() {
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
 * Move a point into the uncovered part of the map, by the least way; the card leaves the side where the point lies.
 * @param {any} at
 * @param {{dx: number, dy: number}} [sign] how far it is from its point, pixels
 */
export function reveal(at, { dx, dy } = { dx: 0, dy: 0 }) {
  const size = map.getSize();
  const point = map.latLngToContainerPoint(at).add([dx, dy]);
  const free = () => {
    const { paddingTopLeft, paddingBottomRight } = padding();
    const half = L.point(0, Math.min(16, size.y / 12)); // of a sign
    return L.bounds(paddingTopLeft.add(half), size.subtract(paddingBottomRight).subtract(half));
  };
  const sides = document.body.classList;
  // While a place is being chosen, the form stays under the pointer.
  if (!free().contains(point) && !sides.contains("choosing")) {
    sides.toggle("card-left");
    if (!free().contains(point)) sides.toggle("card-left");
  }
  const { min, max } = /** @type {any} */ (free());
  const near = L.point(Math.max(min.x, Math.min(max.x, point.x)), Math.max(min.y, Math.min(max.y, point.y)));
  const shift = point.subtract(near).round();
  if (!shift.x && !shift.y) return;
  if (Math.abs(shift.x) < 2.5 * size.x && Math.abs(shift.y) < 2.5 * size.y) map.panBy(shift, { animate: !still });
  else fly(at, map.getZoom(), false);
}

export function startMap() {
  showScene(false);
  new ResizeObserver(() => {
    const { x, y } = map.getSize();
    if (!container.clientWidth) return; // hidden, as on paper
    if (x === container.clientWidth && y === container.clientHeight) return;
    map.invalidateSize({ animate: false, pan: false });
    const place = openPlace();
    // The card takes height from a narrow map: what is in sight stays where it is.
    if (!place || x !== container.clientWidth) reframe(false);
    if (place) reveal(position(place));
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
    inset: (/** @type {HTMLElement} */ button) => {
      freeView();
      const own = all("circle", button).map(({ dataset }) => position(places[dataset.place]));
      frame(L.latLngBounds(own).pad(0.3), true, 10);
    },
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
