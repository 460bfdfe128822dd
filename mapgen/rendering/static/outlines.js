// What is drawn beside the markers: outlines of regions, rings, sectors, corridors, and the radius of doubt.

import { numbered, places, shapes } from "./data.js";
import { unwrap } from "./geo.js";
import { unpackLines } from "./lines.js";
import { map, position } from "./stage.js";
import { FILTERS, isDoubtful, isShown, state, watch } from "./store.js";

/** @typedef {{shape: any, layer: any, place: import("./data.js").Place | null}} Outline */

/** @type {Outline[]} */
const outlines = [];

/** @param {any} shape */
function build(shape) {
  const middle = map.options.maxBounds ? L.latLngBounds(map.options.maxBounds).getCenter().lng : 0;
  const lines = unpackLines(shape.lines, shape.q).map((line) => {
    const points = [];
    const turn = line.length ? unwrap(line[0], middle) - line[0] : 0;
    for (let index = 0; index < line.length; index += 2) points.push(L.latLng(line[index + 1], line[index] + turn));
    return points;
  });
  const closed = /Polygon/.test(shape.form);
  const kind = shape.place >= 0 ? places[shape.place].kind : shape.context ? "region" : "road";
  const look = {
    pane: "outlines",
    className: `outline o-${shape.type} k-${kind}${shape.context ? " context" : ""}${shape.exact ? " exact" : ""}`,
    interactive: false,
    fill: closed && !shape.context,
    smoothFactor: 1,
    weight: 1.3,
  };
  // The rings of a MultiPolygon are each drawn by themselves: approximate outlines have no holes.
  return closed ? L.polygon(shape.form === "MultiPolygon" ? lines.map((line) => [line]) : lines, look) : L.polyline(lines, look);
}

/** @param {Outline} outline */
function wanted(outline) {
  const { place, shape } = outline;
  const own = shape.mentions;
  if (shape.type === "doubt" && place) return isShown(place) && isDoubtful(place);
  // What hangs on a name goes with it when the reader places the name elsewhere; the outline of a region belongs to the region.
  if (shape.type !== "area" && own.some((/** @type {number} */ number) => numbered[number].place !== numbered[number].first)) return false;
  if (place) return isShown(place);
  return own.length === 0 || own.some((/** @type {number} */ number) => numbered[number].place && isShown(/** @type {any} */ (numbered[number].place)));
}

function siftOutlines() {
  for (const outline of outlines) {
    if (wanted(outline)) outline.layer.addTo(map);
    else outline.layer.remove();
  }
  emphasiseOutlines();
}

/** The open place's outlines stand out. */
function emphasiseOutlines() {
  const own = state.place;
  for (const outline of outlines) {
    const path = outline.layer.getElement?.();
    const on = own !== null && (outline.place === own || own.mentions.some((mention) => outline.shape.mentions.includes(mention.number)));
    if (path) path.classList.toggle("open", on);
  }
}

export function startOutlines() {
  const sorted = [...shapes].sort((a, b) => (b.context || 0) - (a.context || 0) || Number(b.type === "area") - Number(a.type === "area"));
  for (const shape of sorted) {
    if (!shape.lines) continue;
    outlines.push({ shape, layer: build(shape), place: shape.place >= 0 ? places[shape.place] : null });
  }
  for (const place of places) {
    const drawn = shapes.some((shape) => shape.place === place.number && shape.radius);
    if (place.radius === undefined || drawn) continue;
    const look = { pane: "outlines", className: `outline o-doubt k-${place.kind}`, interactive: false, weight: 1.3, radius: 1000 * place.radius };
    outlines.push({ shape: { type: "doubt", mentions: [] }, layer: L.circle(position(place), look), place });
  }
  siftOutlines();
  watch(FILTERS, siftOutlines);
  watch(["place"], emphasiseOutlines);
}
