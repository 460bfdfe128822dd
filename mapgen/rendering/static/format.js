// Numbers and phrases in the reader's language.

import { kinds, language, places, words } from "./data.js";
import { clamp } from "./geo.js";

/** Whether the language counts a number as one: French zero is singular. @param {number} n */
const isOne = (n) => words.singular.split(",").includes(String(n));

/**
 * Fill the braces of a phrase.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : values[name],
  );

/** @param {string} key  of the phrases `key_one` and `key_many`  @param {number} n */
export const count = (key, n) => say(key + (isOne(n) ? "_one" : "_many"), { n });

/** @param {string} kind  @param {number} [n] */
export const kindName = (kind, n = 1) => kinds[kind][isOne(n) ? 0 : 1];

/** @type {Intl.DisplayNames} */
let regions;

/** @param {string} code */
export function countryName(code) {
  regions ??= new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  return words[`country_${code}`] || (/^[A-Z]{2}$/.test(code) ? regions.of(code) || code : code);
}

/** @param {number} n  @param {number} [digits]  after the separator */
export function number(n, digits = 0) {
  const [whole, part] = Math.abs(n).toFixed(digits).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, words.thousands) + (part ? words.decimal + part : "");
}

/** @param {number} p  probability; only what is certain reads as 0 or 100 % */
export function percent(p) {
  const bound = p > 0 && p < 0.01 ? "< " : p < 1 && p >= 0.995 ? "> " : "";
  return bound + say("percent", { n: clamp(Math.round(100 * p), p > 0 ? 1 : 0, p < 1 ? 99 : 100) });
}

/** @param {number} km */
export const kilometres = (km) => number(km < 1000 ? km : 10 * Math.round(km / 10), km < 10 && km % 1 >= 0.05 ? 1 : 0);

/** @param {number[]} at  latitude, longitude */
export const coordinates = ([lat, lon]) =>
  `${number(lat, 3)}° ${words[lat < 0 ? "south" : "north"]}\u2002${number(lon, 3)}° ${words[lon < 0 ? "west" : "east"]}`;

/**
 * Kind, region and country of a place in words.
 * @param {{admin?: string[], country: string, kind: string, name: string}} place
 */
export function described({ admin = [], country, kind, name }) {
  const around = [...admin, kind === "country" ? "" : countryName(country)].filter((part) => part !== name);
  return [kindName(kind), ...around].filter(Boolean).join(", ");
}

/**
 * The name of a place on the map; of places with one name each says what tells it from the others.
 * @param {Place} place
 */
export function titleOf(place) {
  const { name, kind, admin = [], country } = place;
  const twins = places
    .filter((one) => one !== place && one.name === name && one.mentions.length)
    .map((one) => described(one).split(", "));
  const parts = twins.length ? [kindName(kind), ...admin, countryName(country)] : [];
  const told = parts.find((part) => part && part !== name && !twins.some((twin) => twin.includes(part)));
  return told ? `${name} (${told})` : name;
}

/** "Kyiv, Odesa +12": several places by the first of them. @param {Place[]} some  @param {number} most names */
export const titlesOf = (some, most) =>
  some.slice(0, most).map(titleOf).join(", ") + (some.length > most ? ` +${some.length - most}` : "");

/** Why a name is not on the map. @param {Mention} mention */
export const whyUnplaced = ({ decided, reasons }) =>
  decided ? words[decided.decision === "missing" ? "missed" : "refused"] : reasons.join(" · ") || words.unplaced_why;
