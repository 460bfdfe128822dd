// The map: places as discs on a canvas, their area the expected mentions of the selection.

import { basemap } from "../basemap.js";
import { registerActions } from "../actions.js";
import { find, tell } from "../dom.js";
import { described, number } from "../format.js";
import { unwrap } from "../geo.js";
import { kinds, places, raw, words } from "./data.js";
import { FILTERS, change, counts, state, watch } from "./state.js";

const [SMALLEST, LARGEST] = [2.5, 34]; // radii in pixels
const LABELS = 14;
const PLAIN_RADIUS = 3.6; // pixels: an outline or dashes cannot be told on a smaller disc

const middle = raw.frame ? (raw.frame[1] + raw.frame[3]) / 2 : 0;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @type {any} */
export const map = L.map(find("#map"), {
  zoomControl: false,
  attributionControl: false,
  zoomSnap: 0.25,
  wheelPxPerZoomLevel: 90,
  minZoom: 1,
  maxZoom: 12,
  zoomAnimation: !still,
  fadeAnimation: false,
  inertia: !still,
});
map.createPane("base").style.zIndex = "150";
map.createPane("discs").style.zIndex = "400";

/** Places with a disc, the largest first, and where they are on the canvas. @type {{number: number, x: number, y: number, r: number}[]} */
let discs = [];
/** @type {any} */
const layer = L.canvas({ padding: 0.3, pane: "discs" });

/** @param {number} expected  @param {number} most */
const radius = (expected, most) => Math.max(SMALLEST, LARGEST * Math.sqrt(expected / most));

/** Where places are on the layer, longitude and latitude by turns, and the view that this is true of. */
let points = new Float64Array(0);
let pointsOf = "";

/** Project the places anew where the map has another zoom or origin. */
function locate() {
  const origin = map.getPixelOrigin();
  const view = [map.getZoom(), origin.x, origin.y].join();
  if (view === pointsOf) return;
  pointsOf = view;
  points = new Float64Array(2 * places.length);
  for (const {
    number: at,
    at: [lat, lon],
  } of places) {
    const point = map.project([lat, unwrap(lon, middle)]);
    points.set([point.x - origin.x, point.y - origin.y], 2 * at);
  }
}

function arrange() {
  locate();
  let most = 8;
  for (const { id, number: at } of places) if (id && counts.expected[at] > most) most = counts.expected[at];
  discs = [];
  for (const { id, number: at } of places)
    if (id && counts.mentions[at])
      discs.push({ number: at, x: points[2 * at], y: points[2 * at + 1], r: radius(counts.expected[at], most) });
  discs.sort((one, other) => other.r - one.r);
}

/** Whether a place looks doubtful: its mentions are right less often than the page takes for sure. @param {number} at */
export const isDoubtful = (at) => counts.expected[at] < raw.doubt * counts.mentions[at];

/** Discs of one colour that are too small for an outline, as one shape. @param {any} ink  @param {Map<string, typeof discs>} small */
function paintSmall(ink, small) {
  ink.setLineDash([]);
  ink.globalAlpha = 0.75;
  for (const [colour, own] of small) {
    ink.fillStyle = colour;
    ink.beginPath();
    for (const { x, y, r } of own) {
      ink.moveTo(x + r, y);
      ink.arc(x, y, r, 0, 2 * Math.PI);
    }
    ink.fill();
  }
  ink.globalAlpha = 1;
}

/** @param {any} ink  @param {{number: number, x: number, y: number, r: number}} disc  @param {string} colour  @param {string} dark */
function paintDisc(ink, { number: at, x, y, r }, colour, dark) {
  const doubtful = isDoubtful(at);
  const open = at === state.place;
  ink.beginPath();
  ink.arc(x, y, r, 0, 2 * Math.PI);
  ink.globalAlpha = doubtful ? 0.18 : 0.55;
  ink.fillStyle = colour;
  ink.fill();
  ink.globalAlpha = 1;
  ink.lineWidth = open ? 3 : 1;
  ink.strokeStyle = open ? dark : colour;
  ink.setLineDash(doubtful ? [3, 2.5] : []);
  ink.stroke();
}

/** Colours of kinds as the style sheet has them, read again where the scheme has changed. @type {Record<string, string>} */
let colours = {};
function readColours() {
  const style = getComputedStyle(map.getContainer());
  colours = Object.fromEntries(
    [...Object.keys(kinds), "sheet", "ink", "land", "plain"].map((name) => [
      name,
      style.getPropertyValue(`--${name}`).trim(),
    ]),
  );
}

