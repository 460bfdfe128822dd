// Names on the map: those of the places, then the towns of the basemap, wherever there is room.

import { towns } from "./data.js";
import { make } from "./dom.js";
import { unwrap } from "./geo.js";
import { Crowd, labelBoxes } from "./layout.js";
import { markers } from "./markers.js";
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

/** @param {any} pane  @param {string} name  @param {string} look  @param {{x: number, y: number}} at */
function put(pane, name, look, at) {
  const label = make("span", { class: look, "aria-hidden": "true", dir: "auto" }, name);
  L.DomUtil.setPosition(label, L.point(Math.round(at.x), Math.round(at.y)));
  pane.append(label);
  return label;
}

/** Lay all labels out anew for what the map shows now. */
export function label() {
  const [placePane, townPane] = [map.getPane("labels"), map.getPane("towns")];
  placePane.replaceChildren();
  townPane.replaceChildren();
  const zoom = map.getZoom();
  const view = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize())).pad?.(0.1);
  const box = view || L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize()));
  const crowd = new Crowd();
  const present = [];
  for (const marker of markers) {
    if (!marker.on || !marker.pin.getElement()) continue;
    const at = map.latLngToLayerPoint(marker.pin.getLatLng()).add([marker.dx, marker.dy]);
    if (!box.contains(at)) continue;
    present.push({ marker, at });
    crowd.add({ x: at.x - marker.r, y: at.y - marker.r, w: 2 * marker.r, h: 2 * marker.r });
  }
  const family = getComputedStyle(map.getContainer()).fontFamily;
  present.sort((a, b) => weight(b.marker) - weight(a.marker) || a.marker.place.number - b.marker.place.number);
  for (const { marker, at } of present) {
    const width = widthOf(marker.place.name, `600 13px ${family}`) + 2;
    const free = labelBoxes(at.x, at.y, marker.r, width, LINE).find((one) => crowd.free(one, 2));
    if (!free) continue;
    crowd.add(free);
    const made = put(placePane, marker.place.name, `name k-${marker.place.kind}${marker.place === state.place ? " open" : ""}`, free);
    made.onclick = () => open(marker.place);
  }
  labelTowns(crowd, box, zoom, townPane, family);
}

/** @param {import("./markers.js").Marker} marker */
const weight = (marker) => (marker.place === state.place ? 1e6 : marker.place.mentions.length);

/** @param {Crowd} crowd  @param {any} box  @param {number} zoom  @param {any} pane  @param {string} family */
function labelTowns(crowd, box, zoom, pane, family) {
  const limit = zoom < 4.5 ? 0 : zoom < 6 ? 14 : zoom < 7.5 ? 34 : 80;
  const middle = map.getCenter().lng;
  let drawn = 0;
  for (const [name, lat, lon, rank] of towns) {
    if (drawn >= limit) break;
    const at = map.latLngToLayerPoint([lat, unwrap(lon, middle)]);
    if (!box.contains(at)) continue;
    const width = widthOf(name, `11px ${family}`) + 2;
    const dot = { x: at.x - 2, y: at.y - 2, w: 4, h: 4 };
    if (!crowd.free(dot, 3)) continue;
    const boxes = labelBoxes(at.x, at.y, 3, width, TOWN_LINE).slice(0, 4);
    const free = boxes.find((one) => crowd.free(one, 4));
    if (!free || !crowd.free({ x: free.x, y: free.y, w: width, h: TOWN_LINE }, rank ? 6 : TOWN_SPACE / 2)) continue;
    crowd.add(dot);
    crowd.add({ x: free.x - TOWN_SPACE / 2, y: free.y - TOWN_SPACE / 3, w: width + TOWN_SPACE, h: TOWN_LINE + (2 * TOWN_SPACE) / 3 });
    put(pane, "", rank === 1 ? "dot capital" : "dot", { x: at.x - 2, y: at.y - 2 });
    put(pane, name, rank === 1 ? "town capital" : "town", free);
    drawn += 1;
  }
}

export function startLabels() {
  map.on("zoomstart", () => map.getContainer().classList.add("zooming"));
  map.on("zoomend", () => map.getContainer().classList.remove("zooming"));
  map.on("moveend resize", label);
  watch([...FILTERS, "place"], label);
  label();
}
