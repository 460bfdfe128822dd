// The state of the page, and the functions that run when it changes.

import { doubt, places } from "./data.js";

export const state = {
  /** @type {Mention | null} whose card is open */ mention: null,
  /** @type {((at: any) => void) | null} receives the chosen place or point while one is being chosen */ placing: null,
  // a counter of corrections
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
 * Call `then` after any of the keys of the state has changed.
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

/** Places by their mentions, the most first. @param {Place} a  @param {Place} b */
export const byWeight = (a, b) => b.mentions.length - a.mentions.length || a.number - b.number;

/** The place whose card is open. */
export const openPlace = () => (state.mention ? state.mention.place : null);

/** @param {Place} place */
export const visibleMentions = (place) => place.mentions.filter((mention) => state.metonymic || !mention.metonymic);

/** @param {Place} place */
export const onlyMetonymic = (place) => place.mentions.every((mention) => mention.metonymic);

/** Whether a place passes the filters of certainty and country. @param {Place} place */
export const fits = (place) => place.p >= state.floor && (!state.country || place.country === state.country);

/** Whether it passes all filters but that of kinds. @param {Place} place */
export const speaks = (place) => fits(place) && visibleMentions(place).length > 0;

/** @param {Place} place */
export const isShown = (place) => !state.hidden.has(place.kind) && speaks(place);

/** The places that the text names now: corrections may have taken others away. */
export const namedPlaces = () => places.filter((place) => place.mentions.length);

export const shownPlaces = () => places.filter(isShown);

/** @param {Place} place */
export const isDoubtful = (place) => !place.decided && (place.p < doubt || place.radius !== undefined);

/** How a place looks, on the map and in the list. @param {Place} place */
export const looksOf = (place) => ({
  metonymic: onlyMetonymic(place),
  doubtful: isDoubtful(place),
  decided: place.decided,
});

/**
 * Open the card of a name, or none; while a place is being chosen, choose that of the name.
 * @param {Mention | null} mention
 * @param {Partial<typeof state>} [more]
 */
export function open(mention, more = {}) {
  const place = mention && mention.place;
  if (place && state.placing && !more.changes) {
    state.placing(place);
    return;
  }
  if (place && !isShown(place)) {
    const hidden = new Set(state.hidden);
    hidden.delete(place.kind);
    change({
      hidden,
      metonymic: state.metonymic || onlyMetonymic(place),
      floor: Math.min(state.floor, place.p),
      country: "",
    });
  }
  change({ placing: null, ...more, mention });
}

/** Open the card of a place, at its first mention. @param {Place | undefined} place */
export const openFirst = (place) => place && open(visibleMentions(place)[0] || place.mentions[0]);
