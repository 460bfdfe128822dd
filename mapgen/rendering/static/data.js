// The page's data, read once, in words of its own.

import { find } from "./dom.js";

/**
 * @typedef {object} Place
 * @property {number} number
 * @property {string} id
 * @property {string} name  for the reader
 * @property {string} [own]  in the gazetteer, where that differs
 * @property {string} kind
 * @property {string} country  ISO 3166-1, or ""
 * @property {string[]} [admin]  divisions, the narrowest first
 * @property {[number, number]} at  latitude, longitude
 * @property {string} source
 * @property {number} [geonameid]
 * @property {number} [population]
 * @property {number} p  probability of the surest mention
 * @property {number} [radius]  of doubt, kilometres
 * @property {Mention[]} mentions
 */

/**
 * @typedef {object} Mention
 * @property {number} number
 * @property {number} start
 * @property {number} end
 * @property {number} point  code point in the source
 * @property {[number, number]} excerpt
 * @property {Place | null} place
 * @property {boolean} metonymic
 * @property {number} p
 * @property {string[]} reasons
 * @property {{place: any, p: number}[]} rivals
 * @property {[number, number, string] | 0} relation
 * @property {string} kind
 */

/** @type {any} */
const raw = JSON.parse(find("#mapgen-data").textContent);

/** @type {Record<string, string>} */
export const words = raw.words;
/** @type {Record<string, [string, string]>} */
export const kinds = raw.kinds;
/** @type {string} */
export const language = raw.language;
/** @type {any[]} */
export const shapes = raw.shapes;
/** @type {[string, number, number, number][]} */
export const towns = raw.towns;
/** @type {any[]} */
export const base = raw.base;
/** @type {[number, number, number, number] | null} */
export const scene = raw.scene;
/** @type {boolean} */
export const clustered = raw.cluster;

/** @type {Place[]} */
export const places = raw.places.map((/** @type {any} */ place, /** @type {number} */ number) => ({
  ...place,
  number,
  mentions: [],
}));

/** @type {Mention[]} */
export const mentions = raw.mentions.map((/** @type {any[]} */ row, /** @type {number} */ number) => ({
  number,
  start: row[0],
  end: row[1],
  point: row[2],
  excerpt: [row[3], row[4]],
  place: row[5] < 0 ? null : places[row[5]],
  metonymic: row[6] === 1,
  p: row[7],
  reasons: row[8].map((/** @type {number} */ index) => raw.strings[index]),
  rivals: row[9].map((/** @type {[number, number]} */ rival) => ({ place: raw.rivals[rival[0]], p: rival[1] })),
  relation: row[10],
  kind: row[11],
}));
for (const mention of mentions) if (mention.place) mention.place.mentions.push(mention);

/** @type {HTMLElement[]} */
export const blocks = [...document.querySelectorAll(".block")].map((block) => /** @type {HTMLElement} */ (block));
/** @type {number[]} */
export const blockStarts = [];
const pieces = blocks.map((block) => block.textContent || "");
let length = 0;
for (const piece of pieces) {
  blockStarts.push(length);
  length += piece.length;
}

/** The text, exactly: the blocks joined. */
export const source = pieces.join("");

/** @param {Mention} mention */
export const nameOf = (mention) => source.slice(mention.start, mention.end);
