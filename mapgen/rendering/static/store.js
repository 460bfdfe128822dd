// What the reader has chosen, and who wants to know of it.

import { places } from "./data.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Mention} Mention */

export const state = {
  /** @type {Place | null} */ place: null,
  // which of the place's mentions is being read
  turn: 0,
  /** @type {Set<string>} kinds that are hidden */ hidden: new Set(),
  metonymic: true,
  floor: 0,
  country: "",
  query: "",
  sort: "text",
  tab: "text",
};

/** @type {[string[], () => void][]} */
const watchers = [];

/**
 * Call `then` after any of the `keys` of the state has changed.
 * @param {(keyof typeof state)[]} keys
 * @param {() => void} then
 */
export const watch = (keys, then) => watchers.push([keys, then]);

/** @param {Partial<typeof state>} part */
export function change(part) {
  Object.assign(state, part);
  for (const [keys, then] of watchers) if (keys.some((key) => key in part)) then();
}

/** Keys of the state that decide which places are shown. */
export const FILTERS = /** @type {(keyof typeof state)[]} */ (["hidden", "metonymic", "floor", "country"]);

/** @param {Place} place */
export const visibleMentions = (place) => (state.metonymic ? place.mentions : place.mentions.filter((mention) => !mention.metonymic));

/** @param {Place} place */
export const isShown = (place) =>
  !state.hidden.has(place.kind) &&
  place.p >= state.floor &&
  (!state.country || place.country === state.country) &&
  (state.metonymic || place.mentions.some((mention) => !mention.metonymic));

/** @param {Place} place */
export const onlyMetonymic = (place) => place.mentions.every((mention) => mention.metonymic);

/** Below this probability a place looks doubtful. */
export const DOUBT = 0.6;

/** @param {Place} place */
export const isDoubtful = (place) => place.p < DOUBT || place.radius !== undefined;

export const shownPlaces = () => places.filter(isShown);

/**
 * Open a place's card, at one of its mentions.
 * @param {Place} place
 * @param {number} [turn]
 */
export function open(place, turn = 0) {
  if (!isShown(place)) {
    const hidden = new Set(state.hidden);
    hidden.delete(place.kind);
    change({ hidden, metonymic: state.metonymic || onlyMetonymic(place), floor: Math.min(state.floor, place.p), country: "" });
  }
  change({ place, turn });
}

export const close = () => change({ place: null, turn: 0 });
