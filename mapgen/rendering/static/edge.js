// Names of places outside the map, at its edge, each with an arrow that moves the map there.

import { leaving } from "./crowd.js";
import { words } from "./data.js";
import { all, button, copy, find, make, numbersOf, piece } from "./dom.js";
import { kilometres, say, titlesOf } from "./format.js";
import { clamp } from "./geo.js";
import { boundsOf, container, fly, map, position } from "./stage.js";
import { byWeight, openFirst, shownPlaces } from "./store.js";
import { freeView, sceneBounds } from "./views.js";

/** @typedef {Point & {angle: number, places: Place[], weight: number}} Spot */

const box = find("#edge");

/**
 * The points where the ways to the hidden places leave the map; ways close to each other share one.
 * @param {(Place | null)[]} half
 * @returns {Spot[]}
 */
function spots(half) {
  const size = map.getSize();
  const frame = { x: 8, y: 8, w: size.x - 16, h: size.y - 16 };
  /** @type {Spot[]} */
  const found = [];
  const inset = new Set(all(".inset circle").map((dot) => dot.getClientRects().length && Number(dot.dataset.place)));
  for (const place of shownPlaces()) {
    if (inset.has(place.number)) continue;
    const { x, y } = map.latLngToContainerPoint(position(place));
    if (x > 0 && y > 0 && x < size.x && y < size.y && !half.includes(place)) continue;
    const [right, down] = [x - size.x / 2, y - size.y / 2];
    const edge = leaving(frame, right, down);
    let spot = found.find((one) => Math.hypot(one.x - edge.x, one.y - edge.y) < 44 && one.places.length < 9);
    if (!spot) found.push((spot = { ...edge, angle: Math.atan2(down, right), places: [], weight: 0 }));
    spot.places.push(place);
    spot.weight += place.mentions.length + (half.includes(place) ? 1000 : 0);
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, size.x < 500 ? 3 : 5);
}

/** Kilometres from the nearest side of the first view, in words; "" inside it. @param {any} at */
function fromScene(at) {
  const first = sceneBounds();
  if (!first || first.contains(at)) return "";
  const near = [clamp(at.lat, first.getSouth(), first.getNorth()), clamp(at.lng, first.getWest(), first.getEast())];
  return kilometres(map.distance(near, at) / 1000);
}

/** @param {Spot} spot */
function edgeChip({ angle, places }) {
  const sorted = [...places].sort(byWeight);
  const km = fromScene(position(sorted[0]));
  const names = titlesOf(sorted, sorted.length > 3 ? 2 : 3);
  const arrow = copy("arrow");
  arrow.style.rotate = `${angle}rad`;
  const parts = [make("bdi", {}, names), km && piece("", `· ${km} ${words.km}`)];
  return button(
    {
      class: "away",
      "aria-label": say(km ? "go_to" : "inset", { names, km }),
      "data-place": numbersOf(sorted),
      click: (event) => goTo(event, sorted),
    },
    ...(Math.abs(angle) > Math.PI / 2 ? [arrow, ...parts] : [...parts, arrow]),
  );
}

/** @param {Event} event  @param {Place[]} some */
function goTo(event, some) {
  event.stopPropagation();
  const bounds = boundsOf(some);
  freeView();
  fly(bounds.getCenter(), Math.min(map.getZoom(), some.length > 1 ? map.getBoundsZoom(bounds.pad(0.5)) : 6, 9));
  openFirst(some[0]);
}

/**
 * Put each name at its point, moved along the edge until it covers nothing.
 * @param {Crowd} crowd
 * @param {(Place | null)[]} half places whose markers something covers
 */
export function edgeChips(crowd, half) {
  const size = map.getSize();
  const focused = box.contains(document.activeElement);
  for (const old of all(".away", box)) old.remove();
  const chips = spots(half).map((spot) => ({ spot, made: edgeChip(spot) }));
  box.append(...chips.map(({ made }) => made));
  const sizes = chips.map(({ made }) => [made.offsetWidth, made.offsetHeight]);
  for (const [index, { spot, made }] of chips.entries()) {
    const [w, h] = sizes[index];
    const across = Math.abs(spot.x - size.x / 2) / size.x < Math.abs(spot.y - size.y / 2) / size.y;
    const tried = Array.from({ length: across ? 240 : 160 }, (_, step) => {
      const way = (step % 2 ? 1 : -1) * Math.ceil((step % 80) / 2) * 18;
      const inward = 44 * Math.floor(step / 80); // rows: along the edge first, then further in
      const [left, top] = across ? [8, 8 + inward] : [8 + inward, 8];
      const x = clamp(spot.x - w / 2 + (across ? way : 0), left, size.x - w - left);
      return { x, y: clamp(spot.y - h / 2 + (across ? 0 : way), top, size.y - h - top), w, h };
    });
    const free = crowd.take(tried, 5);
    if (free) L.DomUtil.setPosition(made, L.point(Math.round(free.x), Math.round(free.y)));
    else made.remove();
  }
  if (focused) container.focus();
}
