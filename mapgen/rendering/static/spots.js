// The places that the form knows by name, and the place that it makes of a point.

import { namedPlaces } from "./store.js";
import { nameKey } from "./changes.js";
import { towns, words } from "./data.js";
import { find, make, put } from "./dom.js";
import { described } from "./format.js";
import { nameOf } from "./mention.js";

export const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/** Places that the field knows by name: those of the page, and the towns of the ground. @type {Map<string, any>} */
export const known = new Map();

export function fillNames() {
  known.clear();
  for (const one of namedPlaces()) known.set(`${one.name}, ${described(one)}`, one);
  for (const [name, lat, lon] of towns) known.set(name, { name, at: [lat, lon] });
  put(find("#names"), ...[...known.keys()].map((value) => make("option", { value })));
}

/**
 * A place with only a point, or one that was moved.
 * @param {[number, number]} at
 * @param {Mention} mention  that is placed there
 * @param {string} kind
 */
export function spotAt(at, mention, kind) {
  const { place } = mention;
  const point = "@" + at.map((degrees) => degrees.toFixed(5));
  if (place) {
    // What the gazetteer says of the place is not true of another point.
    const id = place.id.replace(/@[^@]*$/, "") + point;
    return { ...place, id, at, source: words.you, geonameid: undefined, population: undefined };
  }
  const name = nameOf(mention);
  return { id: `said:${nameKey(name)}${point}`, name, kind, country: "", at, source: words.you };
}
