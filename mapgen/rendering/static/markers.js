// Markers: one for each place with its sign and number of mentions, moved aside where others would cover it, and one
// for a group of places without enough space.

import { gathering, places } from "./data.js";
import { listen } from "./dom.js";
import { makeGroup, startGroups } from "./groups.js";
import { cells, crowds, spread } from "./layout.js";
import { makePin } from "./pins.js";
import { reveal } from "./reveal.js";
import { closeRoll } from "./roll.js";
import { drawMarker, dress, makeMarker, markOpen, mobility } from "./signs.js";
import { container, map } from "./stage.js";
import { FILTERS, isShown, openPlace, watch } from "./store.js";
import { freeView } from "./views.js";

/** By the number of the place. @type {Sign[]} */
export const markers = [];

/** Markers of single places, and groups, which have no place. @type {Sign[]} */
let seen = [];

/** The marker of the open place, out of its group. @type {Sign | null} */
let taken = null;

/** The signs on the map. */
export const drawn = () => seen.filter((one) => one.pin && map.hasLayer(one.pin));

/** Signs on the map's square. @param {Sign[]} signs */
const squaresOf = (signs) => signs.map((one) => ({ ...map.project(one.at), r: one.r, mobile: mobility(one) }));

/** Members of groups. @param {Sign[]} signs */
function gather(signs) {
  if (map.getZoom() >= gathering.zoom) return [];
  const squares = squaresOf(signs);
  return markers.length < gathering.many ? crowds(squares, gathering.aside) : cells(squares, gathering.cell);
}

/** Move markers aside that would cover others; gather those without enough space. */
function arrange() {
  const shown = markers.filter(({ place }) => place && isShown(place));
  for (const one of seen) if (!one.place) one.pin.remove();
  closeRoll();
  taken = null;
  const loose = shown.filter(({ place }) => place !== openPlace()); // the open place is never in a group
  const gathered = gather(loose).map((members) => members.map((index) => loose[index]));
  const inside = new Set(gathered.flat());
  seen = [...shown.filter((marker) => !inside.has(marker)), ...gathered.map(makeGroup)];
  const moved = spread(squaresOf(seen));
  seen.forEach((one, index) => Object.assign(one, { dx: Math.round(moved[index].x), dy: Math.round(moved[index].y) }));
  present();
}

/** @param {Sign} one */
function show(one) {
  const { place } = one;
  if (place) one.pin ||= makePin(one.at, one.r, drawMarker(place));
  const element = one.pin.addTo(map).getElement();
  if (place) dress(element, place);
  element.style.translate = `${one.dx}px ${one.dy}px`;
}

/** Put the signs on the map; of very many, only those near its window. */
function present() {
  const near = map.getBounds().pad(0.25);
  const wanted = new Set(markers.length < gathering.many ? seen : seen.filter((one) => near.contains(one.at)));
  for (const marker of markers) if (marker.pin && !wanted.has(marker)) marker.pin.remove();
  for (const one of wanted) show(one);
  markOpen();
}

/** Show the places that the filters leave. */
function siftMarkers() {
  for (const place of places.slice(markers.length)) markers.push(makeMarker(place));
  arrange();
}

/** Show the marker of the open place though a group holds it; nothing else moves. */
function single() {
  if (taken) {
    taken.pin.remove();
    seen = seen.filter((one) => one !== taken);
    taken = null;
  }
  const own = markers[openPlace()?.number ?? -1];
  if (own && !seen.includes(own)) {
    taken = Object.assign(own, { dx: 0, dy: 0 });
    seen.push(own);
    show(own);
  }
  markOpen();
}

export function startMarkers() {
  siftMarkers();
  startGroups();
  watch(FILTERS, siftMarkers);
  watch(["mention"], single);
  map.on("zoomend", arrange);
  map.on("moveend", () => markers.length >= gathering.many && present());
  // Focus by a key or a script brings a marker into sight; one that is pressed stays under the pointer.
  let pressed = false;
  listen(document, "pointerdown pointerup pointercancel", ({ type }) => (pressed = type === "pointerdown"), true);
  listen(container, "focusin", ({ target }) => {
    const element = /** @type {HTMLElement} */ (target);
    if (element.matches(".pin") && !pressed) {
      const one = markers[Number(element.dataset.place)];
      if (!map.getBounds().contains(one.at)) freeView(); // a change of size does not go back from there
      reveal(one.at, one);
    }
  });
}
