// Names and passages in the forms in which they are compared and shown.

/** Letters that have no decomposition into a plain one and an accent. @type {Record<string, string>} */
const PLAIN = { œ: "oe", æ: "ae", ß: "ss", ł: "l", ø: "o", ı: "i" };

/**
 * A name as a hurried reader types it: no accents, no case, no apostrophes.
 * @param {string} name
 */
export const fold = (name) =>
  plainName(name)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[œæßłøı]/g, (letter) => PLAIN[letter])
    .replace(/[\s’'ʼʻ`´-]+/g, " ")
    .trim();

// The white space of Python's str.split() and the signs of mapgen/reading/signs.py: the same names share a key in the
// page and in the program.
// eslint-disable-next-line no-control-regex
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const SIGN = "[\\p{Cf}\u034f]";
const SIGNS = new RegExp(`${SIGN}+`, "gu");
// Between letters of these scripts, and in pictures, joiners count.
const JOINED = /^[\u0600-\u18af\u2190-\u2bff\ufb50-\ufefe\u{1f000}-\u{1faff}]/u;
const BROKEN = /([-\u2010\u00ad])[ \t]*\r?[\n\r\v\f\x85\u2028][ \t]*/g;

/** @param {string} found  @param {number} at  @param {string} whole */
const joiners = (found, at, whole) =>
  JOINED.test([...whole.slice(0, at)].pop() || "") && JOINED.test(whole.slice(at + found.length))
    ? found.replace(/[^\u200b-\u200d]/g, "")
    : "";

/** A passage of the source on one line. @param {string} passage */
export const oneLine = (passage) => passage.replace(BROKEN, "$1").replace(SPACES, " ");

/**
 * A name as it is read: one line, composed letters, plain hyphens and apostrophes, no invisible signs.
 * @param {string} name
 */
export const plainName = (name) =>
  oneLine(
    name
      .replace(BROKEN, "$1")
      .replace(SIGNS, joiners)
      .replace(/[\ufb00-\ufb06\u0132\u0133]/g, (ligature) => ligature.normalize("NFKC"))
      .replace(/\u017f/g, "s")
      .normalize("NFC")
      .replace(/[\u2010\u2011]/g, "-")
      .replace(/[\u2019\u02bc\uff07]|(?<=\p{L})[\u2018\u201b\u2032`\u00b4](?=\p{L})/gu, "'"),
  ).replace(/^ | $/g, "");

const LOOSE = { " ": `(?:\\s|${SIGN})+`, "-": "[-\u2010\u2011\u2013]\\s*", "'": "['\u2019\u02bc\uff07\u2018`\u00b4]" };

/**
 * What finds a name wherever a text has it, whatever its spaces, line ends, hyphens and signs.
 * @param {string} name in its plain form
 * @returns {RegExp}
 */
export function anywhere(name) {
  const letters = [...name].map((letter) => {
    const apart = letter.normalize("NFD");
    return (
      /** @type {Record<string, string>} */ (LOOSE)[letter] ||
      (apart === letter ? letter.replace(/[.*+?^${}()|[\]\\]/, "\\$&") : `(?:${letter}|${apart})`)
    );
  });
  const written = letters.join(`(?:${SIGN}|-\\s*\\n\\s*)*`);
  return new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, "giu");
}
