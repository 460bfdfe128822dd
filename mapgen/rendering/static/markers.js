// A marker a place: sign, number of mentions, and a place of its own where others would cover it.

import { clustered, places, words } from "./data.js";
import { make } from "./dom.js";
import { count, kindName, say } from "./format.js";
import { spread } from "./layout.js";
import { WIDE, sign } from "./shapes.js";
import { map, position } from "./stage.js";
import { FILTERS, change, isDoubtful, isShown, onlyMetonymic, open, state, visibleMentions, watch } from "./store.js";

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

/** Institutions have a layer of their own. */
const literalLayer = clustered ? clusterLayer() : L.layerGroup();
const metonymicLayer = clustered ? literalLayer : L.layerGroup();
/** @type {any} */
let leaders = null;

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
      const label = make("span", { class: "cluster" }, String(n));
      const size = n < 10 ? 30 : n < 100 ? 36 : 44;
      return L.divIcon({ html: label, className: "gathered", iconSize: [size, size] });
    },
  });
}

/** @param {Place} place */
function classes(place) {
  const names = ["pin", `k-${place.kind}`];
  if (onlyMetonymic(place)) names.push("metonymic");
  if (isDoubtful(place)) names.push("doubtful");
  return names.join(" ");
}

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
  const box = make("span", { class: "box" }, sign(place.kind, String(place.mentions.length)));
  const icon = L.divIcon({ html: box, className: classes(place), iconSize: [size, size] });
  const pin = L.marker(position(place), { icon, keyboard: true, riseOnHover: false, title: "", alt: "" });
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
  element.onfocus = () => light(marker.place);
  element.onblur = () => light(null);
  element.querySelector("text").textContent = String(visibleMentions(marker.place).length);
  element.classList.toggle("open", state.place === marker.place);
  shift(marker);
}

/** @param {Marker} marker */
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
  for (const then of followers) then(place, before);
}

/** Show what the filters leave. */
function sift() {
  const [add, remove] = [/** @type {any[]} */ ([]), /** @type {any[]} */ ([])];
  for (const marker of markers) {
    const on = isShown(marker.place);
    const layer = onlyMetonymic(marker.place) ? metonymicLayer : literalLayer;
    if (on !== marker.on) {
      marker.on = on;
      if (clustered) (on ? add : remove).push(marker.pin);
      else if (on) layer.addLayer(marker.pin);
      else layer.removeLayer(marker.pin);
    }
    if (on && marker.pin.getElement()) dress(marker);
  }
  if (add.length) literalLayer.addLayers(add);
  if (remove.length) literalLayer.removeLayers(remove);
  arrange();
}

/** Move markers aside that would cover others; a line leads back to the place. */
export function arrange() {
  const present = markers.filter((marker) => marker.on && marker.pin.getElement());
  const zoom = map.getZoom();
  const discs = present.map((marker) => {
    const point = map.project(marker.pin.getLatLng(), zoom);
    return { x: point.x, y: point.y, r: marker.r, mobile: WIDE.has(marker.place.kind) ? 1 : onlyMetonymic(marker.place) ? 0.5 : 0.12 };
  });
  const moved = spread(discs);
  leaders.clearLayers();
  present.forEach((marker, index) => {
    marker.dx = Math.round(moved[index].x);
    marker.dy = Math.round(moved[index].y);
    shift(marker);
    if (Math.hypot(marker.dx, marker.dy) < 5 || (WIDE.has(marker.place.kind) && Math.hypot(marker.dx, marker.dy) < marker.r)) return;
    const from = marker.pin.getLatLng();
    const to = map.unproject(map.project(from, zoom).add([marker.dx, marker.dy]), zoom);
    const look = { pane: "leaders", interactive: false, className: `leader k-${marker.place.kind}` };
    leaders.addLayer(L.polyline([from, to], { ...look, weight: 1.2 }));
    leaders.addLayer(L.circleMarker(from, { ...look, radius: 2, weight: 1 }));
  });
}

export function startMarkers() {
  leaders = L.layerGroup().addTo(map);
  literalLayer.addTo(map);
  if (!clustered) metonymicLayer.addTo(map);
  for (const place of places) markers.push(makeMarker(place));
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
  });
  if (clustered) {
    literalLayer.on("clusterkeypress clusterclick", () => undefined);
    literalLayer.on("animationend", arrange);
  }
  map.on("click", () => change({ place: null, turn: 0 }));
  map.getContainer().setAttribute("aria-label", words.map);
}
