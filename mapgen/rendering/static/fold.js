// Names as a hurried reader types them: no accents, no case, no apostrophes.

/** Letters that do not come apart into a plain one and an accent. @type {Record<string, string>} */
const PLAIN = { œ: "oe", æ: "ae", ß: "ss", ł: "l", ø: "o", ı: "i" };

/** @param {string} name */
export const fold = (name) =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[œæßłøı]/g, (letter) => PLAIN[letter])
    .replace(/[\s’'ʼʻ`´-]+/g, " ")
    .trim();
