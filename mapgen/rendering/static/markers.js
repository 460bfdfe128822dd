// A marker a place: sign, number of mentions, and a place of its own where others would cover it; one for several without room.

import { places, words } from "./data.js";
import { make } from "./dom.js";
import { count, kindName, say } from "./format.js";
import { cells, crowds, spread } from "./layout.js";
import { WIDE, sign } from "./shapes.js";
import { freeView, map, position, reveal, still } from "./stage.js";
import { FILTERS, isDoubtful, isShown, looksOf, onlyMetonymic, open, state, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

const FAR = 34; // pixels: markers that would have to stand further aside are gathered
const MANY = 300; // places: so many are gathered by cells, and only those near the window are drawn
const CELL = 72; // pixels
const ALONE = 12; // from this zoom on nothing is gathered

/** @type {Sign[]} */
export const markers = [];
/** @type {Sign[]} */
export const groups = [];

/** @param {Sign} one */
export const elementOf = (one) => (one.pin && map.hasLayer(one.pin) ? one.pin.getElement() : null);

/** A sign as Leaflet's marker, a button, drawn when it is first on the map. @param {Pick<Sign, "at" | "r">} one  @param {() => HTMLElement} draw  @param {() => void} click */
export function makePin(one, draw, click) {
  const createIcon = () => {
    const element = draw();
    element.style.width = element.style.height = `${2 * one.r}px`;
    return element;
  };
  const icon = /** @type {any} */ ({ options: {}, createIcon, createShadow: () => null });
  return L.marker(one.at, { icon, autoPanOnFocus: false }).on("click", click);
}

/** @param {Place} place @returns {Sign} */
function makeMarker(place) {
  const r = 12 + Math.min(5, 1.1 * Math.log2(place.mentions.length || 1));
  return { place, members: [], at: position(place), r, dx: 0, dy: 0, on: false, pin: null };
}

/** @param {Place} place */
function drawMarker(place) {
  const element = make("button", {
    type: "button",
    class: `leaflet-marker-icon pin k-${place.kind}`,
    "data-place": place.number,
    ...lights(place),
    focus: () => {
      light(place);
      if (element.matches(":focus-visible")) reveal(position(place));
    },
  });
  element.append(make("span", { class: "box" }, sign(place.kind, "0")));
  return element;
}

/** @param {Sign[]} members @returns {Sign} */
function makeGroup(members) {
  const [lat, lng] = ["lat", "lng"].map((axis) => members.reduce((sum, { at }) => sum + at[axis], 0) / members.length);
  const r = 15 + Math.min(7, members.length / 6);
  /** @type {Sign} */
  const group = { place: null, members, at: L.latLng(lat, lng), r, dx: 0, dy: 0, on: true, pin: null };
  const label = { class: "leaflet-marker-icon gathered", "aria-label": count("cluster", members.length) };
  const draw = () => make("button", { type: "button", ...label }, make("span", { class: "cluster" }, String(members.length)));
  group.pin = makePin(group, draw, () => approach(group, group.at, !still.matches));
  return group;
}

/** Zoom in until a group falls apart, at least a little. @param {Sign} group  @param {any} at  @param {boolean} animate */
function approach(group, at, animate) {
  const bounds = L.latLngBounds(group.members.map((one) => one.at)).pad(0.3);
  freeView();
  map.setView(at, Math.min(ALONE, Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds))), { animate });
}

/** Say what a marker is: a name for those who hear it, its number, its look. @param {Sign} marker */
function dress(marker) {
  const element = elementOf(marker);
  const place = /** @type {Place} */ (marker.place);
  const n = visibleMentions(place).length;
  const values = { name: place.name, kind: kindName(place.kind), mentions: count("mention", n) };
  element.setAttribute("aria-label", say(isDoubtful(place) ? "marker_doubtful" : "marker", values));
  element.querySelector("text").textContent = String(n);
  for (const [look, on] of Object.entries({ ...looksOf(place), open: state.place === place })) element.classList.toggle(look, Boolean(on));
}

