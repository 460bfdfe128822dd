// The list of a group, shown beside its sign.

import { gathering } from "./data.js";
import { button, find, make, sign } from "./dom.js";
import { count, titleOf, titlesOf } from "./format.js";
import { clamp } from "./geo.js";
import { container, fly, map } from "./stage.js";
import { byWeight, visibleMentions } from "./store.js";
import { freeView } from "./views.js";

/** The places of a group, the weightiest first. @param {Sign} group @returns {Place[]} */
export const placesOf = ({ members }) => members.map(({ place }) => /** @type {Place} */ (place)).sort(byWeight);

/** What a group is called on the map. @param {Sign} group  @param {number} [most] names */
export const nameOfGroup = (group, most = 2) => titlesOf(placesOf(group), most);

/**
 * Zoom in until a group splits, at least one level; the map gets the focus.
 * @param {Sign} group
 */
export function approach(group) {
  container.focus();
  const bounds = L.latLngBounds(group.members.map((one) => one.at)).pad(0.3);
  freeView();
  fly(group.at, Math.min(gathering.zoom, Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds))));
}

/** The list of a group that is shown. @type {any} */
export let roll = null;

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
export function openRoll(group, element) {
  if (roll?.previousElementSibling === element) return;
  closeRoll();
  const sorted = placesOf(group);
  const items = sorted.map((place) =>
    button(
      { class: `k-${place.kind}`, "data-place": place.number, click: closeRoll },
      sign(place.kind, visibleMentions(place).length),
      make("bdi", {}, titleOf(place)),
    ),
  );
  const closer = button({ class: "step", click: () => approach(group) }, count("cluster", sorted.length));
  roll = make("div", { class: "roll", role: "group", "aria-label": nameOfGroup(group) }, ...items, closer);
  L.DomEvent.disableScrollPropagation(roll).disableClickPropagation(roll);
  element.after(roll);
  const at = map.latLngToContainerPoint(group.at).add([group.dx, group.dy]);
  const size = map.getSize();
  const [top, bottom] = [52, size.y - find(".foot").offsetHeight - 22]; // between the boxes over the map
  roll.style.maxHeight = `${clamp(bottom - top, 90, 230)}px`;
  const [w, h] = [roll.offsetWidth, roll.offsetHeight];
  const x = at.x + group.r + w > size.x ? at.x - group.r - w : at.x + group.r;
  const y = clamp(at.y - h / 2, top, bottom - h);
  L.DomUtil.setPosition(roll, map.containerPointToLayerPoint([Math.max(4, x), y]).round());
}
