// Applies the reader's corrections to the page's data.

import { codePoints, ruling } from "./changes.js";
import { blockAt, blockEnds, given, places, source } from "./data.js";
import { Mention, mentionOf, mentionRow, mentions, nameIn, nameOf, numbered } from "./mention.js";

const found = [...mentions];

/** @type {Change[]} */
export const changes = [];

/** @param {Spot} spot @returns {any} */
function placeOf(spot) {
  const known = places.find((one) => one.id === spot.id);
  return known || places[places.push(/** @type {any} */ ({ ...spot, number: places.length, mentions: [] })) - 1];
}

/** @param {Span} one  @param {Span} other */
export const crosses = (one, other) => one.start < other.end && other.start < one.end;

/**
 * The mention that a change marks; its excerpt is about the sentence.
 * @param {Span} change
 */
export function marked({ start, end }) {
  const old = mentionOf({ start, end });
  if (old) return old;
  // A line end inside a block only wraps a line.
  const [first, last] = blockEnds(blockAt(start));
  const head = source.slice(Math.max(first, start - 240), start).replace(/^[^]*[.!?…]["»”]?\s\s*|^\s+/, "");
  const tail = source
    .slice(end, Math.min(last, end + 240))
    .replace(/([.!?…])\s[^]*/, "$1")
    .trimEnd();
  const row = mentionRow({
    start,
    end,
    point: codePoints(source.slice(0, start)),
    excerptStart: start - head.length,
    excerptEnd: end + tail.length,
    p: 0,
    reasons: [],
    rivals: [],
  });
  return numbered[numbered.push(new Mention(row, numbered.length)) - 1];
}

/** Apply the changes to the page's data. */
export function apply() {
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

/** The decisions that were given to the program and that no change replaces. @returns {Change[]} */
export const carried = () =>
  given.flatMap(([number, decision]) => {
    const { start, end, place, decided } = numbered[number];
    return decided ? [] : [{ start, end, name: nameIn(start, end), scope: "here", decision, place }];
  });
