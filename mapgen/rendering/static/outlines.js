// Draws footprints: outlines of regions, rings, sectors, corridors, and the radius of doubt.

import { registerActions } from "./actions.js";
import { places, shapes, threads } from "./data.js";
import { look, toggle } from "./dom.js";
import { unwrap } from "./geo.js";
import { numbered } from "./mention.js";
import { unpackLines } from "./polylines.js";
import { container, map, middle, position, repaintGround } from "./stage.js";
import { FILTERS, isDoubtful, isShown, openPlace, watch } from "./store.js";

/** @typedef {{shape: any, layer: any, place: Place | undefined}} Outline */

/** @type {Outline[]} */
const outlines = [];

/** @param {any} shape  @param {string} kind */
const looks = (shape, kind) => ({
  pane: "outlines",
  className: `outline o-${shape.type} k-${kind}${shape.exact ? " exact" : ""}${shape.vast ? " vast" : ""}`,
  interactive: false,
  fill: /Polygon/.test(shape.form),
  weight: 1.3,
});

/** @param {any} shape */
function build(shape) {
  const lines = unpackLines(shape.lines, shape.q).map((line) => {
    const points = [];
    const turn = line.length ? unwrap(line[0], middle) - line[0] : 0;
    for (let index = 0; index < line.length; index += 2) points.push(L.latLng(line[index + 1], line[index] + turn));
    return points;
  });
  const own = looks(shape, places[shape.place]?.kind || "road");
  if (!/Polygon/.test(shape.form)) return L.polyline(lines, own);
  // The rings of a MultiPolygon are drawn separately: approximate outlines have no holes.
  return L.polygon(shape.form === "MultiPolygon" ? lines.map((line) => [line]) : lines, own);
}

/** @param {Outline} outline */
function wanted({ place, shape }) {
  const own = shape.mentions.map((/** @type {number} */ number) => numbered[number]);
  if (shape.type === "doubt" && place) return isShown(place) && isDoubtful(place);
  // The footprint of a relation is hidden when the reader moves its name; the outline of a region stays.
  if (shape.type !== "area" && own.some((/** @type {any} */ mention) => mention.place !== mention.first)) return false;
  if (place) return isShown(place);
  return own.some((/** @type {any} */ mention) => mention.place && isShown(mention.place));
}

function siftOutlines() {
  for (const outline of outlines) {
    const { layer, place, shape } = outline;
    layer[wanted(outline) ? "addTo" : "removeFrom"](map);
    if (shape.type === "doubt" && layer.getElement()) layer.getElement().dataset.place = place?.number;
  }
  const before = container.classList.contains("no-areas");
  const none = !outlines.some(({ shape, layer }) => shape.type === "area" && map.hasLayer(layer));
  look(container, { "no-areas": none });
  if (none !== before) repaintGround();
  emphasise();
}

/** Emphasise the outlines of the open place. */
function emphasise() {
  const own = openPlace();
  for (const { shape, place, layer } of outlines) {
    const on = own && (place === own || own.mentions.some((mention) => shape.mentions.includes(mention.number)));
    if (layer.getElement()) look(layer.getElement(), { open: on });
  }
}

export function startOutlines() {
  // Areas lie below all others.
  for (const shape of [...shapes].sort((a, b) => Number(b.type === "area") - Number(a.type === "area"))) {
    if (!shape.lines) continue;
    outlines.push({ shape, layer: build(shape), place: places[shape.place] });
  }
  for (const place of places) {
    if (!place.radius || shapes.some((/** @type {any} */ shape) => shape.place === place.number && shape.radius))
      continue;
    const shape = { type: "doubt", form: "Polygon", mentions: [] };
    const layer = L.circle(position(place), { ...looks(shape, place.kind), radius: 1000 * place.radius });
    outlines.push({ shape, layer, place });
  }
  const journeys = threads.map((/** @type {number[]} */ stops) =>
    L.polyline(
      stops.map((number) => position(places[number])),
      { pane: "outlines", className: "thread", interactive: false, fill: false },
    ).addTo(map),
  );
  registerActions({
    thread: (chip) => {
      const on = toggle(chip);
      for (const line of journeys) line[on ? "addTo" : "removeFrom"](map);
    },
  });
  siftOutlines();
  watch(FILTERS, siftOutlines);
  watch(["mention"], emphasise);
}
