// Names as a hurried reader types them: no accents, no case, no apostrophes.

/**
 * @param {string} name
 */
export const fold = (name) =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/ł/g, "l")
    .replace(/[øö]/g, "o")
    .replace(/[ıi]/g, "i")
    .replace(/[’'ʼʻ`´-]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
