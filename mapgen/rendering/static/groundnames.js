// Names on the ground, where markers and their labels leave space: countries, seas, lakes, regions, then towns.

import { labelBoxes } from "./crowd.js";
import { groundNames, towns } from "./data.js";
import { unwrap } from "./geo.js";
import { map, middle } from "./stage.js";

/** @typedef {{width: (text: string, font: string) => number, put: (name: string, look: string, at: Point) => void}} Pen */

const TOWN_LINE = 13;
const TOWN_SPACE = 26; // pixels around a town's name without another
/** Where the name of an area that contains the map stands, parts of its width and height: near the corners. */
const EDGES = [0.09, 0.92].flatMap((y) => [0.88, 0.75, 0.12].map((x) => [x, y]));
const EARLY = 0.4; // zoom: a town may be shown so much before its own, as there is often space

/**
 * How a name of each kind is written: font, letter spacing (em), and the part of the free circle's diameter
 * that it may take.
 * @type {Record<string, {font: string, spacing: number, fill: number, least?: number}>}
 */
const WRITTEN = {
  country: { font: "11px", spacing: 0.18, fill: 2.6 },
  water: { font: "italic 12.5px", spacing: 0.08, fill: 1.25, least: 9 },
  region: { font: "10.5px", spacing: 0.1, fill: 1.1 },
};

/**
 * Write a name at the largest of its free circles that is in view and has space.
 * @param {Crowd} crowd
 * @param {Pen} pen
 * @param {[string, string, number[]]} name
 */
function writeArea(crowd, pen, [kind, name, anchors]) {
  const { font, spacing, fill, least = 0 } = WRITTEN[kind];
  const text = kind === "country" ? name.toUpperCase() : name;
  const size = parseFloat(font.replace(/^\D+/, ""));
  const width = Math.ceil(pen.width(text, font) + spacing * size * text.length);
  const degree = (256 * 2 ** map.getZoom()) / 360;
  for (let index = 0; index < anchors.length; index += 3) {
    const [lat, lon, reach] = anchors.slice(index, index + 3);
    const room = (2 * reach * degree) / Math.max(0.1, Math.cos((lat * Math.PI) / 180));
    if (width > fill * room + least) return; // the anchors that follow have less
    const at = map.latLngToContainerPoint([lat, unwrap(lon, map.getCenter().lng || middle)]);
    const aside = Math.min(room / 4, 40);
    // Where all the map lies in one area, its name is no place on it: it stands at the edge.
    const { x, y } = crowd.window;
    const points =
      Math.hypot(at.x - x / 2, at.y - y / 2) + Math.hypot(x, y) / 2 < room / 2
        ? EDGES.map(([right, down]) => [x * right, y * down])
        : [0, -aside, aside].map((dy) => [at.x, at.y + dy]);
    const free = crowd.take(
      points.map(([right, down]) => ({ x: right - width / 2, y: down - TOWN_LINE / 2, w: width, h: TOWN_LINE })),
      6,
    );
    if (!free) continue;
    pen.put(name, `town area-name of-${kind}`, free);
    return;
  }
}

/**
 * A town's dot and name, if there is space for them and around them.
 * @param {Crowd} crowd
 * @param {Pen} pen
 * @param {string} name
 * @param {Point} at
 * @param {boolean} capital
 */
function writeTown(crowd, pen, name, at, capital) {
  const dot = { x: at.x - 2, y: at.y - 2, w: 4, h: 4 };
  const boxes = labelBoxes({ ...at, r: 3 }, pen.width(name, "11px"), TOWN_LINE).slice(0, 4);
  const box = crowd.free(dot, 3) && boxes.find((one) => crowd.free(one, capital ? 6 : TOWN_SPACE / 2));
  if (!box) return;
  crowd.boxes.push(dot, {
    x: box.x - TOWN_SPACE / 2,
    y: box.y - TOWN_SPACE / 3,
    w: box.w + TOWN_SPACE,
    h: TOWN_LINE + (2 * TOWN_SPACE) / 3,
  });
  const also = capital ? " capital" : "";
  pen.put("", "dot" + also, dot);
  pen.put(name, "town" + also, box);
}

/**
 * Write the names of the ground for the current view.
 * @param {Crowd} crowd  what is on the map already
 * @param {Pen} pen
 */
export function writeGround(crowd, pen) {
  const zoom = map.getZoom();
  const far = map.getCenter().lng;
  for (const name of groundNames) writeArea(crowd, pen, name);
  for (const [name, lat, lon, capital, least] of towns) {
    if (least > zoom + EARLY) continue;
    const at = map.latLngToContainerPoint([lat, unwrap(lon, far)]);
    if (at.x > 0 && at.y > 0 && at.x < crowd.window.x && at.y < crowd.window.y)
      writeTown(crowd, pen, name, at, capital === 1);
  }
}
