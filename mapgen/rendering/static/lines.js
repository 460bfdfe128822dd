// Reads what `lines.py` packed: five bits a character, differences between points, longitude first.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let index = 0; index < 64; index += 1) VALUES[ALPHABET.charCodeAt(index)] = index;

/**
 * @param {string} packed
 * @param {number} steps  in a degree
 * @returns {Float64Array[]} lines, each longitude and latitude by turns, in degrees
 */
export function unpackLines(packed, steps) {
  const lines = [];
  const length = packed.length;
  let position = 0;
  let x = 0;
  let y = 0;
  let left = 0; // numbers still to come of this line
  /** @type {Float64Array} */
  let line = new Float64Array(0);
  while (position < length) {
    let value = 0;
    let shift = 0;
    let digit = 32;
    while (digit & 32) {
      digit = VALUES[packed.charCodeAt(position)];
      position += 1;
      value |= (digit & 31) << shift;
      shift += 5;
    }
    const step = value & 1 ? -(value >>> 1) : value >>> 1;
    if (left === 0) {
      left = 2 * step;
      line = new Float64Array(left);
      lines.push(line);
    } else {
      if (left % 2 === 0) line[line.length - left] = (x += step) / steps;
      else line[line.length - left] = (y += step) / steps;
      left -= 1;
    }
  }
  return lines;
}
