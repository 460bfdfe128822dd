// The excerpts: their numbers in columns, their sentences in blocks that are unpacked when they are asked for.

import { find } from "../dom.js";
import { unpackJson, unpackSentences, unpackStrings, unpackTable } from "./columns.js";
import { PROBABILITY, documents, jsonOf, loadTexts, places } from "./data.js";

/**
 * @typedef {object} Passage
 * @property {import("./data.js").Place} place
 * @property {import("./data.js").Text} document
 * @property {number} start  code points
 * @property {number} end
 * @property {string} name
 * @property {number} at  code point of the name in the passage
 * @property {number} p
 * @property {number} metonymic
 * @property {string} text
 */

/** @typedef {{starts: number[], single: number, columns: Record<string, any>, shared: string[], names: Record<string, string>, blocks: string[]}} Excerpts */

/** @returns {Promise<Excerpts>} */
async function unpackExcerpts() {
  const { starts, table, single, words: shared, names } = jsonOf("#mapgen-excerpts");
  const parts = await Promise.all([unpackTable(table), unpackStrings(shared), unpackJson(names), loadTexts()]);
  const blocks = find("#mapgen-blocks").textContent.split("\n");
  return { starts, single, columns: parts[0], shared: parts[1], names: parts[2], blocks };
}

/** @type {Promise<Excerpts> | undefined} */
let excerptsRead;
const loadExcerpts = () => (excerptsRead ??= unpackExcerpts());

/** @type {Map<number, Promise<Passage[]>>} */
const unpacked = new Map();
const MOST_UNPACKED = 40;

/** @param {Excerpts} excerpts  @param {number} number  @returns {Promise<Passage[]>} */
async function readBlock({ starts, single, columns, shared, names, blocks }, number) {
  const sentences = await unpackSentences(blocks[number], shared, single);
  return sentences.map((text, row) => {
    const at = starts[number] + row;
    const [start, length, begin] = [columns.start[at], columns.length[at], columns.at[at]];
    const spelled = () =>
      [...text]
        .slice(begin, begin + length)
        .join("")
        .replace(/[ \t\r\n]+/g, " ");
    return {
      ...{ place: places[columns.place[at]], document: documents[columns.document[at]], text, at: begin },
      ...{ start, end: start + length, name: names[at] ?? spelled() },
      ...{ p: columns.p[at] / PROBABILITY, metonymic: columns.metonymic[at] },
    };
  });
}

/** @param {Excerpts} excerpts  @param {number} number  @returns {Promise<Passage[]>} */
function block(excerpts, number) {
  const known = unpacked.get(number);
  if (known) return known;
  if (unpacked.size >= MOST_UNPACKED) unpacked.delete(/** @type {number} */ (unpacked.keys().next().value));
  const made = readBlock(excerpts, number);
  unpacked.set(number, made);
  return made;
}

/** The excerpts that have a number in a column, a block after the other. @param {string} column  @param {number} wanted */
async function passagesWith(column, wanted) {
  const excerpts = await loadExcerpts();
  const numbers = excerpts.columns[column];
  /** @type {Passage[]} */
  const found = [];
  let number = -1;
  for (let at = numbers.indexOf(wanted); at >= 0; at = numbers.indexOf(wanted, at + 1)) {
    while (excerpts.starts[number + 1] <= at) number += 1;
    found.push((await block(excerpts, number))[at - excerpts.starts[number]]);
  }
  return found;
}

/** The passages of a place, in the order of their dates. @param {import("./data.js").Place} place */
export const passagesOf = (place) => passagesWith("place", place.number);

/** The passages of a document, in its order. @param {import("./data.js").Text} text */
export const passagesIn = async (text) =>
  (await passagesWith("document", text.number)).sort((one, other) => one.start - other.start);

/** All passages, a block at a time. @returns {AsyncGenerator<Passage[]>} */
export async function* allPassages() {
  const excerpts = await loadExcerpts();
  for (let number = 0; number < excerpts.starts.length; number += 1) yield block(excerpts, number);
}
