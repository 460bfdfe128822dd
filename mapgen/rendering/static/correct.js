// Stores the reader's corrections, undoes them, and applies them to the page's data.

import { SCOPES, amend, codePoints, nameKey, ruling } from "./changes.js";
import {
  Mention,
  blockStarts,
  given,
  kinds,
  mentionRow,
  mentions,
  nameOf,
  numbered,
  origin,
  places,
  source,
} from "./data.js";
import { find } from "./dom.js";
import { anywhere, plainName } from "./fold.js";
import { change, open, state } from "./store.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Spot} Spot */
/** @typedef {{start: number, end: number}} Span */

const KEY = `mapgen:${origin.key}`;
const FACTS = "start end name scope decision place id own kind country admin at source geonameid population".split(" ");
const found = [...mentions];
/** @type {Change[]} */
export const changes = [];
/** @type {Change[][]} */
const before = [];

/** @param {Spot} spot @returns {any} */
function placeOf(spot) {
  const known = places.find((one) => one.id === spot.id);
  return known || places[places.push(/** @type {any} */ ({ ...spot, number: places.length, mentions: [] })) - 1];
}

/** @param {Span} one  @param {Span} other */
const crosses = (one, other) => one.start < other.end && other.start < one.end;

/**
 * The mention that a change marks; its excerpt is about the sentence.
 * @param {Span} change
 */
function marked({ start, end }) {
  const old = numbered.find((mention) => mention.start === start && mention.end === end);
  if (old) return old;
  // A line end inside a block only wraps a line.
  const block = blockStarts.filter((one) => one <= start).length;
  const head = source
    .slice(Math.max(blockStarts[block - 1] ?? 0, start - 240), start)
    .replace(/^[^]*[.!?…]["»”]?\s\s*|^\s+/, "");
  const tail = source
    .slice(end, Math.min(blockStarts[block] ?? source.length, end + 240))
    .replace(/([.!?…])\s[^]*/, "$1")
    .trimEnd();
  const row = mentionRow({
    start,
    end,
    point: codePoints(source.slice(0, start)),
    excerptStart: start - head.length,
    excerptEnd: end + tail.length,
    place: -1,
    metonymic: 0,
    p: 0,
    reasons: [],
    rivals: [],
    relation: 0,
    kind: "",
    name: "",
    address: -1,
  });
  return numbered[numbered.push(new Mention(row, numbered.length)) - 1];
}

/** Apply the changes to the page's data. */
function apply() {
  const added = changes
    .filter((one) => one.decision === "missing")
    .map(marked)
    .filter((mention) => mention.missed);
  for (const place of places) place.mentions = [];
  // A name that the reader has marked replaces names that overlap it.
  const all = added.length
    ? [...found.filter((one) => !added.some((other) => crosses(one, other))), ...added].sort(
        (a, b) => a.start - b.start,
      )
    : found;
  mentions.length = 0;
  for (const mention of all) {
    const said = ruling(changes, { start: mention.start, name: nameOf(mention) });
    mention.decided = said;
    mention.place = said?.place ? placeOf(said.place) : said && said.decision !== "missing" ? null : mention.first;
    mentions.push(mention);
    mention.place?.mentions.push(mention);
  }
  for (const place of places) {
    place.p = Math.max(0, ...place.mentions.map((mention) => mention.p));
    place.decided = place.mentions.some((mention) => mention.decided?.place);
  }
}

/** @param {Change[]} next  @param {Mention | null} [mention]  to be shown then */
function become(next, mention = state.mention) {
  changes.splice(0, changes.length, ...next);
  try {
    localStorage.setItem(KEY, JSON.stringify(next, FACTS));
  } catch {
    // Without storage, or with a full one, the changes are lost with the page: it says so.
    find(".unsaved").hidden = false;
  }
  apply();
  open(mention && mentions.includes(mention) ? mention : null, { changes: state.changes + 1 });
}

/** @param {Change[]} next  @param {Mention} [mention] */
function commit(next, mention) {
  before.push([...changes]);
  become(next, mention);
}

export const undoable = () => before.length > 0 || changes.length > 0;

/** @returns {boolean} whether there was anything to undo */
export function undo() {
  const any = undoable();
  if (any) become(before.pop() || changes.slice(0, -1));
  return any;
}

/** @param {Change} taken */
export const withdraw = (taken) => commit(changes.filter((one) => one !== taken));

/**
 * Decide what a name means: a place, or none.
 * @param {Mention} mention
 * @param {string} scope
 * @param {Spot | null} place
 */
export function decide(mention, scope, place) {
  const { start, end } = mention;
  commit(
    amend(changes, { start, end, name: nameOf(mention), scope, decision: place ? "place" : "no-place", place }),
    mention,
  );
}

/** Mark names that were missed. @param {[number, number][]} spans */
export function markMissed(spans) {
  const marks = spans.map(([start, end]) => ({
    start,
    end,
    name: plainName(source.slice(start, end)),
    scope: "here",
    decision: "missing",
    place: null,
  }));
  commit(
    [...changes.filter((one) => one.scope !== "here" || !marks.some((other) => crosses(one, other))), ...marks],
    marked(marks[0]),
  );
}

/**
 * The spans of a name in the text as whole words that are not marked.
 * @param {string} name
 * @returns {[number, number][]}
 */
export function unmarked(name) {
  const key = nameKey(name);
  if (!key) return [];
  const hits = source.matchAll(anywhere(key));
  const spans = Array.from(hits, (one) => /** @type {[number, number]} */ ([one.index, one.index + one[0].length]));
  let next = 0;
  return spans.filter(([start, end]) => {
    while (mentions[next]?.end <= start) next += 1;
    return next === mentions.length || mentions[next].start >= end;
  });
}

/** The name that stands at a place of the text. @param {{start: number, end: number}} span */
const nameAt = ({ start, end }) => {
  const mention = numbered.find((one) => one.start === start && one.end === end);
  return mention ? nameOf(mention) : plainName(source.slice(start, end));
};

/** Whether a stored change is valid. @param {Change} change */
const isSound = ({ scope, decision, place }) =>
  SCOPES.includes(scope) &&
  /^(place|no-place|missing)$/.test(decision) &&
  (!place || (place.kind in kinds && place.at?.length === 2 && place.at.every(Number.isFinite)));

/** Take over the corrections that are stored for this text. */
function readStore() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    const sound = kept.filter((/** @type {Change} */ one) => one.name && nameAt(one) === one.name && isSound(one));
    changes.splice(0, changes.length, ...sound);
  } catch {
    return; // no storage for this page
  }
}

/** Apply the corrections that are stored, and those that the same page stores in another tab. */
export function restore() {
  readStore();
  if (changes.length) {
    apply();
    change({ changes: 1 });
  }
  addEventListener("storage", ({ key }) => {
    if (key !== KEY) return;
    readStore();
    apply();
    open(state.mention && mentions.includes(state.mention) ? state.mention : null, { changes: state.changes + 1 });
  });
}

/** The decisions that were given to the program and that no change replaces. @returns {Change[]} */
export const carried = () =>
  given
    .map(([number, decision]) => ({ mention: numbered[number], decision }))
    .filter(({ mention }) => !mention.decided)
    .map(({ mention: { start, end, place }, decision }) => ({
      ...{ start, end, scope: "here", decision, place },
      name: plainName(source.slice(start, end)),
    }));
