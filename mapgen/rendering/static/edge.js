// Names that lie outside the map, at its edge, each with an arrow that takes the reader there.

import { words } from "./data.js";
import { button, draw, find } from "./dom.js";
import { kilometres, say } from "./format.js";
import { distanceKm } from "./geo.js";
import { leaving } from "./layout.js";
import { markers, onLight } from "./markers.js";
import { freeView, map, narrow, still } from "./stage.js";
import { open } from "./store.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {Point & {angle: number, places: Place[], weight: number}} Spot */

const MOST = 6;
const box = find("#edge");

/** Where the way to each hidden place leaves the map, ways that lie close together as one. @returns {Spot[]} */
function spots() {
  const size = map.getSize();
  const view = L.bounds([0, 0], size);
  /** @type {Spot[]} */
  const found = [];
  for (const { on, place, at, dx, dy } of markers) {
    const point = map.latLngToContainerPoint(at).add([dx, dy]);
    if (!on || !place || view.contains(point)) continue;
    const [right, down] = [point.x - size.x / 2, point.y - size.y / 2];
    const edge = leaving({ x: 8, y: 8, w: size.x - 16, h: size.y - 16 }, right, down);
    const near = found.find((spot) => Math.hypot(spot.x - edge.x, spot.y - edge.y) < 44 && spot.places.length < 9);
    const spot = near || { ...edge, angle: Math.atan2(down, right), places: [], weight: 0 };
    if (!near) found.push(spot);
    spot.places.push(place);
    spot.weight += place.mentions.length;
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, narrow.matches ? 3 : MOST);
}

/** @param {number} angle */
const arrow = (angle) =>
  draw(
    "svg",
    { viewBox: "-8 -8 16 16", class: "arrow", "aria-hidden": "true", focusable: "false" },
    draw("path", { d: "M-5.5 0H5M1-4.5 5.5 0 1 4.5", transform: `rotate(${Math.round((angle * 180) / Math.PI)})` }),
  );

/** @param {Spot} spot */
function edgeChip(spot) {
  const sorted = [...spot.places].sort((a, b) => b.mentions.length - a.mentions.length || a.number - b.number);
  const centre = map.getCenter();
  const km = kilometres(distanceKm(centre.lat, centre.lng, ...sorted[0].at));
  const names = sorted.slice(0, sorted.length > 3 ? 2 : 3).map((place) => place.name);
  if (sorted.length > 3) names.push(say("more", { n: sorted.length - 2 }));
  const label = names.join(", ");
  const made = button(`${label} · ${km} ${words.km}`, {
    class: "away",
    "aria-label": say("go_to", { names: label, km }),
    "data-places": sorted.map((place) => place.number).join(" "),
    click: () => go(sorted),
  });
  if (Math.abs(spot.angle) > Math.PI / 2) made.prepend(arrow(spot.angle), " ");
  else made.append(" ", arrow(spot.angle));
  return made;
}

/** @param {Place[]} some */
function go(some) {
  const bounds = L.latLngBounds(some.map((place) => markers[place.number].at));
  const zoom = Math.min(map.getZoom(), some.length > 1 ? map.getBoundsZoom(bounds.pad(0.5)) : 6, 9);
  freeView();
  map.setView(bounds.getCenter(), zoom, { animate: !still.matches });
  open(some[0]);
}

/** Put each chip at its spot, moved along the edge until it covers nothing. @param {import("./layout.js").Crowd} crowd */
export function edgeChips(crowd) {
  const size = map.getSize();
  const focused = box.contains(document.activeElement);
  for (const old of box.querySelectorAll(".away")) old.remove();
  const all = spots().map((spot) => ({ spot, made: edgeChip(spot) }));
  box.append(...all.map(({ made }) => made));
  const sizes = all.map(({ made }) => [made.offsetWidth, made.offsetHeight]);
  all.forEach(({ spot, made }, index) => {
    const [w, h] = sizes[index];
    const across = Math.abs(spot.x - size.x / 2) / size.x < Math.abs(spot.y - size.y / 2) / size.y;
    const tried = Array.from({ length: 60 }, (_, step) => {
      const way = (step % 2 ? 1 : -1) * Math.ceil(step / 2) * 12;
      const [x, y] = [spot.x - w / 2 + (across ? way : 0), spot.y - h / 2 + (across ? 0 : way)];
      return { x: Math.max(8, Math.min(size.x - w - 8, x)), y: Math.max(8, Math.min(size.y - h - 8, y)), w, h };
    });
    const free = crowd.take(tried, 5);
    if (free) L.DomUtil.setPosition(made, L.point(Math.round(free.x), Math.round(free.y)));
    else made.remove();
  });
  if (focused) map.getContainer().focus();
}

export function startEdge() {
  onLight((place) => {
    for (const one of box.querySelectorAll(".away")) {
      one.classList.toggle("lit", place !== null && one.dataset.places.split(" ").includes(String(place.number)));
    }
  });
}
