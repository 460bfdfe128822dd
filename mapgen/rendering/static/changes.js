// The reader's corrections as plain data: the decision that applies to a name, and the file of all decisions.

import { plainName } from "./fold.js";

/**
 * @typedef {{id: string, name: string, kind: string, country: string, at: [number, number], [fact: string]: any}}
 *   Spot a place, as a file keeps it
 */
/**
 * @typedef {{start: number, end: number, name: string, scope: string, decision: string, place: Spot | null}} Change
 *   start and end in UTF-16 units
 */

export const SCOPES = ["here", "document", "everywhere"];
export const COLUMNS = "document,start,end,name,scope,decision,place,label,kind,country,lat,lon,note";

/** How many code points a text has. @param {string} text */
export const codePoints = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;

/** Keys of names, computed once. @type {Map<string, string>} */
const nameKeys = new Map();

/** What mentions of one name share. @param {string} name @returns {string} */
export function nameKey(name) {
  const key = nameKeys.get(name) ?? plainName(name).toUpperCase().toLowerCase();
  nameKeys.set(name, key);
  return key;
}

/**
 * Whether a change of a scope applies to another mention.
 * @param {{start: number, name: string}} one
 * @param {{start: number, name: string}} other
 * @param {string} scope
 */
const same = (one, other, scope) =>
  scope === "here" ? one.start === other.start : nameKey(one.name) === nameKey(other.name);

/**
 * The change that decides a name: that with the narrowest scope; one that only marks a missed name if there is no
 * other.
 * @param {Change[]} changes
 * @param {{start: number, name: string}} mention
 */
export function ruling(changes, mention) {
  const own = changes.filter((one) => same(one, mention, one.scope));
  const placed = own.filter((one) => one.place || one.decision === "no-place");
  return SCOPES.map((scope) => placed.find((one) => one.scope === scope)).find(Boolean) || own[0] || null;
}

/**
 * The changes with one more and without those that it replaces; the mark of a missed name stays.
 * @param {Change[]} changes
 * @param {Change} change
 * @returns {Change[]}
 */
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

/**
 * Read "36.2, 37.16", with decimal commas or hemispheres too.
 * @param {string} text
 * @returns {[number, number] | null}
 */
export function readPoint(text) {
  const found = [...text.matchAll(/([-−]?\d+(?:[.,]\d+)?)\s*°?\s*([SWO]?)/gi)];
  const [lat, lon] = found.map(
    ([, digits, side]) => (side ? -1 : 1) * Number(digits.replace(",", ".").replace("−", "-")),
  );
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

/**
 * The file that `--corrections` reads.
 * @param {Change[]} changes
 * @param {string} document name of the text
 * @param {string} text
 */
export const changesFile = (changes, document, text) =>
  csv([
    COLUMNS.split(","),
    ...changes.map(({ start, end, name, scope, decision, place }) => [
      scope === "everywhere" ? "" : document,
      ...[start, end].map((offset) => (scope === "here" ? codePoints(text.slice(0, offset)) : "")),
      ...[name, scope, decision],
      ...(place
        ? [place.id.replace(/^said:.*/s, ""), place.name, place.kind, place.country, ...place.at]
        : Array(6).fill("")),
      "",
    ]),
  ]);
