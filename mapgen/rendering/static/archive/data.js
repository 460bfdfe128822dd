// The data of the page of an archive: what the shared modules need of it, parsed at once, and the rest, unpacked later.

import { find } from "../dom.js";
import { unpackJson, unpackStrings, unpackTable } from "./columns.js";

/** @type {any} */
export const raw = JSON.parse(find("#mapgen-data").textContent);
/** @type {Record<string, string>} */
export const words = raw.words;
/** @type {Record<string, [string, string]>} */
export const kinds = raw.kinds;
/** @type {string} */
export const language = raw.language;
/** Probability below which a place looks doubtful. @type {number} */
export const doubt = raw.doubt;

/**
 * @typedef {object} Place
 * @property {number} number
 * @property {string} id  "" for all names without a place
 * @property {string} name
 * @property {string} own
 * @property {string} kind
 * @property {string[]} admin
 * @property {string} country
 * @property {[number, number]} at
 * @property {string[]} names  as written
 */
/**
 * @typedef {object} Text  a document
 * @property {number} number
 * @property {string} id
 * @property {string} title
 * @property {string} source
 * @property {string} language
 * @property {string} error  its kind, "" for none
 * @property {number} day
 * @property {number} known  how much of the date: 0 nothing, 1 year, 2 month, 3 day
 * @property {number} duplicate
 * @property {number} original  number from 1 of what it is a near-duplicate of, 0 where that is not listed
 * @property {number} toponyms
 * @property {number} placed
 * @property {number} expected  mentions that are right
 * @property {number} literal  1 more than the highest probability of a place itself, in two-hundredths; 0 for no name
 * @property {number} metonymic  the same of institutions
 */
/** @type {Place[]} */
export const places = [];
/** @type {Text[]} */
export const documents = [];
/** Columns of counts by their names. @type {Record<string, any>} */
export const cells = {};
/** Documents by period. @type {Record<string, any>} */
export const periods = {};

/** @param {string} id  of an element with JSON */
export const jsonOf = (id) => JSON.parse(find(id).textContent);

/** Unpack counts and places. */
export async function loadCounts() {
  const tables = jsonOf("#mapgen-counts");
  const [own, byPeriod, rows] = await Promise.all([
    unpackTable(tables.cells),
    unpackTable(tables.periods),
    unpackJson(find("#mapgen-places").textContent),
  ]);
  Object.assign(cells, own);
  Object.assign(periods, byPeriod);
  for (const [id, name, own_, kind, region, country, lat, lon, names] of rows) {
    const admin = region ? [region] : [];
    places.push({ number: places.length, id, name, own: own_, kind, admin, country, at: [lat, lon], names });
  }
}

export const PROBABILITY = 200; // steps of it in the columns of texts and excerpts
const STRINGS = ["id", "title", "source", "language", "error"];

async function unpackTexts() {
  const { table, strings } = jsonOf("#mapgen-texts");
  const [columns, ...texts] = await Promise.all([
    unpackTable(table),
    ...STRINGS.map((name) => unpackStrings(strings[name])),
  ]);
  const names = Object.keys(columns);
  for (let number = 0; number < table.rows; number += 1) {
    /** @type {any} */
    const text = { number };
    STRINGS.forEach((name, at) => (text[name] = texts[at][number]));
    for (const name of names) text[name] = columns[name][number];
    text.expected = text.p / 10_000;
    documents.push(text);
  }
  return documents;
}

/** @type {Promise<Text[]> | undefined} */
let textsRead;
/** The documents that the page lists, unpacked when they are first asked for. */
export const loadTexts = () => (textsRead ??= unpackTexts());
