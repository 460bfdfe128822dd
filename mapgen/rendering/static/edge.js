// Names that lie outside the map, at its edge, each with an arrow that takes the reader there.

import { words } from "./data.js";
import { button, draw, find } from "./dom.js";
import { kilometres, say } from "./format.js";
import { distanceKm } from "./geo.js";
import { Crowd, leaving } from "./layout.js";
import { clearTowns, covered, furniture } from "./labels.js";
import { markers, onLight } from "./markers.js";
import { freeView, map, narrow, still } from "./stage.js";
import { FILTERS, open, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {{x: number, y: number, angle: number, places: Place[], weight: number}} Spot */

const MOST = 6;
const box = find("#edge");

/** Where the way to each hidden place leaves the map, ways that lie close together as one. @returns {Spot[]} */
function spots() {
  const size = map.getSize();
  const view = L.bounds([0, 0], size);
  const inner = { x: 8, y: 8, w: size.x - 16, h: size.y - 16 };
  /** @type {Spot[]} */
  const found = [];
  for (const marker of markers) {
    if (!marker.on) continue;
    const point = map.latLngToContainerPoint(marker.pin.getLatLng()).add([marker.dx, marker.dy]);
    if (view.contains(point)) continue;
    const [dx, dy] = [point.x - size.x / 2, point.y - size.y / 2];
    const edge = leaving(inner, dx, dy);
    const angle = Math.atan2(dy, dx);
    const weight = marker.place.mentions.length;
    const near = found.find((spot) => Math.hypot(spot.x - edge.x, spot.y - edge.y) < 44 && spot.places.length < 9);
    if (near) {
      near.places.push(marker.place);
      near.weight += weight;
    } else found.push({ ...edge, angle, places: [marker.place], weight });
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
function chip(spot) {
  const sorted = [...spot.places].sort((a, b) => b.mentions.length - a.mentions.length || a.number - b.number);
  const [first] = sorted;
  const centre = map.getCenter();
  const km = kilometres(distanceKm(centre.lat, centre.lng, ...first.at));
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
  const points = some.map((place) => markers[place.number].pin.getLatLng());
  const zoom = Math.min(map.getZoom(), some.length > 1 ? map.getBoundsZoom(L.latLngBounds(points).pad(0.5)) : 6);
  freeView();
  map.setView(L.latLngBounds(points).getCenter(), Math.min(zoom, 9), { animate: !still.matches });
  open(some[0]);
}

/** Put each chip at its spot, moved along the edge until it covers nothing. */
function layOut() {
  const size = map.getSize();
  const focused = document.activeElement instanceof HTMLElement && box.contains(document.activeElement);
  for (const old of box.querySelectorAll(".away")) old.remove();
  const crowd = new Crowd();
  for (const one of [...furniture(), ...covered]) crowd.add(one);
  const chips = spots().map((spot) => ({ spot, made: chip(spot), w: 0, h: 0 }));
  box.append(...chips.map(({ made }) => made));
  for (const one of chips) [one.w, one.h] = [one.made.offsetWidth, one.made.offsetHeight];
  for (const { spot, made, w, h } of chips) {
    const inside = (/** @type {number} */ x, /** @type {number} */ y) => ({
      x: Math.max(8, Math.min(size.x - w - 8, x)),
      y: Math.max(8, Math.min(size.y - h - 8, y)),
      w,
      h,
    });
    const across = Math.abs(spot.x - size.x / 2) / size.x < Math.abs(spot.y - size.y / 2) / size.y;
    let free = null;
    for (let step = 0; step < 60 && !free; step += 1) {
      const way = (step % 2 ? 1 : -1) * Math.ceil(step / 2) * 12;
      const tried = across ? inside(spot.x - w / 2 + way, spot.y - h / 2) : inside(spot.x - w / 2, spot.y - h / 2 + way);
      if (crowd.free(tried, 5)) free = tried;
    }
    if (!free) {
      made.remove();
      continue;
    }
    crowd.add(free);
    clearTowns(free);
    L.DomUtil.setPosition(made, L.point(Math.round(free.x), Math.round(free.y)));
  }
  if (focused) map.getContainer().focus();
}

let waiting = 0;
function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(layOut);
}

export function startEdge() {
  onLight((place) => {
    for (const one of box.querySelectorAll(".away")) {
      one.classList.toggle("lit", place !== null && one.dataset.places.split(" ").includes(String(place.number)));
    }
  });
  map.on("moveend resize", later);
  watch([...FILTERS, "place"], later);
  layOut();
}
