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
  let position = 0;
  const number = () => {
    let value = 0;
    let shift = 0;
    let digit;
    do {
      digit = VALUES[packed.charCodeAt(position)];
      position += 1;
      value += (digit & 31) * 2 ** shift;
      shift += 5;
    } while (digit & 32);
    const half = Math.floor(value / 2);
    return value % 2 ? -half : half;
  };
  const lines = [];
  let x = 0;
  let y = 0;
  while (position < packed.length) {
    const line = new Float64Array(2 * number());
    for (let index = 0; index < line.length; index += 2) {
      x += number();
      y += number();
      line[index] = x / steps;
      line[index + 1] = y / steps;
    }
    lines.push(line);
  }
  return lines;
}
