// Stores the reader's corrections, and undoes them.

import { apply, changes, crosses, marked } from "./apply.js";
import { SCOPES, amend } from "./changes.js";
import { kinds, origin } from "./data.js";
import { find, listen } from "./dom.js";
import { mentionOf, mentions, nameIn, nameOf } from "./mention.js";
import { change, open, state } from "./store.js";

const KEY = `mapgen:${origin.key}`;
const FACTS = "start end name scope decision place id own kind country admin at source geonameid population".split(" ");

/** @type {Change[][]} */
const before = [];

/** Apply the changes, and show a mention if there still is one. @param {Mention | null} [mention] */
function renew(mention = state.mention) {
  apply();
  open(mention && mentions.includes(mention) ? mention : null, { changes: state.changes + 1 });
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
  renew(mention);
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
    name: nameIn(start, end),
    scope: "here",
    decision: "missing",
    place: null,
  }));
  commit(
    [...changes.filter((one) => one.scope !== "here" || !marks.some((other) => crosses(one, other))), ...marks],
    marked(marks[0]),
  );
}

/** The name that stands at a place of the text. @param {Span} span */
function nameAt(span) {
  const mention = mentionOf(span);
  return mention ? nameOf(mention) : nameIn(span.start, span.end);
}

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
  listen(window, "storage", ({ key }) => {
    if (key !== KEY) return;
    readStore();
    renew();
  });
}
