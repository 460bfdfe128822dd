// What the reader corrects, as plain data: which decision holds for a name, and the file that keeps them.

/** @typedef {{id: string, name: string, kind: string, country: string, at: [number, number], [fact: string]: any}} Spot  a place, as a file keeps it */
/** @typedef {{start: number, end: number, name: string, scope: string, decision: string, place: Spot | null}} Change  start and end in UTF-16 units */

export const SCOPES = ["here", "document", "everywhere"];
const COLUMNS = "document,start,end,name,scope,decision,place,label,kind,country,lat,lon,note";

/** How many code points a text has. @param {string} text */
export const codePoints = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;

// The white space of Python's str.split() and the signs of mapgen/reading/signs.py: the same names share a key in the
// page and in the program.
// eslint-disable-next-line no-control-regex
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
// eslint-disable-next-line no-misleading-character-class
const SIGNS = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/g;
// Between letters of these scripts, and in pictures, joiners count.
const JOINED = /^[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe0f\ufe70-\ufefe\u2190-\u2bff\u{1f000}-\u{1faff}]/u;
const LINE_END = /[ \t]*(\u00ad?)[ \t]*(?:\r\n|[\n\r\v\f\u0085\u2028])[ \t]*/g;

/** @param {string} found  @param {number} at  @param {string} whole */
const joiners = (found, at, whole) =>
  JOINED.test([...whole.slice(0, at)].pop() || "") && JOINED.test(whole.slice(at + found.length)) ? found.replace(/[^\u200b-\u200d]/g, "") : "";

/** A name as it is read: one line, composed letters, plain hyphens and apostrophes, no invisible signs. @param {string} name */
export const plainName = (name) =>
  name
    .replace(LINE_END, (_, soft, at) => (soft || "-\u2010".includes(name[at - 1] || " ") ? "" : " "))
    .replace(SIGNS, joiners)
    .replace(/[\ufb00-\ufb06\u0132\u0133]/g, (ligature) => ligature.normalize("NFKC"))
    .replace(/\u017f/g, "s")
    .normalize("NFC")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/[\u2019\u02bc\uff07]|(?<=\p{L})[\u2018\u201b\u2032`\u00b4](?=\p{L})/gu, "'")
    .replace(SPACES, " ")
    .replace(/^ | $/g, "");

/** Names that were asked for. @type {Map<string, string>} */
const nameKeys = new Map();

/** What mentions of one name share. @param {string} name @returns {string} */
export function nameKey(name) {
  const key = nameKeys.get(name) ?? plainName(name).toUpperCase().toLowerCase();
  nameKeys.set(name, key);
  return key;
}

/** Whether a change of some scope at a place of the text speaks of another place of it, or of the name. @param {{start: number, name: string}} one  @param {{start: number, name: string}} other  @param {string} scope */
const same = (one, other, scope) => (scope === "here" ? one.start === other.start : nameKey(one.name) === nameKey(other.name));

/** The change that decides a name: the narrowest; one that only says that it was missed if there is no other. @param {Change[]} changes  @param {{start: number, name: string}} mention */
export function ruling(changes, mention) {
  const own = changes.filter((one) => same(one, mention, one.scope));
  const placed = own.filter((one) => one.place || one.decision === "no-place");
  return SCOPES.map((scope) => placed.find((one) => one.scope === scope)).find(Boolean) || own[0] || null;
}

/** The changes with one more, without those that it overrules; a missed name stays one. @param {Change[]} changes  @param {Change} change @returns {Change[]} */
export function amend(changes, change) {
  const width = SCOPES.indexOf(change.scope);
  const [kept, last] = [/** @type {Change[]} */ ([]), { ...change }];
  for (const one of changes) {
    if (SCOPES.indexOf(one.scope) > width || !same(one, change, change.scope)) kept.push(one);
    else if (change.place && one.decision === "missing") {
      if (width) kept.push({ ...one, place: null });
      else last.decision = "missing";
    }
  }
  return [...kept, last];
}

/** Read "36.2, 37.16", with decimal commas or hemispheres too. @param {string} text @returns {[number, number] | null} */
export function readPoint(text) {
  const found = [...text.matchAll(/([-−]?\d+(?:[.,]\d+)?)\s*°?\s*([SWO]?)/gi)];
  const [lat, lon] = found.map(([, digits, side]) => (side ? -1 : 1) * Number(digits.replace(",", ".").replace("−", "-")));
  return found.length === 2 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : null;
}

/** A cell that neither breaks the row nor is taken for a formula. @param {string | number} value */
export function cell(value) {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\n\r\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {(string | number)[][]} rows */
export const csv = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");

/** The file that `--corrections` reads. @param {Change[]} changes  @param {string} document  name of the text  @param {string} text */
export const changesFile = (changes, document, text) =>
  csv([
    COLUMNS.split(","),
    ...changes.map(({ start, end, name, scope, decision, place }) => [
      scope === "everywhere" ? "" : document,
      ...[start, end].map((offset) => (scope === "here" ? codePoints(text.slice(0, offset)) : "")),
      ...[name, scope, decision],
      ...(place ? [place.id.replace(/^said:.*/s, ""), place.name, place.kind, place.country, ...place.at] : Array(6).fill("")),
      "",
    ]),
  ]);
