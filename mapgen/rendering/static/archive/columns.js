// Reads what the program packs: gzip in base64; typed columns, strings, JSON, and sentences coded by shared words.

/** @typedef {{rows: number, columns: [string, string, number][], packed: string}} Table */

/** @param {string} packed  gzip in base64 @returns {Promise<ArrayBuffer>} */
async function unpack(packed) {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** @param {ArrayBuffer | Uint8Array} bytes */
const decoded = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** @param {string} packed */
export const unpackJson = async (packed) => JSON.parse(decoded(await unpack(packed)));

/** @param {string} packed  @returns {Promise<string[]>} */
export const unpackStrings = async (packed) => decoded(await unpack(packed)).split("\0");

const TYPES = /** @type {Record<string, any>} */ ({ uint32: Uint32Array, int32: Int32Array, uint8: Uint8Array });

/**
 * Read columns by their names. Bytes of one significance stand together; what is sorted is written as differences.
 * @param {Table} table
 * @returns {Promise<Record<string, any>>}
 */
export async function unpackTable({ rows, columns, packed }) {
  const bytes = new Uint8Array(await unpack(packed));
  /** @type {Record<string, any>} */
  const made = {};
  let start = 0;
  for (const [name, type, differences] of columns) {
    const column = new TYPES[type](rows);
    const target = new Uint8Array(column.buffer);
    const size = column.BYTES_PER_ELEMENT;
    for (let plane = 0; plane < size; plane += 1)
      for (let row = 0; row < rows; row += 1) target[row * size + plane] = bytes[start + plane * rows + row];
    start += target.length;
    if (differences) for (let row = 1; row < rows; row += 1) column[row] += column[row - 1];
    made[name] = column;
  }
  return made;
}

/**
 * Read a block of sentences: the length of the codes, the codes, the words that are spelled.
 * @param {string} packed
 * @param {string[]} shared  words of all blocks
 * @param {number} single  codes below are a word by themselves
 */
export async function unpackSentences(packed, shared, single) {
  const buffer = await unpack(packed);
  const bytes = new Uint8Array(buffer);
  const end = 4 + new DataView(buffer).getUint32(0, true);
  const spelled = decoded(bytes.subarray(end)).split("\0");
  /** @type {string[]} */
  const sentences = [];
  let [text, next] = ["", 0];
  for (let at = 4; at < end; at += 1) {
    const code = bytes[at];
    if (code === 0) {
      sentences.push(text);
      text = "";
    } else if (code === 255) text += spelled[next++];
    else if (code < single) text += shared[code - 1];
    else text += shared[single - 1 + (code - single) * 256 + bytes[++at]];
  }
  return sentences;
}
