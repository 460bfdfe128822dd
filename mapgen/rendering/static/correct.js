// The reader's corrections: kept, undone, and carried into what the page knows.

import { amend, codePoints, nameKey, ruling, utf16 } from "./changes.js";
import { Mention, blockStarts, mentions, nameOf, numbered, origin, places, source } from "./data.js";
import { openMention, state } from "./store.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Spot} Spot */

const KEY = `mapgen:${origin.key}`;
const found = [...mentions];
/** @type {Change[]} */
export const changes = [];
/** @type {Change[][]} */
const before = [];

/** What is kept of a place. @param {Spot} place @returns {Spot} */
const spotOf = (place) => Object.assign({ ...place }, { number: undefined, mentions: undefined, p: undefined, radius: undefined, decided: undefined });

/** @param {Spot} spot @returns {import("./data.js").Place} */
function placeOf(spot) {
  let place = places.find((one) => one.id === spot.id);
  if (!place) places.push((place = /** @type {any} */ ({ ...spot, number: places.length })));
  return /** @type {any} */ (place);
}

/** The sentence around a span, as far as one can tell here. @param {number} start  @param {number} end */
function passage(start, end) {
  const block = blockStarts.filter((one) => one <= start).length;
  const head = source.slice(Math.max(blockStarts[block - 1], start - 240), start);
  const tail = source.slice(end, Math.min(blockStarts[block] ?? source.length, end + 240));
  const skip = /^[^]*[.!?…]["»”]?\s+|^\s*/.exec(head);
  const stop = /^[^]*?[.!?…](?=\s|$)/.exec(tail);
  return [start - head.length + (skip ? skip[0].length : 0), end + (stop ? stop[0] : tail.trimEnd()).length];
}

/** The name that a change marks. @param {Change} change */
function marked({ start, end }) {
  const [from, to] = [utf16(source, start), utf16(source, end)];
  const old = numbered.find((mention) => mention.start === from && mention.end === to);
  if (old) return old;
  numbered.push(new Mention([from, to, start, ...passage(from, to), -1, 0, 0, [], [], 0, ""], numbered.length));
  return numbered[numbered.length - 1];
}

/** Make the page's knowledge what the changes say. */
function apply() {
  const added = changes.filter((one) => one.decision === "missing").map(marked).filter((mention) => !found.includes(mention));
  // What the reader has marked takes the room of what lies across it.
  const kept = added.length ? found.filter((one) => !added.some((other) => crosses(one, [other.start, other.end]))) : found;
  for (const place of places) place.mentions = [];
  mentions.length = 0;
  for (const mention of [...kept, ...added].sort((a, b) => a.start - b.start)) {
    mention.decided = ruling(changes, mention.point, nameOf(mention));
    mention.place = mention.decided ? mention.decided.place && placeOf(mention.decided.place) : mention.first;
    mentions.push(mention);
  }
  for (const mention of mentions) if (mention.place) (mention.place.mentions ||= []).push(mention);
  for (const place of places) {
    place.mentions ||= [];
    place.p = Math.max(0, ...place.mentions.map((mention) => mention.p));
    place.decided = place.mentions.some((mention) => mention.decided);
  }
}

/** @param {Mention} mention  @param {[number, number]} span  UTF-16 */
const crosses = (mention, span) => mention.start < span[1] && span[0] < mention.end;

/** The mention whose card is open. */
export const current = () => (state.place ? state.place.mentions[state.turn] : state.loose);

/** @param {Change[]} next  @param {Mention | null} [mention]  to be shown then */
function become(next, mention = current()) {
  changes.splice(0, changes.length, ...next);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // No store for this page, or a full one: the changes live as long as the page.
  }
  apply();
  openMention(mention && mentions.includes(mention) ? mention : null, { changes: state.changes + 1, placing: null });
}

/** @param {Change[]} next  @param {Mention | null} [mention] */
function commit(next, mention) {
  before.push([...changes]);
  become(next, mention);
}

/** @returns {boolean} whether there was something to undo */
export function undo() {
  if (!before.length && !changes.length) return false;
  become(before.pop() || changes.slice(0, -1));
  return true;
}

/** @param {Change} change */
export const withdraw = (change) => commit(changes.filter((one) => one !== change));

/** @param {Mention} mention  @param {string} scope  @param {string} decision  @param {Spot | null} place @returns {Change} */
const changeOf = (mention, scope, decision, place) => ({
  start: mention.point,
  end: mention.point + codePoints(nameOf(mention)),
  ...{ name: nameOf(mention), scope, decision, place },
});

/** Decide what a name means: a place, or none. @param {Mention} mention  @param {string} scope  @param {Spot | null} place */
export function decide(mention, scope, place) {
  commit(amend(changes, changeOf(mention, scope, place ? "place" : "no-place", place && spotOf(place))), mention);
}

/** Mark names that were missed. @param {[number, number][]} spans  UTF-16  @param {Mention} [mention]  to be shown then */
export function mark(spans, mention) {
  const marks = spans.map(([start, end]) => {
    const point = codePoints(source.slice(0, start));
    const name = source.slice(start, end);
    const said = ruling(changes.filter((one) => one.scope !== "here"), point, name);
    return { start: point, end: point + codePoints(name), name, scope: "here", decision: "missing", place: said && said.place };
  });
  const rest = changes.filter((one) => one.scope !== "here" || !marks.some((mark_) => one.start < mark_.end && mark_.start < one.end));
  commit([...rest, ...marks], mention || marked(marks[0]));
}

/** Where a name stands in the text, whole and not marked. @param {string} name @returns {[number, number][]} */
export function unmarked(name) {
  const words = nameKey(name).replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+");
  if (!words) return [];
  const spans = [...source.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, "giu"))];
  return spans.map((one) => /** @type {[number, number]} */ ([one.index, one.index + one[0].length])).filter((span) => !mentions.some((one) => crosses(one, span)));
}

/** Take up what was corrected when the page was last open. */
export function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    changes.push(...kept.filter((/** @type {any} */ one) => one && [one.name, one.scope, one.decision].every((word) => typeof word === "string")));
  } catch {
    return; // no store for this page
  }
  if (changes.length) apply();
}
