// The map itself: panes, views, and what the card leaves of it.

import { basemapLayer } from "./basemap.js";
import { groundWindows, places, scene } from "./data.js";
import { find, make } from "./dom.js";
import { unwrap } from "./geo.js";
import { isShown } from "./store.js";

export const MAX_ZOOM = 13;

export const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
export const narrow = matchMedia("(max-width: 760px)");

const container = find("#map");
const middle = scene ? (scene[1] + scene[3]) / 2 : 0;

// Signs moved in the plane need no picture of their own each, as signs moved in space do; the map is one (map.css).
/** @type {any} */ (L.Browser).ie3d = true;

/** @type {any} */
export const map = L.map(container, {
  zoomControl: false,
  attributionControl: false,
  zoomSnap: 0.25,
  zoomDelta: 1,
  wheelPxPerZoomLevel: 90,
  minZoom: 1,
  maxZoom: MAX_ZOOM,
  maxBounds: [
    [-85.05, middle - 300],
    [85.05, middle + 300],
  ],
  maxBoundsViscosity: 0.8,
  zoomAnimation: !still.matches,
  fadeAnimation: false,
  markerZoomAnimation: !still.matches,
  inertia: !still.matches,
  worldCopyJump: false,
});

for (const [name, level] of /** @type {[string, number][]} */ ([
  ["base", 150],
  ["outlines", 350],
  ["towns", 450],
  ["leaders", 550],
  ["labels", 620],
])) {
  map.createPane(name).style.zIndex = String(level);
}

/** Lay the basemap under everything, and paint it anew when the colours of the style sheet change. */
export function startGround() {
  const ground = basemapLayer(groundWindows()).addTo(map);
  dark.addEventListener("change", () => ground.paintAll());
}

/** @param {{at: [number, number]}} place */
export const position = (place) => L.latLng(place.at[0], unwrap(place.at[1], middle));

/** Space that a frame leaves free on each side: signs and labels need it, and the boxes over the map. */
function padding() {
  const size = map.getSize();
  const foot = find(".foot").offsetHeight;
  const side = Math.min(40, size.x / 12);
  const card = find("#card");
  const beside = !card.hidden && !narrow.matches ? card.offsetWidth + 16 : 0;
  return {
    paddingTopLeft: L.point(side, Math.min(52, size.y / 5)),
    paddingBottomRight: L.point(side + beside, Math.min(foot + 14, size.y / 3)),
  };
}

/** @param {any} bounds  @param {boolean} animate  @param {number} [maxZoom] */
const frame = (bounds, animate, maxZoom = 10) =>
  map.fitBounds(bounds, { ...padding(), animate: animate && !still.matches, maxZoom });

/** The frame that is kept when the room for the map changes, until the reader moves the map. */
let kept = "";

export const freeView = () => {
  kept = "";
};

/** Show the kept frame anew. @param {boolean} [animate] */
export function reframe(animate = true) {
  if (kept === "scene") showScene(animate);
  else if (kept === "all") showAll(animate);
}

/** @param {boolean} [animate] */
export function showScene(animate = true) {
  if (!scene) {
    showAll(animate);
    return;
  }
  kept = "scene";
  frame([[scene[0], scene[1]], [scene[2], scene[3]]], animate, 11);
}

/** @param {boolean} [animate] */
export function showAll(animate = true) {
  kept = "all";
  const shown = places.filter(isShown);
  if (shown.length) frame(L.latLngBounds(shown.map(position)).pad(0.06), animate, 9);
  else map.setView([25, middle], 2, { animate: animate && !still.matches });
}

/** Whether the frame that is kept has a point in it. @param {any} at */
export const keeps = (at) =>
  kept === "all" || (kept === "scene" && scene !== null && L.latLngBounds([[scene[0], scene[1]], [scene[2], scene[3]]]).contains(at));

/**
 * Bring a point into the part of the map that nothing covers.
 * @param {any} at
 */
export function reveal(at) {
  const { paddingTopLeft, paddingBottomRight } = padding();
  const size = map.getSize();
  const point = map.latLngToContainerPoint(at);
  const free = L.bounds(paddingTopLeft, size.subtract(paddingBottomRight));
  if (free.contains(point) || keeps(at)) return;
  freeView();
  const target = free.getCenter();
  const shift = point.subtract(target);
  if (Math.abs(shift.x) < 2.5 * size.x && Math.abs(shift.y) < 2.5 * size.y) map.panBy(shift, { animate: !still.matches });
  else {
    const zoom = map.getZoom();
    map.setView(map.unproject(map.project(at, zoom).subtract(target.subtract(size.divideBy(2))), zoom), zoom, { animate: false });
  }
}

export function startMap() {
  showScene(false);
  new ResizeObserver(() => {
    const { x, y } = map.getSize();
    if (x === container.clientWidth && y === container.clientHeight) return;
    map.invalidateSize({ animate: false, pan: false });
    reframe(false);
  }).observe(container);
  map.on("dragstart dblclick boxzoomend", freeView);
  container.addEventListener("wheel", freeView, { passive: true });
  container.addEventListener("touchmove", freeView, { passive: true });
  container.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.target === container && /^(Arrow|[-+=_])/.test(event.key)) freeView();
  });
  container.append(make("p", { class: "credits" }, "Leaflet · GSHHS"));
}
