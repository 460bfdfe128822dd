// Names on the map: those of the places, those of places outside it at its edge, then the towns of the basemap, as far
// as there is space.

import { Crowd, labelBoxes, belongs } from "./crowd.js";
import { places } from "./data.js";
import { all, find, look } from "./dom.js";
import { edgeChips } from "./edge.js";
import { titleOf } from "./format.js";
import { writeGround } from "./groundnames.js";
import { putLabel, widthOf, furniture } from "./lettering.js";
import { drawn } from "./markers.js";
import { nameOfGroup, placesOf } from "./roll.js";
import { WIDE, markOpen } from "./signs.js";
import { container, map } from "./stage.js";
import { FILTERS, openPlace, watch } from "./store.js";

const LINE = 16;

/** The signs with their centres in the window; those with most mentions first. @param {boolean} [reset] their place in the order of Tab */
function signsInSight(reset = true) {
  const size = map.getSize();
  const weight = (/** @type {Sign} */ { place, members }) =>
    place === openPlace() ? 1e6 : place ? place.mentions.length : members.length;
  return drawn()
    .map((one) => {
      const at = map.latLngToContainerPoint(one.at);
      return { one, at, x: at.x + one.dx, y: at.y + one.dy, r: one.r, element: one.pin.getElement() };
    })
    .filter(({ x, y, element }) => {
      if (reset) element.tabIndex = -1; // names at the edge lead to places that are not visible
      return x > -20 && y > -20 && x < size.x + 20 && y < size.y + 20;
    })
    .sort((a, b) => weight(b.one) - weight(a.one));
}

/**
 * The line from a marker that was moved aside to its place.
 * @param {ReturnType<typeof signsInSight>[0]} sign
 */
function lead({ one: { place, dx, dy, r }, at }) {
  const aside = Math.hypot(dx, dy);
  if (!place || aside < 5 || (WIDE.has(place.kind) && aside < r)) return;
  const { style } = putLabel("leaders", "", `leader k-${place.kind}`, at);
  style.width = `${Math.round(aside)}px`;
  style.transform += ` rotate(${Math.atan2(dy, dx)}rad)`;
}

/**
 * The name of a sign, where there is space for it nearer to it than to any other sign.
 * @param {Crowd} crowd
 * @param {ReturnType<typeof signsInSight>[0]} sign
 * @param {ReturnType<typeof signsInSight>} signs
 */
function labelSign(crowd, sign, signs) {
  const { place } = sign.one;
  // A group is named in any case where there is space, if need be by one place.
  for (const name of place ? [titleOf(place)] : [nameOfGroup(sign.one), nameOfGroup(sign.one, 1)]) {
    const width = widthOf(name, "600 13px");
    const others = signs.filter((one) => one !== sign && Math.hypot(one.x - sign.x, one.y - sign.y) < width + 60);
    const boxes = [3, 11].flatMap((gap) => labelBoxes(sign, width, LINE, gap));
    const free = crowd.take(place ? boxes.filter((box) => belongs(box, sign, others)) : boxes, 2);
    if (!free) continue;
    const made = putLabel("labels", name, place ? `name k-${place.kind}` : "name several", free);
    if (place) made.dataset.place = place.number;
    return;
  }
}

/**
 * Name the signs of some places that have no name on the map, while they are pointed at or focused.
 * @param {string} numbers
 */
export function nameLit(numbers) {
  for (const old of all(".tip")) old.remove();
  const own = places[Number(numbers || NaN)];
  if (!own || find(`.name[data-place="${own.number}"]`, container)) return;
  const sign = signsInSight(false).find(({ one }) => one.place === own || placesOf(one).includes(own));
  if (!sign) return;
  const boxes = labelBoxes(sign, widthOf(titleOf(own), "600 13px") + 12, LINE + 6);
  const box = boxes.find((each) => new Crowd(map.getSize()).free(each)) || boxes[0];
  putLabel("labels", titleOf(own), `name tip k-${own.kind}`, box).dataset.place = own.number;
}

/** Lay out all labels for the current view. */
function label() {
  for (const pane of ["leaders", "labels", "towns"]) map.getPane(pane).replaceChildren();
  const signs = signsInSight();
  const crowd = new Crowd(map.getSize(), furniture());
  const boxes = signs.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  // Half a marker is no target: its name at the edge leads to it. Of the others one is a stop of Tab; arrows go on.
  const whole = signs.filter((_, index) => crowd.free(boxes[index]));
  const stop = whole.find(({ element }) => element === document.activeElement) || whole[0];
  if (stop) stop.element.tabIndex = 0;
  const half = signs.filter((sign) => !whole.includes(sign)).map((sign) => sign.one.place);
  crowd.boxes.push(...boxes);
  for (const sign of whole) {
    lead(sign);
    labelSign(crowd, sign, signs);
  }
  edgeChips(crowd, half);
  writeGround(crowd, { width: widthOf, put: (...own) => putLabel("towns", ...own) });
  markOpen();
}

let waiting = 0;

function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(label);
}

export function startLabels() {
  map.on("zoomstart zoomend", (/** @type {any} */ { type }) => look(container, { zooming: type === "zoomstart" }));
  map.on("moveend resize", later);
  watch([...FILTERS, "mention"], later);
  label();
}
