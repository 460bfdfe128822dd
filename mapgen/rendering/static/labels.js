// Names on the map: those of the places, then the towns of the basemap, wherever there is room.

import { clustered, towns } from "./data.js";
import { make } from "./dom.js";
import { unwrap } from "./geo.js";
import { Crowd, collides, labelBoxes } from "./layout.js";
import { groups, markers } from "./markers.js";
import { map } from "./stage.js";
import { FILTERS, open, state, watch } from "./store.js";

const LINE = 16;
const TOWN_LINE = 13;
const TOWN_SPACE = 26;

const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
/** @type {Map<string, number>} */
const widths = new Map();

/**
 * @param {string} text
 * @param {string} font
 */
function widthOf(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    measure.font = font;
    width = Math.ceil(measure.measureText(text).width);
    widths.set(key, width);
  }
  return width;
}

/** @param {any} pane  @param {string} name  @param {string} look  @param {{x: number, y: number}} at  in the window of the map */
function put(pane, name, look, at) {
  const made = make("span", { class: look, "aria-hidden": "true", dir: "auto" }, name);
  L.DomUtil.setPosition(made, map.containerPointToLayerPoint([Math.round(at.x), Math.round(at.y)]));
  pane.append(made);
  return made;
}

/** @typedef {import("./layout.js").Box} Box */

/** @param {string} selector @returns {Box[]} where elements lie in the window of the map */
function boxesOf(selector) {
  const frame = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(selector)].map((element) => {
    const box = element.getBoundingClientRect();
    return { x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height };
  });
}

/** Boxes that lie over the map. */
export const furniture = () => boxesOf(".views > *, .trust, .chip, #card:not([hidden])");

/** @type {{box: Box, made: HTMLElement[]}[]} */
const townLabels = [];

/** Take away towns that would lie under something more important. @param {Box} box */
export function clearTowns(box) {
  for (const town of townLabels) if (collides(town.box, box, 2)) for (const made of town.made) made.remove();
}

/** What the signs and names of places cover now. @type {Box[]} */
export const covered = [];

/** The markers in the window; what they cover is noted. */
function signs() {
  const size = map.getSize();
  const present = [];
  for (const one of [...markers, ...groups]) {
    const element = one.pin.getElement();
    if (!element || element.classList.contains("gathered-in")) continue;
    const at = map.latLngToContainerPoint(one.pin.getLatLng()).add([one.dx, one.dy]);
    if (at.x < -20 || at.y < -20 || at.x > size.x + 20 || at.y > size.y + 20) continue;
    covered.push({ x: at.x - one.r, y: at.y - one.r, w: 2 * one.r, h: 2 * one.r });
    if ("place" in one) present.push({ marker: one, at });
  }
  if (clustered) covered.push(...boxesOf(".leaflet-marker-pane .gathered"));
  return present;
}

/** Lay all labels out anew for what the map shows now. */
export function label() {
  const [placePane, townPane] = [map.getPane("labels"), map.getPane("towns")];
  placePane.replaceChildren();
  townPane.replaceChildren();
  covered.length = 0;
  const present = signs();
  const crowd = new Crowd();
  for (const box of [...furniture(), ...covered]) crowd.add(box);
  const family = getComputedStyle(map.getContainer()).fontFamily;
  present.sort((a, b) => weight(b.marker) - weight(a.marker) || a.marker.place.number - b.marker.place.number);
  for (const { marker, at } of present) {
    const width = widthOf(marker.place.name, `600 13px ${family}`) + 2;
    const boxes = [3, 11].flatMap((gap) => labelBoxes(at.x, at.y, marker.r, width, LINE, gap));
    const free = boxes.find((one) => crowd.free(one, 2));
    if (!free) continue;
    crowd.add(free);
    covered.push(free);
    const look = `name k-${marker.place.kind}${marker.place === state.place ? " open" : ""}`;
    put(placePane, marker.place.name, look, free).onclick = () => open(marker.place);
  }
  labelTowns(crowd, townPane, family);
}

/** @param {import("./markers.js").Marker} marker */
const weight = (marker) => (marker.place === state.place ? 1e6 : marker.place.mentions.length);

/** How many towns are named at most. @param {number} zoom */
const townLimit = (zoom) => (zoom < 4.5 ? 0 : zoom < 6 ? 14 : zoom < 7.5 ? 34 : 80);

/**
 * Where a town's name finds room, itself and some quiet around it.
 * @param {Crowd} crowd
 * @param {{x: number, y: number}} at
 * @param {number} width
 * @param {boolean} capital
 * @returns {Box | undefined}
 */
function townBox(crowd, at, width, capital) {
  const quiet = capital ? 6 : TOWN_SPACE / 2;
  const boxes = labelBoxes(at.x, at.y, 3, width, TOWN_LINE).slice(0, 4);
  return boxes.find((box) => crowd.free(box, quiet));
}

/** @param {Crowd} crowd  @param {any} pane  @param {string} name  @param {any} at  @param {boolean} capital  @param {string} family */
function townLabel(crowd, pane, name, at, capital, family) {
  const width = widthOf(name, `11px ${family}`) + 2;
  const dot = { x: at.x - 2, y: at.y - 2, w: 4, h: 4 };
  const box = crowd.free(dot, 3) && townBox(crowd, at, width, capital);
  if (!box) return null;
  crowd.add(dot);
  crowd.add({ x: box.x - TOWN_SPACE / 2, y: box.y - TOWN_SPACE / 3, w: width + TOWN_SPACE, h: TOWN_LINE + (2 * TOWN_SPACE) / 3 });
  const also = capital ? " capital" : "";
  return { box, made: [put(pane, "", "dot" + also, dot), put(pane, name, "town" + also, box)] };
}

/** The name of a country, spaced out around its middle. @param {Crowd} crowd  @param {any} pane  @param {string} name  @param {any} at  @param {string} family */
function landLabel(crowd, pane, name, at, family) {
  const width = 1.16 * widthOf(name.toUpperCase(), `10.5px ${family}`) + 1.7 * name.length;
  const box = { x: at.x - width / 2, y: at.y - TOWN_LINE / 2, w: width, h: TOWN_LINE };
  if (!crowd.free(box, 4)) return null;
  crowd.add(box);
  return { box, made: [put(pane, name, "town land", box)] };
}

/** @param {Crowd} crowd  @param {any} pane  @param {string} family */
function labelTowns(crowd, pane, family) {
  const size = map.getSize();
  const limit = townLimit(map.getZoom());
  const middle = map.getCenter().lng;
  townLabels.length = 0;
  for (const [name, lat, lon, rank] of towns) {
    if (townLabels.length >= limit) break;
    const at = map.latLngToContainerPoint([lat, unwrap(lon, middle)]);
    if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
    const made = rank === 2 ? landLabel(crowd, pane, name, at, family) : townLabel(crowd, pane, name, at, rank === 1, family);
    if (!made) continue;
    townLabels.push(made);
  }
}

export function startLabels() {
  map.on("zoomstart", () => map.getContainer().classList.add("zooming"));
  map.on("zoomend", () => map.getContainer().classList.remove("zooming"));
  map.on("moveend resize", label);
  watch([...FILTERS, "place"], label);
  label();
}
