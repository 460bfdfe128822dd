// Numbers and phrases in the reader's language.

import { kinds, language, words } from "./data.js";

/** What Intl makes is slow to make, so it is made when it is first asked for. @template T @param {() => T} make */
export function late(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

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

/** @param {number} n  @param {number} [digits]  after the separator */
const decimal = (n, digits = 0) => {
  const [whole, part] = Math.abs(n).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.thousands);
  return (n < 0 ? "−" : "") + grouped + (part ? words.decimal + part : "");
};

/** @param {number} n */
export const number = (n) => decimal(n);

/** @param {number} p  probability; only what is certain reads as 0 or 100 % */
export function percent(p) {
  const hundredths = Math.round(100 * p);
  if (p > 0 && p < 0.01) return "< " + words.percent.replace("{n}", "1");
  if (p < 1 && hundredths > 99) return "> " + words.percent.replace("{n}", "99");
  return words.percent.replace("{n}", String(hundredths));
}

/** @param {number} km */
export const kilometres = (km) => decimal(km < 1000 ? km : 10 * Math.round(km / 10), km < 10 && km % 1 >= 0.05 ? 1 : 0);

/**
 * @param {number} lat
 * @param {number} lon
 */
export const coordinates = (lat, lon) =>
  `${decimal(Math.abs(lat), 3)}° ${words[lat < 0 ? "south" : "north"]}\u2002${decimal(Math.abs(lon), 3)}° ${words[lon < 0 ? "west" : "east"]}`;

/**
 * Region and country of a place, as a reader writes them.
 * @param {{admin?: string[], country: string, kind: string, name: string}} place
 */
export function whereabouts(place) {
  const country = place.kind === "country" ? "" : countryName(place.country);
  return [...(place.admin || []), country].filter((part) => part && part !== place.name).join(", ");
}

/** Kind, region and country of a place. @param {{admin?: string[], country: string, kind: string, name: string}} place */
export const described = (place) => [kindName(place.kind), whereabouts(place)].filter(Boolean).join(", ");

/** Why a name is not on the map. @param {import("./data.js").Mention} mention */
export const whyUnplaced = ({ decided, reasons }) =>
  decided ? words[decided.decision === "missing" ? "missed" : "refused"] : reasons.join(" ") || words.unplaced_why;
