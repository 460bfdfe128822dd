// The sign of several places without enough space: their number of mentions in a ring of their kinds, the names of the
// weightiest, and a list of all while it is pointed at, focused or tapped.

import { gathering } from "./data.js";
import { button, find, make, numbersOf, sign } from "./dom.js";
import { count, titleOf } from "./format.js";
import { makePin } from "./pins.js";
import { fly, freeView, map } from "./stage.js";
import { visibleMentions } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

/** The places of a group, the weightiest first. @param {Sign} group @returns {Place[]} */
export const placesOf = ({ members }) =>
  members
    .map(({ place }) => /** @type {Place} */ (place))
    .sort((a, b) => b.mentions.length - a.mentions.length || a.number - b.number);

/** "Kyiv, Odesa +12": what a group is called on the map. @param {Sign} group  @param {number} [most] names */
export function nameOfGroup(group, most = 2) {
  const sorted = placesOf(group);
  const named = sorted.slice(0, most).map(titleOf);
  return named.join(", ") + (sorted.length > most ? ` +${sorted.length - most}` : "");
}

/** A ring whose parts are the kinds of the places. @param {Place[]} sorted */
function ring(sorted) {
  const kinds = [...new Set(sorted.map(({ kind }) => kind))];
  let from = 0;
  const parts = kinds.map((kind) => {
    const to = from + (100 * sorted.filter((place) => place.kind === kind).length) / sorted.length;
    const part = `var(--${kind}) ${from}% ${to}%`;
    from = to;
    return part;
  });
  return `conic-gradient(${parts.join()})`;
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

/** The list of a group that is shown. @type {any} */
let roll = null;

export function closeRoll() {
  const old = roll;
  roll = null; // before the removal: it moves the focus, which closes again
  old?.remove();
}

/**
 * Show the names of a group beside it; they follow it in the order of Tab.
 * @param {Sign} group
 * @param {HTMLElement} element
 */
function openRoll(group, element) {
  if (roll?.previousElementSibling === element) return;
  closeRoll();
  const sorted = placesOf(group);
  const items = sorted.map((place) => {
    const item = button("", { class: `k-${place.kind}`, "data-place": place.number, click: closeRoll });
    item.append(sign(place.kind, visibleMentions(place).length), make("bdi", {}, titleOf(place)));
    return item;
  });
  const closer = button(count("cluster", sorted.length), { class: "step", click: () => approach(group) });
  roll = make("div", { class: "roll", role: "group", "aria-label": nameOfGroup(group) }, ...items, closer);
  L.DomEvent.disableScrollPropagation(roll).disableClickPropagation(roll);
  element.after(roll);
  const at = map.latLngToContainerPoint(group.at).add([group.dx, group.dy]);
  const size = map.getSize();
  const [top, bottom] = [52, size.y - find(".foot").offsetHeight - 22]; // between the boxes over the map
  roll.style.maxHeight = `${Math.max(90, Math.min(230, bottom - top))}px`;
  const [w, h] = [roll.offsetWidth, roll.offsetHeight];
  const x = at.x + group.r + w > size.x ? at.x - group.r - w : at.x + group.r;
  const y = Math.max(top, Math.min(bottom - h, at.y - h / 2));
  L.DomUtil.setPosition(roll, map.containerPointToLayerPoint([Math.max(4, x), y]).round());
}

/** @param {Sign[]} members @returns {Sign} */
export function makeGroup(members) {
  const [lat, lng] = ["lat", "lng"].map((axis) => members.reduce((sum, { at }) => sum + at[axis], 0) / members.length);
  /** @type {Sign} */
  const group = { place: null, members, at: L.latLng(lat, lng), r: 0, dx: 0, dy: 0, pin: null };
  const sorted = placesOf(group);
  const n = sorted.reduce((sum, place) => sum + visibleMentions(place).length, 0);
  group.r = 15 + Math.min(7, members.length / 6);
  let touched = false;
  const element = button("", {
    class: "gathered",
    "aria-label": `${nameOfGroup(group)}: ${count("cluster", members.length)}, ${count("mention", n)}`,
    "data-place": numbersOf(sorted),
    "data-count": members.length,
    pointerdown: ({ pointerType }) => (touched = pointerType === "touch"),
    pointerenter: ({ pointerType }) => pointerType === "touch" || openRoll(group, element),
    focus: () => openRoll(group, element),
    click: (event) => {
      event.stopPropagation(); // a click on the map closes the list
      if (touched) openRoll(group, element);
      else approach(group);
    },
  });
  const cluster = make("span", { class: "cluster" }, make("span", {}, String(n)));
  cluster.style.background = ring(sorted);
  element.append(cluster);
  group.pin = makePin(group.at, group.r, element);
  return group;
}

export function startGroups() {
  const box = map.getContainer();
  const inside = (/** @type {any} */ node) => node?.closest?.(".gathered, .roll");
  for (const type of ["pointerout", "focusout"])
    box.addEventListener(type, (/** @type {any} */ { target, relatedTarget, pointerType }) => {
      if (pointerType !== "touch" && inside(target) && !inside(relatedTarget)) closeRoll();
    });
  box.addEventListener("keydown", (/** @type {any} */ event) => {
    if (event.key !== "Escape" || !roll) return;
    event.stopPropagation();
    closeRoll();
  });
  map.on("click zoomstart movestart", closeRoll);
}
