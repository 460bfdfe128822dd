// What the reader corrects, as plain data: which decision holds for a name, and the file that keeps them.

/** @typedef {{id: string, name: string, kind: string, country: string, at: [number, number], [fact: string]: any}} Spot  a place, as a file keeps it */
/** @typedef {{start: number, end: number, name: string, scope: string, decision: string, place: Spot | null}} Change  start and end in code points */

const SCOPES = ["here", "document", "everywhere"];
const COLUMNS = "document,start,end,name,scope,decision,place,label,kind,country,lat,lon,note";

/** How many code points a text has. @param {string} text */
export const codePoints = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;

/** The UTF-16 offset of a code point. @param {string} text  @param {number} point */
export function utf16(text, point) {
  let at = point;
  for (const { index } of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) {
    if (index >= at) break;
    at += 1;
  }
  return at;
}

/** What mentions of one name share. @param {string} name */
export const nameKey = (name) => name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

/** @param {Change} change  @param {number} start  @param {string} key */
const covers = (change, start, key) => (change.scope === "here" ? change.start === start : nameKey(change.name) === key);

/** The change that decides a name: the narrowest, and of these the latest. @param {Change[]} changes  @param {number} start  @param {string} name */
export function ruling(changes, start, name) {
  const key = nameKey(name);
  const own = changes.filter((one) => (one.place || one.decision === "no-place") && covers(one, start, key)).reverse();
  return SCOPES.map((scope) => own.find((one) => one.scope === scope)).find(Boolean) || null;
}

/** The changes with one more, without those that it overrules; a missed name stays one. @param {Change[]} changes  @param {Change} change */
export function amend(changes, change) {
  const [key, rank] = [nameKey(change.name), SCOPES.indexOf(change.scope)];
  /** @type {Change[]} */
  const kept = [];
  /** @type {Change | null} */
  let whole = change;
  for (const one of changes) {
    if (SCOPES.indexOf(one.scope) > rank || !(rank ? nameKey(one.name) === key : covers(change, one.start, key))) kept.push(one);
    else if (one.decision === "missing") {
      if (!rank) whole = change.place && { ...change, decision: "missing" };
      else if (change.place) kept.push({ ...one, place: change.place });
    }
  }
  return whole ? [...kept, whole] : kept;
}

/** Read "36.2, 37.16", with decimal commas or hemispheres too. @param {string} text @returns {[number, number] | null} */
export function readPoint(text) {
  const number = "([-−]?\\d+(?:[.,]\\d+)?)\\s*°?\\s*";
  const found = new RegExp(`^\\s*${number}([NS]?)(?:\\s*[;,]\\s*|\\s+|(?<=[NS°]))${number}([EWO]?)\\s*$`, "i").exec(text);
  if (!found) return null;
  const [lat, lon] = [found[1], found[3]].map((part) => Number(part.replace(",", ".").replace("−", "-")));
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return [/s/i.test(found[2]) ? -lat : lat, /[wo]/i.test(found[4]) ? -lon : lon];
}

/** A cell that neither breaks the row nor is taken for a formula. @param {string | number} value */
export function cell(value) {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\n\r\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {(string | number)[][]} rows */
export const csv = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");

/** The file that `--corrections` reads. @param {Change[]} changes  @param {string} document  name of the text */
export const changesFile = (changes, document) =>
  csv([
    COLUMNS.split(","),
    ...changes.map(({ start, end, name, scope, decision, place }) => [
      scope === "everywhere" ? "" : document,
      ...(scope === "here" ? [start, end] : ["", ""]),
      ...[name, scope, decision],
      ...(place ? [place.id.replace(/^said:.*/s, ""), place.name, place.kind, place.country, ...place.at] : Array(6).fill("")),
      "",
    ]),
  ]);
