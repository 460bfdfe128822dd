// Reads what `polylines.py` packed: five bits a character, differences between points, longitude first.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
[...ALPHABET].forEach((letter, value) => (VALUES[letter.charCodeAt(0)] = value));

/**
 * @param {string} packed
 * @param {number} steps  in a degree
 * @returns {Float64Array[]} lines, each longitude and latitude by turns, in degrees
 */
export function unpackLines(packed, steps) {
  const lines = [];
  const last = [0, 0]; // longitude and latitude of the point before, in steps
  let position = 0;
  let line = new Float64Array(0);
  let filled = 0;
  while (position < packed.length) {
    let [value, shift, digit] = [0, 0, 32];
    while (digit & 32) {
      digit = VALUES[packed.charCodeAt(position)];
      value |= (digit & 31) << shift;
      position += 1;
      shift += 5;
    }
    const step = value & 1 ? -(value >>> 1) : value >>> 1;
    if (filled < line.length) {
      line[filled] = (last[filled % 2] += step) / steps;
      filled += 1;
    } else {
      lines.push((line = new Float64Array(2 * step)));
      filled = 0;
    }
  }
  return lines;
}
