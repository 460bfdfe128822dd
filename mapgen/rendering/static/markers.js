// Markers: one for each place with its sign and number of mentions, moved aside where others would cover it, and one
// for a group of places without enough space.

import { gathering, places } from "./data.js";
import { find, look, make, markPlace, sign } from "./dom.js";
import { count, kindName, say } from "./format.js";
import { closeRoll, makeGroup, startGroups } from "./groups.js";
import { cells, crowds, spread } from "./layout.js";
import { makePin } from "./pins.js";
import { map, position, reveal } from "./stage.js";
import { FILTERS, isDoubtful, isShown, looksOf, onlyMetonymic, openPlace, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

/** Kinds that extend around their point: their markers may move aside. */
export const WIDE = new Set(["country", "region", "district", "water", "area", "continent", "terrain"]);

/** By the number of the place. @type {Sign[]} */
export const markers = [];
/** Markers of single places, and groups, which have no place. @type {Sign[]} */
let seen = [];
/** The marker of the open place, out of its group. @type {Sign | null} */
let taken = null;

/** The signs on the map. */
export const drawn = () => seen.filter((one) => one.pin && map.hasLayer(one.pin));

const mostMentions = Math.max(gathering.usual, ...places.map((place) => place.mentions.length - 1));

/** Half the size of a marker, pixels: its area grows with the mentions. @param {number} n */
function radius(n) {
  const [least, most] = gathering.radii;
  return Math.sqrt(least ** 2 + ((most ** 2 - least ** 2) * Math.min(mostMentions, Math.max(0, n - 1))) / mostMentions);
}

/** @param {Place} place @returns {Sign} */
const makeMarker = (place) => ({
  place,
  members: [],
  at: position(place),
  r: radius(place.mentions.length),
  dx: 0,
  dy: 0,
  pin: null,
});

/** @param {Place} place */
const drawMarker = (place) =>
  make(
    "button",
    { type: "button", class: `pin k-${place.kind}`, "data-place": place.number },
    make("span", { class: "box" }, sign(place.kind, "0")),
  );

/**
 * Set a marker's accessible name, number and look.
 * @param {HTMLElement} element
 * @param {Place} place
 */
function dress(element, place) {
  const n = visibleMentions(place).length;
  const values = { name: place.name, kind: kindName(place.kind), mentions: count("mention", n) };
  element.setAttribute("aria-label", say(isDoubtful(place) ? "marker_doubtful" : "marker", values));
  find("text", element).textContent = String(n);
  look(element, looksOf(place));
}

/** @param {Sign} one */
const mobility = ({ place }) => (!place ? 0.3 : WIDE.has(place.kind) ? 1 : onlyMetonymic(place) ? 0.5 : 0.12);

/**
 * The positions of signs on the map's square, and how far they have to move aside.
 * @param {Sign[]} signs
 */
function moves(signs) {
  const squares = signs.map((one) => ({ ...map.project(one.at), r: one.r, mobile: mobility(one) }));
  return { squares, moved: spread(squares) };
}

/** Members of groups. @param {Sign[]} signs */
function gather(signs) {
  if (map.getZoom() >= gathering.zoom) return [];
  if (markers.length >= gathering.many)
    return cells(
      signs.map((one) => map.project(one.at)),
      gathering.cell,
    );
  const { squares, moved } = moves(signs);
  return crowds(squares, moved, gathering.aside);
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
  const { moved } = moves(seen);
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
  markPlace("open", openPlace()?.number);
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
  markPlace("open", openPlace()?.number);
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
  for (const type of ["pointerdown", "pointerup", "pointercancel"])
    document.addEventListener(type, () => (pressed = type === "pointerdown"), true);
  map.getContainer().addEventListener("focusin", (/** @type {FocusEvent} */ { target }) => {
    const element = /** @type {HTMLElement} */ (target);
    if (element.matches(".pin") && !pressed) {
      const one = markers[Number(element.dataset.place)];
      reveal(one.at, one);
    }
  });
}