/** @type {Place | null} */
let lit = null;
/** @type {((place: Place | null, before: Place | null) => void)[]} */
const followers = [];

/** Be told which place is pointed at. @param {(place: Place | null, before: Place | null) => void} then */
export const onLight = (then) => followers.push(then);

/** Light a place in map, text and list. @param {Place | null} place */
export function light(place) {
  if (place === lit) return;
  const before = lit;
  lit = place;
  for (const one of [...markers, ...groups]) {
    const on = place !== null && (one.place === place || one.members.some((member) => member.place === place));
    elementOf(one)?.classList.toggle("lit", on);
  }
  for (const then of followers) then(place, before);
}

/** Listeners of what stands for a place: pointed at, it lights the place everywhere. @param {Place} place */
export const lights = (place) => ({ pointerenter: () => light(place), pointerleave: () => light(null), focus: () => light(place), blur: () => light(null) });

/** @param {Sign} one */
const mobility = ({ place }) => (!place ? 0.3 : WIDE.has(place.kind) ? 1 : onlyMetonymic(place) ? 0.5 : 0.12);

/** Where signs lie on the map's square, and how far they have to move aside. @param {Sign[]} signs */
function settle(signs) {
  const zoom = map.getZoom();
  const squares = signs.map((one) => ({ ...map.project(one.at, zoom), r: one.r, mobile: mobility(one) }));
  return { squares, moved: spread(squares) };
}

/** Members of groups. @param {Sign[]} signs */
function gather(signs) {
  const zoom = map.getZoom();
  if (zoom >= ALONE) return [];
  if (markers.length >= MANY) return cells(signs.map((one) => map.project(one.at, zoom)), CELL);
  const { squares, moved } = settle(signs);
  return crowds(squares, moved, FAR);
}

/** Move markers aside that would cover others; gather those that have no room at all. */
function arrange() {
  const shown = markers.filter((marker) => marker.on);
  for (const group of groups) group.pin.remove();
  const gathered = gather(shown).map((members) => members.map((index) => shown[index]));
  groups.splice(0, groups.length, ...gathered.map(makeGroup));
  const inside = new Set(gathered.flat());
  seen = [...shown.filter((marker) => !inside.has(marker)), ...groups];
  const { moved } = settle(seen);
  seen.forEach((one, index) => Object.assign(one, { dx: Math.round(moved[index].x), dy: Math.round(moved[index].y) }));
  present();
}

/** @type {Sign[]} signs that stand by themselves */
let seen = [];

/** Put the signs on the map; of very many only those near its window. */
function present() {
  const near = map.getBounds().pad(0.25);
  const wanted = new Set(markers.length < MANY ? seen : seen.filter((one) => near.contains(one.at)));
  for (const marker of markers) if (marker.pin && !wanted.has(marker)) marker.pin.remove();
  for (const one of wanted) {
    const { place } = one;
    if (place) one.pin ||= makePin(one, () => drawMarker(place), () => open(place));
    one.pin.addTo(map);
    if (place) dress(one);
    const { style } = one.pin.getElement();
    style.marginLeft = `${one.dx - one.r}px`;
    style.marginTop = `${one.dy - one.r}px`;
  }
}

/** Show what the filters leave. */
function sift() {
  for (const place of places.slice(markers.length)) markers.push(makeMarker(place));
  for (const marker of markers) marker.on = isShown(/** @type {Place} */ (marker.place));
  arrange();
}

/** Zoom in until the marker of the open place stands by itself. */
function single() {
  for (const marker of markers) if (elementOf(marker)) elementOf(marker).classList.toggle("open", marker.place === state.place);
  const group = groups.find((one) => one.members.some((marker) => marker.place === state.place));
  if (!group || !state.place || map.getZoom() >= ALONE) return;
  approach(group, position(state.place), false);
  single();
}

export function startMarkers() {
  sift();
  watch(FILTERS, sift);
  map.on("zoomend", arrange);
  map.on("moveend", () => markers.length >= MANY && present());
  watch(["place"], single);
  map.getContainer().setAttribute("aria-label", words.map);
}
