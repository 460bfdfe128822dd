// The list of a group, shown beside its sign.

import { gathering } from "./data.js";
import { button, find, make, sign } from "./dom.js";
import { count, titleOf } from "./format.js";
import { container, fly, map } from "./stage.js";
import { visibleMentions } from "./store.js";
import { freeView } from "./views.js";

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
