// Names on the map: those of the places, those of places outside it at its edge, then the towns of the basemap, as far
// as there is space.

import { all, make, markPlace } from "./dom.js";
import { edgeChips } from "./edge.js";
import { writeGround } from "./groundnames.js";
import { Crowd, labelBoxes } from "./layout.js";
import { WIDE, drawn } from "./markers.js";
import { map } from "./stage.js";
import { FILTERS, openPlace, watch } from "./store.js";

const LINE = 16;
const PANES = ["leaders", "labels", "towns"];

const ink = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
let family = "";

/** @param {string} text  @param {string} font */
function widthOf(text, font) {
  family ||= getComputedStyle(map.getContainer()).fontFamily;
  ink.font = `${font} ${family}`;
  return Math.ceil(ink.measureText(text).width) + 2;
}

/**
 * @param {string} pane
 * @param {string} name
 * @param {string} look
 * @param {Point} at in the window of the map
 */
function putLabel(pane, name, look, at) {
  const made = make("span", { class: look, "aria-hidden": "true", dir: "auto" }, name);
  L.DomUtil.setPosition(made, map.containerPointToLayerPoint([Math.round(at.x), Math.round(at.y)]));
  map.getPane(pane).append(made);
  return made;
}

/** The boxes over the map, in its window. @returns {Box[]} */
function furniture() {
  const frame = map.getContainer().getBoundingClientRect();
  return all(".views > *, .trust, .chip, .credits, .leaflet-control-scale, #notice, #card:not([hidden])").map(
    (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left - frame.left, y: top - frame.top, w: width, h: height };
    },
  );
}

/** The signs with their centres in the window; those with most mentions first. */
function signsInSight() {
  const size = map.getSize();
  const weight = (/** @type {Sign} */ { place }) => (!place ? 0 : place === openPlace() ? 1e6 : place.mentions.length);
  return drawn()
    .map((one) => {
      const at = map.latLngToContainerPoint(one.at);
      return { one, at, x: at.x + one.dx, y: at.y + one.dy, r: one.r, element: one.pin.getElement() };
    })
    .filter(({ x, y, element }) => {
      element.tabIndex = -1; // names at the edge lead to places that are not visible
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

/** Lay out all labels for the current view. */
export function label() {
  for (const pane of PANES) map.getPane(pane).replaceChildren();
  const signs = signsInSight();
  const crowd = new Crowd(map.getSize(), furniture());
  const boxes = signs.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  // Half a marker is no target: its name at the edge leads to it.
  const whole = signs.filter(({ element }, index) => (element.tabIndex = crowd.free(boxes[index]) ? 0 : -1) === 0);
  const half = signs.filter((sign) => !whole.includes(sign)).map((sign) => sign.one.place);
  crowd.boxes.push(...boxes);
  for (const sign of whole) {
    const { place } = sign.one;
    if (!place) continue;
    lead(sign);
    const width = widthOf(place.name, "600 13px");
    const free = crowd.take(
      [3, 11].flatMap((gap) => labelBoxes(sign, width, LINE, gap)),
      2,
    );
    if (free) putLabel("labels", place.name, `name k-${place.kind}`, free).dataset.place = place.number;
  }
  edgeChips(crowd, half);
  writeGround(crowd, { width: widthOf, put: (name, look, at) => putLabel("towns", name, look, at) });
  markPlace("open", openPlace()?.number);
}

let waiting = 0;
function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(label);
}

export function startLabels() {
  const { classList } = map.getContainer();
  map.on("zoomstart", () => classList.add("zooming"));
  map.on("zoomend", () => classList.remove("zooming"));
  map.on("moveend resize", later);
  watch([...FILTERS, "mention"], later);
  label();
}
