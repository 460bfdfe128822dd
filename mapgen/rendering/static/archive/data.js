// The data of the page of an archive: what the shared modules need of it, parsed at once, and the rest, unpacked later.

import { find } from "../dom.js";

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
/** @typedef {{id: string, title: string, source: string, date: string, day: number, duplicate: number}} Text */
/**
 * @typedef {object} Passage
 * @property {Place} place
 * @property {Text} document
 * @property {number} start  code points
 * @property {number} end
 * @property {string} name
 * @property {number} at  code point of the name in the passage
 * @property {number} p
 * @property {number} metonymic
 * @property {string} text
 */

/** @type {Place[]} */
export const places = [];
/** @type {Text[]} */
export const documents = [];
/** Columns of counts by their names. @type {Record<string, any>} */
export const cells = {};
/** Documents by period. @type {Record<string, any>} */
export const periods = {};

/** @param {string} packed  gzip in base64 @returns {Promise<ArrayBuffer>} */
async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** @param {string} packed */
const unpackJson = async (packed) => JSON.parse(new TextDecoder().decode(await unpack(packed)));

const TYPES = /** @type {Record<string, any>} */ ({ uint32: Uint32Array, int32: Int32Array, uint8: Uint8Array });

/**
 * Read columns whose bytes of one significance stand together.
 * @param {Uint8Array} bytes
 * @param {{rows: number, columns: [string, string][], into: Record<string, any>}[]} tables
 */
function readColumns(bytes, tables) {
  const columns = tables.flatMap(({ rows, columns: own, into }) =>
    own.map(([name, type]) => ({ name, into, made: new TYPES[type](rows) })),
  );
  columns.sort((one, other) => other.made.BYTES_PER_ELEMENT - one.made.BYTES_PER_ELEMENT);
  let start = 0;
  for (const { name, into, made } of columns) {
    const target = new Uint8Array(made.buffer);
    const size = made.BYTES_PER_ELEMENT;
    for (let plane = 0; plane < size; plane += 1)
      for (let row = 0; row < made.length; row += 1)
        target[row * size + plane] = bytes[start + plane * made.length + row];
    start += target.length;
    into[name] = made;
  }
}

/** Unpack counts, places and documents. */
export async function loadCounts() {
  const [counts, rows, texts] = await Promise.all([
    unpack(find("#mapgen-counts").textContent),
    unpackJson(find("#mapgen-places").textContent),
    unpackJson(find("#mapgen-documents").textContent),
  ]);
  readColumns(new Uint8Array(counts), [
    { ...raw.cells, into: cells },
    { ...raw.periods, into: periods },
  ]);
  for (const [id, name, own, kind, region, country, lat, lon, names] of rows) {
    const admin = region ? [region] : [];
    places.push({ number: places.length, id, name, own, kind, admin, country, at: [lat, lon], names });
  }
  for (const [id, title, source, date, day, duplicate] of texts)
    documents.push({ id, title, source, date, day, duplicate });
}

/** @type {string[]} */
let blocks = [];
/** @type {Map<number, Promise<Passage[]>>} */
const unpacked = new Map();
const MOST_UNPACKED = 40;
/** Number of a place: its block. @type {Map<number, number>} */
const blockOf = new Map(raw.blocks.map((/** @type {number[]} */ [place, at]) => [place, at]));

/** @param {number} number @returns {Promise<Passage[]>} */
function block(number) {
  if (!blocks.length) blocks = find("#mapgen-excerpts").textContent.split("\n");
  const known = unpacked.get(number);
  if (known) return known;
  if (unpacked.size >= MOST_UNPACKED) unpacked.delete(/** @type {number} */ (unpacked.keys().next().value));
  const made = unpackJson(blocks[number]).then((rows) =>
    rows.map((/** @type {any[]} */ [place, document, start, end, name, at, p, metonymic, text]) => ({
      ...{ place: places[place], document: documents[document], start, end, name, at, p, metonymic, text },
    })),
  );
  unpacked.set(number, made);
  return made;
}

/** The passages of a place, in the order of their dates. @param {Place} place @returns {Promise<Passage[]>} */
export async function passagesOf(place) {
  const number = blockOf.get(place.number);
  return number === undefined ? [] : (await block(number)).filter((passage) => passage.place === place);
}

/** All passages, a block at a time. @returns {AsyncGenerator<Passage[]>} */
export async function* allPassages() {
  const count = raw.blocks.length ? raw.blocks[raw.blocks.length - 1][1] + 1 : 0;
  for (let number = 0; number < count; number += 1) yield block(number);
}
