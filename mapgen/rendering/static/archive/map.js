// The map: places as discs on a canvas, their area the expected mentions of the selection.

import { basemap } from "../basemap.js";
import { find, registerActions, tell } from "../dom.js";
import { described, number } from "../format.js";
import { unwrap } from "../geo.js";
import { kinds, places, raw, words } from "./data.js";
import { FILTERS, change, counts, state, watch } from "./state.js";

const [SMALLEST, LARGEST] = [2.5, 34]; // radii in pixels
const LABELS = 14;

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

function arrange() {
  const most = Math.max(8, ...[...counts.expected].filter((_, at) => places[at].id));
  const [x, y] = [map.getPixelOrigin().x, map.getPixelOrigin().y];
  discs = [];
  for (const { id, number: at, at: [lat, lon] } of places) {
    if (!id || !counts.mentions[at]) continue;
    const point = map.project([lat, unwrap(lon, middle)]);
    discs.push({ number: at, x: point.x - x, y: point.y - y, r: radius(counts.expected[at], most) });
  }
  discs.sort((one, other) => other.r - one.r);
}

/** Whether a place looks doubtful: its mentions are right less often than the page takes for sure. @param {number} at */
export const isDoubtful = (at) => counts.expected[at] < raw.doubt * counts.mentions[at];

function paintDiscs() {
  if (!layer._ctx) return;
  const ink = layer._ctx;
  const { min, max } = layer._bounds;
  ink.clearRect(min.x, min.y, max.x - min.x, max.y - min.y);
  const style = getComputedStyle(map.getContainer());
  const colours = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, style.getPropertyValue(`--${kind}`).trim()]));
  const paper = style.getPropertyValue("--sheet").trim();
  for (const { number: at, x, y, r } of discs) {
    if (x + r < min.x || x - r > max.x || y + r < min.y || y - r > max.y) continue;
    const colour = colours[places[at].kind] || paper;
    ink.beginPath();
    ink.arc(x, y, r, 0, 2 * Math.PI);
    ink.globalAlpha = isDoubtful(at) ? 0.18 : 0.55;
    ink.fillStyle = colour;
    ink.fill();
    ink.globalAlpha = 1;
    ink.lineWidth = at === state.place ? 3 : 1;
    ink.strokeStyle = at === state.place ? style.getPropertyValue("--ink") : colour;
    ink.setLineDash(isDoubtful(at) ? [3, 2.5] : []);
    ink.stroke();
  }
  ink.setLineDash([]);
  label(ink, style);
}

/** Names of the largest discs in view that do not touch each other. @param {any} ink  @param {CSSStyleDeclaration} style */
function label(ink, style) {
  ink.font = `600 12.5px ${style.getPropertyValue("--plain")}`;
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
    ink.strokeStyle = style.getPropertyValue("--land");
    ink.strokeText(name, x, top);
    ink.fillStyle = style.getPropertyValue("--ink");
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
  const { windows, relief } = JSON.parse(find("#mapgen-ground").textContent);
  const repaint = basemap(map, { windows, relief });
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
    tell(hover, at < 0 ? "" : `${places[at].name} · ${described(places[at])} · ${number(counts.expected[at], 1)} ${words.expected}`);
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
    paintDiscs();
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  registerActions({
    all: () => showAll(),
    zoom: (/** @type {HTMLElement} */ button) => map.setZoom(map.getZoom() + Number(button.dataset.by)),
  });
}
