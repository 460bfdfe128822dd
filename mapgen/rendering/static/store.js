// What the reader has chosen, and who wants to know of it.

import { places } from "./data.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Mention} Mention */

export const state = {
  /** @type {Place | null} */ place: null,
  // which of the place's mentions is being read
  turn: 0,
  /** @type {Mention | null} a name without a place, whose card is open */ loose: null,
  /** @type {((at: any) => void) | null} takes the place or point that is chosen, while one is */ placing: null,
  // grows with every correction
  changes: 0,
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
export const FILTERS = /** @type {(keyof typeof state)[]} */ (["hidden", "metonymic", "floor", "country", "changes"]);

/** @param {Place} place */
export const visibleMentions = (place) => (state.metonymic ? place.mentions : place.mentions.filter((mention) => !mention.metonymic));

/** Whether the filters of certainty and country leave a place. @param {Place} place */
export const fits = (place) => place.mentions.length > 0 && place.p >= state.floor && (!state.country || place.country === state.country);

/** Whether that of sense does. @param {Place} place */
export const speaks = (place) => state.metonymic || !onlyMetonymic(place);

/** @param {Place} place */
export const isShown = (place) => fits(place) && speaks(place) && !state.hidden.has(place.kind);

/** @param {Place} place */
export const onlyMetonymic = (place) => place.mentions.every((mention) => mention.metonymic);

/** Below this probability a place looks doubtful. */
export const DOUBT = 0.6;

/** @param {Place} place */
export const isDoubtful = (place) => !place.decided && (place.p < DOUBT || place.radius !== undefined);

/** How a place looks, on the map and in the list. @param {Place} place */
export const looksOf = (place) => ({ metonymic: onlyMetonymic(place), doubtful: isDoubtful(place), decided: place.decided });

export const shownPlaces = () => places.filter(isShown);

/**
 * Open a place's card, at one of its mentions; while a place is being chosen, choose it.
 * @param {Place} place
 * @param {number} [turn]
 * @param {Partial<typeof state>} [more]
 */
export function open(place, turn = 0, more = {}) {
  if (state.placing && !more.changes) {
    state.placing(place);
    return;
  }
  if (!isShown(place)) {
    const hidden = new Set(state.hidden);
    hidden.delete(place.kind);
    change({ hidden, metonymic: state.metonymic || onlyMetonymic(place), floor: Math.min(state.floor, place.p), country: "" });
  }
  change({ ...more, place, turn, loose: null });
}

/** Open the card of a name, placed or not, or none. @param {Mention | null} mention  @param {Partial<typeof state>} [more] */
export function openMention(mention, more = {}) {
  if (mention && mention.place) open(mention.place, mention.place.mentions.indexOf(mention), more);
  else change({ placing: null, ...more, place: null, turn: 0, loose: mention });
}

export const close = () => change({ place: null, turn: 0, loose: null, placing: null });
