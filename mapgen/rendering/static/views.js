// The views of the map, and the part of it that the card does not cover.

import { registerActions } from "./actions.js";
import { gathering, narrowScene, places, scene } from "./data.js";
import { all, find, listen, look } from "./dom.js";
import { padding, reveal } from "./reveal.js";
import { boundsOf, container, fly, map, middle, narrow, position, still } from "./stage.js";
import { openPlace, shownPlaces } from "./store.js";

const SLIM = 520; // pixels: a map that is narrower has no space for a globe beside its buttons

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
  const shown = shownPlaces();
  if (shown.length) frame(boundsOf(shown).pad(0.06), animate, 9);
  else fly([25, middle], 2, animate && !still);
}

/** Show the kept frame anew. @param {boolean} [animate] */
function reframe(animate = true) {
  if (kept) (kept === "all" ? showAll : showScene)(animate);
}

export function startMap() {
  showScene(false);
  new ResizeObserver(() => {
    const { x, y } = map.getSize();
    if (!container.clientWidth) return; // hidden, as on paper
    look(find("#stage"), { slim: container.clientWidth < SLIM });
    if (x === container.clientWidth && y === container.clientHeight) return;
    map.invalidateSize({ animate: false, pan: false });
    const place = openPlace();
    // The card takes height from a narrow map: what is in sight stays where it is.
    if (!place || x !== container.clientWidth) reframe(false);
    if (place) reveal(position(place));
  }).observe(container);
  map.on("dragstart dblclick boxzoomend", freeView);
  listen(container, "wheel touchmove", freeView, { passive: true });
  listen(container, "keydown", (event) => {
    if (event.target === container && /^(Arrow|[-+=_])/.test(event.key)) freeView();
  });
  // A click on a marker that ends a drag of the map is ignored.
  listen(container, "click", (event) => event.detail && map.dragging.moved() && event.stopPropagation(), true);
  registerActions({
    scene: showScene,
    inset: (/** @type {HTMLElement} */ button) => {
      freeView();
      const own = all("circle", button).map(({ dataset }) => places[dataset.place]);
      frame(boundsOf(own).pad(0.3), true, 10);
    },
    all: showAll,
    zoom: (/** @type {HTMLElement} */ button) => {
      freeView();
      const place = openPlace();
      map.setZoomAround(place ? position(place) : map.getCenter(), map.getZoom() + Number(button.dataset.by), {
        animate: !still,
      });
    },
  });
}
