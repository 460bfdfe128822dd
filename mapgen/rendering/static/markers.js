// Markers: one for each place with its sign and number of mentions, moved aside where others would cover it, and one
// for a group of places without enough space.

import { gathering, places } from "./data.js";
import { button, find, look, make, markPlace, sign } from "./dom.js";
import { count, kindName, say } from "./format.js";
import { cells, crowds, spread } from "./layout.js";
import { fly, freeView, map, position, reveal } from "./stage.js";
import { FILTERS, isDoubtful, isShown, looksOf, onlyMetonymic, openPlace, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

/** Kinds that extend around their point: their markers may move aside. */
export const WIDE = new Set(["country", "region", "district", "water", "area", "continent", "terrain"]);

/** By the number of the place. @type {Sign[]} */
export const markers = [];
/** Markers of single places, and groups, which have no place. @type {Sign[]} */
let seen = [];

/** The signs on the map. */
export const drawn = () => seen.filter((one) => one.pin && map.hasLayer(one.pin));

/**
 * An element as Leaflet's marker.
 * @param {any} at
 * @param {number} r half its size, pixels
 * @param {HTMLElement} element
 * @param {any} [more] options of Leaflet's
 */
export function makePin(at, r, element, more) {
  element.classList.add("leaflet-marker-icon");
  element.style.width = element.style.height = `${2 * r}px`;
  element.style.margin = `${-r}px`;
  const icon = /** @type {any} */ ({ options: {}, createIcon: () => element, createShadow: () => null });
  return L.marker(at, { icon, interactive: false, keyboard: false, autoPanOnFocus: false, ...more });
}

/** @param {Place} place @returns {Sign} */
const makeMarker = (place) => ({
  place,
  members: [],
  at: position(place),
  r: 12 + Math.min(5, 1.1 * Math.log2(place.mentions.length || 1)),
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

/** @param {Sign[]} members */
function makeGroup(members) {
  const n = members.length;
  const [lat, lng] = ["lat", "lng"].map((axis) => members.reduce((sum, { at }) => sum + at[axis], 0) / n);
  /** @type {Sign} */
  const group = { place: null, members, at: L.latLng(lat, lng), r: 15 + Math.min(7, n / 6), dx: 0, dy: 0, pin: null };
  const numbers = members.map(({ place }) => place?.number).join(" ");
  const element = button("", {
    class: "gathered",
    "aria-label": count("cluster", n),
    "data-place": numbers,
    click: () => approach(group),
  });
  element.append(make("span", { class: "cluster" }, String(n)));
  group.pin = makePin(group.at, group.r, element);
  return group;
}

/**
 * Zoom in until a group splits, at least one level; the map gets the focus.
 * @param {Sign} group
 */
function approach(group) {
  map.getContainer().focus();
  const bounds = L.latLngBounds(group.members.map((one) => one.at)).pad(0.3);
  freeView();
  fly(group.at, Math.min(gathering.zoom, Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds))));
}

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
  const loose = shown.filter(({ place }) => place !== openPlace()); // the open place is never in a group
  const gathered = gather(loose).map((members) => members.map((index) => loose[index]));
  const inside = new Set(gathered.flat());
  seen = [...shown.filter((marker) => !inside.has(marker)), ...gathered.map(makeGroup)];
  const { moved } = moves(seen);
  seen.forEach((one, index) => Object.assign(one, { dx: Math.round(moved[index].x), dy: Math.round(moved[index].y) }));
  present();
}

/** Put the signs on the map; of very many, only those near its window. */
function present() {
  const near = map.getBounds().pad(0.25);
  const wanted = new Set(markers.length < gathering.many ? seen : seen.filter((one) => near.contains(one.at)));
  for (const marker of markers) if (marker.pin && !wanted.has(marker)) marker.pin.remove();
  for (const one of wanted) {
    const { place } = one;
    if (place) one.pin ||= makePin(one.at, one.r, drawMarker(place));
    const element = one.pin.addTo(map).getElement();
    if (place) dress(element, place);
    element.style.translate = `${one.dx}px ${one.dy}px`;
  }
  markPlace("open", openPlace()?.number);
}

/** Show the places that the filters leave. */
function siftMarkers() {
  for (const place of places.slice(markers.length)) markers.push(makeMarker(place));
  arrange();
}

/** Take the open place out of its group, and put the one before back. */
function single() {
  if (seen.some(({ place }) => !place)) arrange();
  markPlace("open", openPlace()?.number);
}

export function startMarkers() {
  siftMarkers();
  watch(FILTERS, siftMarkers);
  watch(["mention"], single);
  map.on("zoomend", arrange);
  map.on("moveend", () => markers.length >= gathering.many && present());
  map.getContainer().addEventListener("focusin", (/** @type {FocusEvent} */ { target }) => {
    const element = /** @type {HTMLElement} */ (target);
    if (element.matches(".pin:focus-visible")) reveal(markers[Number(element.dataset.place)].at);
  });
}
