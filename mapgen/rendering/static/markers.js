// A marker a place: sign, number of mentions, and a place of its own where others would cover it.

import { clustered, places, words } from "./data.js";
import { make } from "./dom.js";
import { count, kindName, say } from "./format.js";
import { crowds, spread } from "./layout.js";
import { WIDE, sign } from "./shapes.js";
import { freeView, map, position, reveal, still } from "./stage.js";
import { FILTERS, isDoubtful, isShown, onlyMetonymic, open, state, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

/**
 * @typedef {object} Marker
 * @property {Place} place
 * @property {any} pin  Leaflet's
 * @property {number} r  half its size, pixels
 * @property {number} dx  how far it stands from its place, pixels
 * @property {number} dy
 * @property {boolean} on
 */

/** @type {Marker[]} */
export const markers = [];

/** The icon of several places. @type {any} */
const GroupIcon = L.DivIcon.extend({
  createIcon() {
    const element = L.DivIcon.prototype.createIcon.call(this);
    element.append(make("span", { class: "cluster" }, String(this.options.n)));
    element.setAttribute("aria-label", count("cluster", this.options.n));
    return element;
  },
});

const pins = clustered ? clusterLayer() : L.layerGroup();
/** @type {any} */
const leaders = L.layerGroup();
/** @type {any} */
const grouped = L.layerGroup();
const FAR = 34; // pixels: markers that would have to stand further aside are gathered

/** @returns {any} */
function clusterLayer() {
  return /** @type {any} */ (L).markerClusterGroup({
    showCoverageOnHover: false,
    animate: false,
    maxClusterRadius: 46,
    disableClusteringAtZoom: 12,
    chunkedLoading: false,
    /** @param {any} cluster */
    iconCreateFunction: (cluster) => {
      const n = cluster.getChildCount();
      return new GroupIcon({ n, className: "gathered", iconSize: n < 10 ? [30, 30] : n < 100 ? [36, 36] : [44, 44] });
    },
  });
}

/** An icon whose drawing is made when its marker comes on the map: of thousands, few do. @type {any} */
const SignIcon = L.DivIcon.extend({
  /** @param {HTMLElement} [old] */
  createIcon(old) {
    const element = L.DivIcon.prototype.createIcon.call(this, old);
    element.replaceChildren(make("span", { class: "box" }, sign(this.options.place.kind, "0")));
    return element;
  },
});

/** @param {Place} place */
function describe(place) {
  const mentions = count("mention", visibleMentions(place).length);
  return say(isDoubtful(place) ? "marker_doubtful" : "marker", { name: place.name, kind: kindName(place.kind), mentions });
}

/**
 * @param {Place} place
 * @returns {Marker}
 */
function makeMarker(place) {
  const size = 24 + Math.min(10, 2.2 * Math.log2(place.mentions.length));
  const icon = new SignIcon({ place, className: `pin k-${place.kind}`, iconSize: [size, size] });
  const pin = L.marker(position(place), { icon, keyboard: true, autoPanOnFocus: false });
  const marker = { place, pin, r: size / 2, dx: 0, dy: 0, on: false };
  pin.on("add", () => dress(marker));
  pin.on("click", () => open(place));
  pin.on("mouseover", () => light(place));
  pin.on("mouseout", () => light(null));
  return marker;
}

/** Give the element what Leaflet does not: a name, focus that lights the text, its number. @param {Marker} marker */
function dress(marker) {
  const element = marker.pin.getElement();
  element.dataset.place = String(marker.place.number);
  element.setAttribute("aria-label", describe(marker.place));
  element.removeAttribute("title");
  element.onfocus = () => {
    light(marker.place);
    if (element.matches(":focus-visible")) reveal(marker.pin.getLatLng());
  };
  element.onblur = () => light(null);
  element.querySelector("text").textContent = String(visibleMentions(marker.place).length);
  const looks = { open: state.place === marker.place, metonymic: onlyMetonymic(marker.place), doubtful: isDoubtful(marker.place), decided: Boolean(marker.place.decided) };
  for (const [look, on] of Object.entries(looks)) element.classList.toggle(look, on);
  shift(marker);
}

/** @param {Marker | Group} marker */
function shift(marker) {
  const element = marker.pin.getElement();
  if (!element) return;
  element.style.marginLeft = `${marker.dx - marker.r}px`;
  element.style.marginTop = `${marker.dy - marker.r}px`;
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
  for (const one of [before, place]) {
    const element = one && markers[one.number].pin.getElement();
    if (element) element.classList.toggle("lit", one === place);
  }
  for (const group of groups) {
    group.pin.getElement()?.classList.toggle("lit", group.members.some((marker) => marker.place === place));
  }
  for (const then of followers) then(place, before);
}

/** Show what the filters leave. */
function sift() {
  for (const place of places.slice(markers.length)) markers.push(makeMarker(place));
  const [add, remove] = [/** @type {any[]} */ ([]), /** @type {any[]} */ ([])];
  for (const marker of markers) {
    const on = isShown(marker.place);
    if (on !== marker.on) {
      marker.on = on;
      if (clustered) (on ? add : remove).push(marker.pin);
      else if (on) pins.addLayer(marker.pin);
      else pins.removeLayer(marker.pin);
    }
    if (on && marker.pin.getElement()) dress(marker);
  }
  if (add.length) pins.addLayers(add);
  if (remove.length) pins.removeLayers(remove);
  arrange();
}

/** @typedef {{pin: any, r: number, dx: number, dy: number, members: Marker[]}} Group  places too close to be told apart */

/** @type {Group[]} */
export const groups = [];

/** @param {Marker[]} members @returns {Group} */
function makeGroup(members) {
  const bounds = L.latLngBounds(members.map((marker) => marker.pin.getLatLng()));
  const size = 30 + Math.min(14, members.length / 3);
  const icon = new GroupIcon({ n: members.length, className: "gathered", iconSize: [size, size] });
  const pin = L.marker(bounds.getCenter(), { icon, keyboard: true });
  pin.on("click", () => {
    freeView();
    map.fitBounds(bounds.pad(0.3), { animate: !still.matches, maxZoom: 12 });
  });
  return { pin, r: size / 2, dx: 0, dy: 0, members };
}

/** @param {Marker} marker */
const mobility = (marker) => (WIDE.has(marker.place.kind) ? 1 : onlyMetonymic(marker.place) ? 0.5 : 0.12);

/** Move markers aside that would cover others, with a line back to the place; gather those that have no room at all. */
export function arrange() {
  const zoom = map.getZoom();
  const disc = (/** @type {Marker | Group} */ one, /** @type {number} */ mobile) => {
    const { x, y } = map.project(one.pin.getLatLng(), zoom);
    return { x, y, r: one.r, mobile };
  };
  const present = markers.filter((marker) => marker.on && marker.pin.getElement());
  let discs = present.map((marker) => disc(marker, mobility(marker)));
  let moved = spread(discs);
  grouped.clearLayers();
  const crowded = clustered ? [] : crowds(discs, moved, FAR);
  groups.splice(0, groups.length, ...crowded.map((crowd) => makeGroup(crowd.map((index) => present[index]))));
  const gathered = new Set(groups.flatMap((group) => group.members));
  for (const marker of present) marker.pin.getElement().classList.toggle("gathered-in", gathered.has(marker));
  /** @type {(Marker | Group)[]} */
  const seen = [...present.filter((marker) => !gathered.has(marker)), ...groups];
  if (groups.length) {
    for (const group of groups) grouped.addLayer(group.pin);
    discs = seen.map((one) => disc(one, "place" in one ? mobility(one) : 0.3));
    moved = spread(discs);
  }
  leaders.clearLayers();
  seen.forEach((one, index) => {
    one.dx = Math.round(moved[index].x);
    one.dy = Math.round(moved[index].y);
    shift(one);
    if ("place" in one) lead(one, zoom);
  });
}

/** The line from a marker that stands aside to its place. @param {Marker} marker @param {number} zoom */
function lead(marker, zoom) {
  const aside = Math.hypot(marker.dx, marker.dy);
  if (aside < 5 || (WIDE.has(marker.place.kind) && aside < marker.r)) return;
  const from = marker.pin.getLatLng();
  const to = map.unproject(map.project(from, zoom).add([marker.dx, marker.dy]), zoom);
  const look = { pane: "leaders", interactive: false, className: `leader k-${marker.place.kind}` };
  leaders.addLayer(L.polyline([from, to], { ...look, weight: 1.2 }));
  leaders.addLayer(L.circleMarker(from, { ...look, radius: 2, weight: 1 }));
}

/** Zoom in until the marker of a place stands by itself. @param {Place} place */
function single(place) {
  const group = groups.find((one) => one.members.some((marker) => marker.place === place));
  if (!group) return;
  freeView();
  const bounds = L.latLngBounds(group.members.map((marker) => marker.pin.getLatLng()));
  map.fitBounds(bounds.pad(0.3), { animate: false, maxZoom: 12 });
}

export function startMarkers() {
  leaders.addTo(map);
  grouped.addTo(map);
  pins.addTo(map);
  sift();
  watch(FILTERS, sift);
  map.on("zoomend", arrange);
  /** @type {Place | null} */
  let before = null;
  watch(["place"], () => {
    for (const one of [before, state.place]) {
      const element = one && markers[one.number].pin.getElement();
      if (element) element.classList.toggle("open", one === state.place);
    }
    before = state.place;
    if (state.place) single(state.place);
  });
  if (clustered) {
    pins.on("clusterkeypress clusterclick", () => undefined);
    pins.on("animationend", arrange);
  }
  map.getContainer().setAttribute("aria-label", words.map);
}
