// The part of the map that nothing covers.

import { body, find, html } from "./dom.js";
import { clamp } from "./geo.js";
import { fly, map, narrow, still } from "./stage.js";

const HEAD = 32; // pixels: height of the buttons in one row
const FOOT = 73; // pixels: height of the legend in one row and the line above it, before they are filled

/** The free space on each side of a frame, for signs, labels and the boxes over the map. */
export function padding() {
  const size = map.getSize();
  const side = Math.min(40, size.x / 12);
  const card = find("#card");
  const beside = card.hidden || narrow.matches ? 0 : card.offsetWidth + 16;
  const left = body.classList.contains("card-left");
  const { ready } = html.dataset;
  const [head, foot] = ready ? [".views", ".foot"].map((box) => find(box).offsetHeight) : [HEAD, FOOT];
  return {
    paddingTopLeft: L.point(side + (left ? beside : 0), Math.min(head + 20, size.y / 5)),
    paddingBottomRight: L.point(side + (left ? 0 : beside), Math.min(foot + 14, size.y / 3)),
  };
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
  const sides = body.classList;
  // While a place is being chosen, the form stays under the pointer.
  if (!free().contains(point) && !sides.contains("choosing")) {
    sides.toggle("card-left");
    if (!free().contains(point)) sides.toggle("card-left");
  }
  const { min, max } = /** @type {any} */ (free());
  const near = L.point(clamp(point.x, min.x, max.x), clamp(point.y, min.y, max.y));
  const shift = point.subtract(near).round();
  if (!shift.x && !shift.y) return;
  if (Math.abs(shift.x) < 2.5 * size.x && Math.abs(shift.y) < 2.5 * size.y) map.panBy(shift, { animate: !still });
  else fly(at, map.getZoom(), false);
}
