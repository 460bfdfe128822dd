// The page's data, parsed once.

import { all, find } from "./dom.js";

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
 * @property {boolean} [decided]  by the reader, at least for one mention
 */

/** @type {any} */
export const raw = JSON.parse(find("#mapgen-data").textContent);

/**
 * The name and the key of the text (`origin`), the reader's `language`, the names of `kinds`, the probability below which a place looks doubtful (`doubt`), the footprints beside the markers (`shapes`),
 * journeys as numbers of places (`threads`), layers of `tiles` that the reader may switch on, `towns` of the ground
 * (name, latitude, longitude, 1 for a capital, zoom), its `groundNames` (kind, name, anchors), and the frame of the
 * `scene`, also for a narrow window (`narrowScene`).
 *
 * `gathering` has the limits of gathering markers: they are gathered when they would have to move further than `aside`
 * pixels, from `many` places on when they share a cell of `cell` pixels, and not from `zoom` on. Half the size of a
 * marker lies between the two `radii`; the larger is for the most mentions, at least `usual` above one.
 */
export const { document: origin, language, kinds, doubt, gathering, shapes, threads } = raw;
export const { tiles, towns, groundNames, scene, narrowScene } = raw;

/** The texts of the page. @type {Record<string, string>} */
export const words = raw.words;

/** Decisions of a person that the program was given: number of the mention, decision. @type {[number, string][]} */
export const given = raw.given;

/** The ground, read when it is needed: `windows` of lines, and the `relief` or null. @returns {any} */
export const readGround = () => JSON.parse(find("#mapgen-ground").textContent);

/** @type {Place[]} */
export const places = raw.places;

places.forEach((place, number) => Object.assign(place, { number, mentions: [] }));

/** @type {HTMLElement[]} */
export const blocks = all(".block");

/** Where each begins. @type {number[]} */
export const blockStarts = [];

/** The text: the blocks joined. */
export let source = "";

for (const block of blocks) {
  blockStarts.push(source.length);
  source += block.textContent;
}

/** Index of the block that holds an offset of the text. @param {number} at */
export const blockAt = (at) => blockStarts.findLastIndex((start) => start <= at);

/** Start and end of a block. @param {number} index @returns {[number, number]} */
export const blockEnds = (index) => [blockStarts[index] ?? 0, blockStarts[index + 1] ?? source.length];
