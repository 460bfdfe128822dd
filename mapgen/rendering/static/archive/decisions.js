// The reader's decisions, and the file of them that the next run honours (--corrections).

import { COLUMNS, codePoints, csv, readPoint } from "../changes.js";
import { registerActions } from "../actions.js";
import { find, put } from "../dom.js";
import { count } from "../format.js";
import { save } from "../download.js";
import { raw } from "./data.js";

/** @typedef {{passage: import("./excerpts.js").Passage, scope: string, decision: string, point: [number, number] | null}} Decision */

/** @type {Decision[]} */
const decisions = [];
/** @type {(() => void)[]} */
const listeners = [];

/** @param {() => void} then  called after each decision */
export const afterDecision = (then) => listeners.push(then);

/** Whether a decision applies to a passage. @param {Decision} decision @param {import("./excerpts.js").Passage} passage */
function applies({ passage: own, scope }, passage) {
  if (own.name !== passage.name) return false;
  if (scope === "everywhere") return true;
  return own.document === passage.document && (scope === "document" || own.start === passage.start);
}

/** The last decision on a passage. @param {import("./excerpts.js").Passage} passage */
export const decisionOn = (passage) => decisions.findLast((decision) => applies(decision, passage));

/** The point that the reader has typed, or null. */
export const typedPoint = () => readPoint(find("#point").value);

/** @param {import("./excerpts.js").Passage} passage  @param {string} decision  @param {[number, number] | null} [point] */
export function decide(passage, decision, point = null) {
  decisions.push({ passage, decision, point, scope: find("#scope").value });
  tellAll();
}

function tellAll() {
  for (const name of ["keep", "undo"]) find(`[data-do=${name}]`).hidden = !decisions.length;
  put(find("#changes"), decisions.length ? count("changes", decisions.length) : "");
  for (const then of listeners) then();
}

/** @param {Decision} decision */
function row({ passage, scope, decision, point }) {
  const { place, document: text, start, end, name } = passage;
  const placed = decision === "place";
  return [
    scope === "everywhere" ? "" : text.id,
    ...(scope === "here" ? [start, end] : ["", ""]),
    ...[name, scope, decision],
    ...(placed && !point ? [place.id] : [""]),
    ...(placed ? [point ? name : place.name, place.kind, place.country, ...(point || place.at)] : ["", "", "", "", ""]),
    "",
  ];
}

/** The file of all decisions. */
export const decisionsFile = () => csv([COLUMNS.split(","), ...decisions.map(row)]);

export function startDecisions() {
  find("#deciding").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  registerActions({
    keep: () => save(decisionsFile(), "text/csv", ".corrections.csv", raw.title),
    undo: () => {
      decisions.pop();
      tellAll();
    },
  });
}

/** Where a code point is in a string. @param {string} text  @param {number} point */
export function unitOf(text, point) {
  let unit = 0;
  for (let passed = 0; passed < point && unit < text.length; passed += 1)
    unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
  return unit;
}

/** How many code units a name has in a passage. @param {import("./excerpts.js").Passage} passage */
export const unitsOf = ({ text, at, start, end }) =>
  unitOf(text.slice(unitOf(text, at)), Math.min(end - start, codePoints(text)));
