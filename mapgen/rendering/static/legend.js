// The legend, which is also the filter, and the expected number of wrong markers.

import { registerActions } from "./actions.js";
import { kinds, shapes, words } from "./data.js";
import { all, find, look, put, tell } from "./dom.js";
import { kindName, count, number, say } from "./format.js";
import { mentions } from "./mention.js";
import { FILTERS, change, fits, namedPlaces, shownPlaces, speaks, state, watch } from "./store.js";

/**
 * The values of a chip: how many places there are, how many the other filters leave, its name, whether it is on.
 * @param {string | undefined} kind
 */
function counted(kind) {
  if (kind) {
    const own = namedPlaces().filter((place) => place.kind === kind);
    return [own.length, own.filter(speaks).length, kindName(kind, own.length), !state.hidden.has(kind)];
  }
  const own = mentions.filter(({ metonymic, place }) => metonymic && place);
  const left = own.filter(({ place }) => place && fits(place) && !state.hidden.has(place.kind));
  return [own.length, left.length, count("institution", own.length), state.metonymic];
}

function press() {
  for (const chip of all(".chip[data-kind]")) {
    const [n, left, name, on] = counted(chip.dataset.kind);
    chip.hidden = !n;
    chip.ariaPressed = on;
    put(find(".word", chip), String(name));
    put(find(".count", chip), number(Number(left)));
  }
  find("[data-do=reset]").hidden = !state.hidden.size && state.metonymic && !state.floor && !state.country;
  look(find("#stage"), { empty: !namedPlaces().length });
}

/** @param {HTMLElement} chip */
function filterKind({ dataset: { kind } }) {
  const hidden = new Set(state.hidden);
  if (kind && !hidden.delete(kind)) hidden.add(kind);
  change({ hidden, metonymic: kind ? state.metonymic : !state.metonymic });
}

/** The expected number of wrong markers among those shown, in words. */
function trust() {
  const shown = shownPlaces();
  const wrong = shown.reduce((sum, place) => sum + 1 - place.p, 0);
  const lost = mentions.filter(({ place, decided }) => !place && !decided).length;
  const hidden = namedPlaces().length - shown.length;
  const level = [0.05, 0.75, 1.5, Infinity].findIndex((limit) => wrong < limit);
  const keys = shown.length > 1 ? ["none", "few", "one", "many"] : ["right", "single", "wrong"];
  const line = [
    shown.length > 0 && say(`trust_${keys[level]}`, { n: shown.length, wrong: number(Math.round(wrong)) }),
    hidden > 0 && count("trust_hidden", hidden),
    lost > 0 && count("trust_unplaced", lost),
    shapes.some((/** @type {any} */ shape) => shape.type === "area" && !shape.exact) && words.approximate,
  ]
    .filter(Boolean)
    .join(" · ");
  tell(find(".trust"), line.charAt(0).toUpperCase() + line.slice(1));
}

export function startLegend() {
  registerActions({
    filter: filterKind,
    just: ({ dataset: { kind } }) => change({ hidden: new Set(Object.keys(kinds).filter((one) => one !== kind)) }),
    reset: () => change({ hidden: new Set(), metonymic: true, floor: 0, country: "" }),
  });
  watch(FILTERS, () => {
    press();
    trust();
  });
  trust();
}
