// Numbers and phrases in the reader's language.

import { kinds, language, words } from "./data.js";

/** What Intl makes is slow to make, so it is made when it is first asked for. @template T @param {() => T} make */
export function late(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

const whole = late(() => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
const degrees = late(() => new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }));
const tenths = late(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
const percents = late(() => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }));
/** Numbers that the language counts as one: French zero is singular. */
const singular = new Set(words.singular.split(",").map(Number));
const regions = late(() => new Intl.DisplayNames([language], { type: "region", fallback: "code" }));

/**
 * Fill the braces of a phrase.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : String(values[name])));

/**
 * @param {string} key  of the phrases `key_one` and `key_many`
 * @param {number} n
 */
export const count = (key, n) => say(`${key}_${singular.has(n) ? "one" : "many"}`, { n });

/**
 * @param {string} kind
 * @param {number} [n]
 */
export const kindName = (kind, n = 1) => (kinds[kind] ? kinds[kind][singular.has(n) ? 0 : 1] : kind);

/** @param {string} code */
export function countryName(code) {
  try {
    return code ? regions().of(code) || code : "";
  } catch {
    return code;
  }
}

/** @param {number} n */
export const number = (n) => (Number.isInteger(n) && n >= 0 && n < 1000 ? String(n) : whole().format(n));

/** @param {number} p  probability; only what is certain reads as 0 or 100 % */
export const percent = (p) =>
  p > 0 && p < 0.01 ? "< " + percents().format(0.01) : p > 0.99 && p < 1 ? "> " + percents().format(0.99) : percents().format(p);

/** @param {number} km */
export const kilometres = (km) => (km < 10 ? tenths().format(km) : km < 1000 ? whole().format(km) : whole().format(10 * Math.round(km / 10)));

/**
 * @param {number} lat
 * @param {number} lon
 */
export const coordinates = (lat, lon) =>
  `${degrees().format(Math.abs(lat))}° ${words[lat < 0 ? "south" : "north"]}\u2002${degrees().format(Math.abs(lon))}° ${words[lon < 0 ? "west" : "east"]}`;

/**
 * Region and country of a place, as a reader writes them.
 * @param {{admin?: string[], country: string, kind: string, name: string}} place
 */
export function whereabouts(place) {
  const country = place.kind === "country" ? "" : countryName(place.country);
  return [...(place.admin || []), country].filter((part) => part && part !== place.name).join(", ");
}
