// Names on the map: those of the places, names off the map at its edge, then the towns of the basemap, wherever there is room.

import { towns } from "./data.js";
import { make } from "./dom.js";
import { edgeChips } from "./edge.js";
import { unwrap } from "./geo.js";
import { Crowd, labelBoxes } from "./layout.js";
import { elementOf, groups, markers } from "./markers.js";
import { WIDE } from "./shapes.js";
import { map } from "./stage.js";
import { FILTERS, open, state, watch } from "./store.js";

const LINE = 16;
const TOWN_LINE = 13;
const TOWN_SPACE = 26;

const ink = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
let family = "";

/** @param {string} text  @param {string} font */
function widthOf(text, font) {
  ink.font = `${font} ${family}`;
  return Math.ceil(ink.measureText(text).width) + 2;
}

/** @param {string} pane  @param {string} name  @param {string} look  @param {Point} at  in the window of the map */
function putLabel(pane, name, look, at) {
  const made = make("span", { class: look, "aria-hidden": "true", dir: "auto" }, name);
  L.DomUtil.setPosition(made, map.containerPointToLayerPoint([Math.round(at.x), Math.round(at.y)]));
  map.getPane(pane).append(made);
  return made;
}

/** Where the boxes over the map lie in its window. @returns {Box[]} */
function furniture() {
  const frame = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(".views > *, .trust, .chip, #card:not([hidden])")].map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, w: width, h: height };
  });
}

/** The signs in the window, with their middles in it. */
function signsInSight() {
  const size = map.getSize();
  return [...markers, ...groups].filter(elementOf).flatMap((one) => {
    elementOf(one).tabIndex = 0;
    const at = map.latLngToContainerPoint(one.at);
    const [x, y] = [at.x + one.dx, at.y + one.dy];
    return x < -20 || y < -20 || x > size.x + 20 || y > size.y + 20 ? [] : [{ one, at, x, y, r: one.r }];
  });
}

/** The line from a marker that stands aside to its place. @param {ReturnType<typeof signsInSight>[0]} sign */
function lead({ one, at }) {
  const aside = Math.hypot(one.dx, one.dy);
  if (!one.place || aside < 5 || (WIDE.has(one.place.kind) && aside < one.r)) return;
  const made = putLabel("leaders", "", `leader k-${one.place.kind}`, at);
  made.style.width = `${Math.round(aside)}px`;
  made.style.transform += ` rotate(${Math.atan2(one.dy, one.dx)}rad)`;
}

/** Lay all labels out anew for what the map shows now. */
function label() {
  for (const pane of ["leaders", "labels", "towns"]) map.getPane(pane).replaceChildren();
  family ||= getComputedStyle(map.getContainer()).fontFamily;
  const signs = signsInSight();
  const crowd = new Crowd(map.getSize(), furniture());
  const boxes = signs.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  // Half a marker is no target: the text and the list lead to it, and it is one again when the map moves.
  signs.forEach(({ one }, index) => (elementOf(one).tabIndex = crowd.free(boxes[index]) ? 0 : -1));
  crowd.boxes.push(...boxes);
  const weight = (/** @type {import("./data.js").Place} */ place) => (place === state.place ? 1e6 : place.mentions.length);
  signs.forEach(lead);
  const named = signs.flatMap((sign) => (sign.one.place ? [{ ...sign, place: sign.one.place }] : []));
  named.sort((a, b) => weight(b.place) - weight(a.place) || a.place.number - b.place.number);
  for (const { place, ...sign } of named) {
    const width = widthOf(place.name, "600 13px");
    const free = crowd.take([3, 11].flatMap((gap) => labelBoxes(sign, width, LINE, gap)), 2);
    const look = `name k-${place.kind}${place === state.place ? " open" : ""}`;
    if (free) putLabel("labels", place.name, look, free).onclick = () => open(place);
  }
  edgeChips(crowd);
  labelTowns(crowd);
}

/** How many towns are named at most. @param {number} zoom */
const townLimit = (zoom) => (zoom < 4.5 ? 0 : zoom < 6 ? 14 : zoom < 7.5 ? 34 : 80);

/** A town's dot and name, if there is room for them and some quiet around. @param {Crowd} crowd  @param {string} name  @param {Point} at  @param {boolean} capital */
function labelTown(crowd, name, at, capital) {
  const dot = { x: at.x - 2, y: at.y - 2, w: 4, h: 4 };
  const width = widthOf(name, "11px");
  const boxes = labelBoxes({ ...at, r: 3 }, width, TOWN_LINE).slice(0, 4);
  const box = crowd.free(dot, 3) && boxes.find((one) => crowd.free(one, capital ? 6 : TOWN_SPACE / 2));
  if (!box) return false;
  crowd.boxes.push(dot, { x: box.x - TOWN_SPACE / 2, y: box.y - TOWN_SPACE / 3, w: width + TOWN_SPACE, h: TOWN_LINE + (2 * TOWN_SPACE) / 3 });
  const also = capital ? " capital" : "";
  putLabel("towns", "", "dot" + also, dot);
  putLabel("towns", name, "town" + also, box);
  return true;
}

/** The name of a country, spaced out around its middle. @param {Crowd} crowd  @param {string} name  @param {Point} at */
function labelLand(crowd, name, at) {
  const width = 1.16 * widthOf(name.toUpperCase(), "10.5px") + 1.7 * name.length;
  const box = crowd.take([{ x: at.x - width / 2, y: at.y - TOWN_LINE / 2, w: width, h: TOWN_LINE }], 4);
  if (box) putLabel("towns", name, "town land", box);
  return Boolean(box);
}

/** @param {Crowd} crowd */
function labelTowns(crowd) {
  const middle = map.getCenter().lng;
  let left = townLimit(map.getZoom());
  for (const [name, lat, lon, rank] of towns) {
    if (!left) break;
    const at = map.latLngToContainerPoint([lat, unwrap(lon, middle)]);
    if (rank === 2 ? labelLand(crowd, name, at) : labelTown(crowd, name, at, rank === 1)) left -= 1;
  }
}

let waiting = 0;
function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(label);
}

export function startLabels() {
  map.on("zoomstart", () => map.getContainer().classList.add("zooming"));
  map.on("zoomend", () => map.getContainer().classList.remove("zooming"));
  map.on("moveend resize", later);
  watch([...FILTERS, "place"], later);
  label();
}