function paintDiscs() {
  if (!layer._ctx) return;
  const ink = layer._ctx;
  const { min, max } = layer._bounds;
  ink.clearRect(min.x, min.y, max.x - min.x, max.y - min.y);
  /** @type {Map<string, typeof discs>} */
  const small = new Map();
  for (const disc of discs) {
    const { number: at, x, y, r } = disc;
    if (x + r < min.x || x - r > max.x || y + r < min.y || y - r > max.y) continue;
    const colour = colours[places[at].kind] || colours.sheet;
    if (r > PLAIN_RADIUS || at === state.place) paintDisc(ink, disc, colour, colours.ink);
    else if (small.get(colour)?.push(disc) === undefined) small.set(colour, [disc]);
  }
  paintSmall(ink, small);
  label(ink);
}

/** Names of the largest discs in view that do not touch each other. @param {any} ink */
function label(ink) {
  ink.setLineDash([]);
  ink.font = `600 12.5px ${colours.plain}`;
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.lineJoin = "round";
  const size = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  /** @type {number[][]} */
  const taken = [];
  for (const { number: at, x, y, r } of discs) {
    if (taken.length >= LABELS) return;
    const name = places[at].name;
    const half = ink.measureText(name).width / 2 + 3;
    const top = r > 15 ? y : y + r + 9;
    const box = [x - half, top - 8, x + half, top + 8];
    if (box[0] < corner.x || box[2] > corner.x + size.x || box[1] < corner.y || box[3] > corner.y + size.y) continue;
    if (taken.some((one) => box[0] < one[2] && box[2] > one[0] && box[1] < one[3] && box[3] > one[1])) continue;
    taken.push(box);
    ink.lineWidth = 3.2;
    ink.strokeStyle = colours.land;
    ink.strokeText(name, x, top);
    ink.fillStyle = colours.ink;
    ink.fillText(name, x, top);
  }
}

/** The smallest disc at a point of the map. @param {any} point  of the layer */
function under(point) {
  for (let at = discs.length - 1; at >= 0; at -= 1) {
    const { number: own, x, y, r } = discs[at];
    if ((point.x - x) ** 2 + (point.y - y) ** 2 <= Math.max(r, 7) ** 2) return own;
  }
  return -1;
}

/** Show all places of the selection, or the frame of most mentions. @param {boolean} [animate] */
function showAll(animate = true) {
  const [south, west, north, east] = raw.frame || [-40, -120, 65, 120];
  map.fitBounds(
    [
      [south, west],
      [north, east],
    ],
    { animate: animate && !still, maxZoom: 9, padding: [30, 30] },
  );
}

export function startMap() {
  showAll(false);
  readColours();
  let repaint = () => {};
  // The first frame has the places, the second the ground.
  requestAnimationFrame(() =>
    setTimeout(() => {
      const { windows, relief } = JSON.parse(find("#mapgen-ground").textContent);
      repaint = basemap(map, { windows, relief, seams: null });
    }),
  );
  layer._updatePaths = () => {};
  layer._reset = layer._update;
  layer.on("update", () => {
    arrange();
    paintDiscs();
  });
  layer.addTo(map);
  layer._container.setAttribute("aria-hidden", "true");
  layer._container.style.pointerEvents = "none";
  const hover = find("#hover");
  map.on("mousemove", (/** @type {any} */ event) => {
    const at = under(event.layerPoint);
    map.getContainer().style.cursor = at < 0 ? "" : "pointer";
    tell(
      hover,
      at < 0
        ? ""
        : `${places[at].name} · ${described(places[at])} · ${number(counts.expected[at], 1)} ${words.expected}`,
    );
  });
  map.on("click", (/** @type {any} */ event) => {
    const at = under(event.layerPoint);
    if (at >= 0) change({ place: at });
  });
  watch([...FILTERS], () => {
    arrange();
    paintDiscs();
  });
  watch(["place"], () => {
    paintDiscs();
    const place = places[state.place];
    if (place?.id && !map.getBounds().contains([place.at[0], unwrap(place.at[1], middle)]))
      map.panTo([place.at[0], unwrap(place.at[1], middle)], { animate: !still });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    repaint();
    readColours();
    paintDiscs();
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  registerActions({
    all: () => showAll(),
    zoom: (/** @type {HTMLElement} */ button) => map.setZoom(map.getZoom() + Number(button.dataset.by)),
  });
}
