// The sign of several places without enough space: their number of mentions in a ring of their kinds, the names of the
// weightiest, and a list of all while it is pointed at, focused or tapped.

import { button, listen, numbersOf, piece } from "./dom.js";
import { count } from "./format.js";
import { groupRadius } from "./layout.js";
import { makePin } from "./pins.js";
import { approach, closeRoll, nameOfGroup, openRoll, placesOf, roll } from "./roll.js";
import { newSign } from "./signs.js";
import { container, map } from "./stage.js";
import { visibleMentions } from "./store.js";

/** A ring whose parts are the kinds of the places. @param {Place[]} sorted */
function ring(sorted) {
  const step = 100 / sorted.length;
  const kinds = sorted.map(({ kind }) => kind).sort();
  const parts = kinds.map((kind, index) => `var(--${kind}) 0 ${(index + 1) * step}%`);
  return `conic-gradient(${parts})`;
}

/** @param {Sign[]} members @returns {Sign} */
export function makeGroup(members) {
  const at = L.latLngBounds(members.map((one) => one.at)).getCenter();
  const group = newSign({ place: null, members, at, r: groupRadius(members.length) });
  const sorted = placesOf(group);
  const n = sorted.reduce((sum, place) => sum + visibleMentions(place).length, 0);
  let touched = false;
  const cluster = piece("cluster", piece("", String(n)));
  cluster.style.background = ring(sorted);
  const element = button(
    {
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
    },
    cluster,
  );
  group.pin = makePin(group.at, group.r, element);
  return group;
}

export function startGroups() {
  const inside = (/** @type {any} */ node) => node?.closest?.(".gathered, .roll");
  listen(container, "pointerout focusout", ({ target, relatedTarget, pointerType }) => {
    if (pointerType !== "touch" && inside(target) && !inside(relatedTarget)) closeRoll();
  });
  listen(container, "keydown", (event) => {
    if (event.key !== "Escape" || !roll) return;
    event.stopPropagation();
    closeRoll();
  });
  map.on("click zoomstart movestart", closeRoll);
}
