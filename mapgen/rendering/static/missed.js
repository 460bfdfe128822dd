// Marks names that the program missed: selected words, or those of a search.

import { nameKey } from "./changes.js";
import { markMissed } from "./correct.js";
import { source } from "./data.js";
import { button, find, put } from "./dom.js";
import { anywhere } from "./fold.js";
import { say } from "./format.js";
import { clamp } from "./geo.js";
import { mentions, nameIn } from "./mention.js";
import { state } from "./store.js";

const AT_MOST = 200; // words that are more frequent are not a missed name
export const bubble = find("#bubble");

/**
 * The spans of a name in the text as whole words that are not marked.
 * @param {string} name
 * @returns {[number, number][]}
 */
function unmarked(name) {
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

/**
 * The selected words of the text, without white space and punctuation at their ends.
 * @returns {[number, number] | null}
 */
function selected() {
  const chosen = getSelection();
  const range = chosen?.rangeCount && chosen.getRangeAt(0);
  if (!range || !find("#source").contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(find("#source"), 0);
  before.setEnd(range.startContainer, range.startOffset);
  const [, edge, name] = /** @type {string[]} */ (/^([\s\p{P}]*)(.*?)[\s\p{P}]*$/su.exec(range.toString()));
  const start = before.toString().length + edge.length;
  const end = start + name.length;
  return name && name.length < 120 && !mentions.some((mention) => mention.start === start && mention.end === end)
    ? [start, end]
    : null;
}

export function markSelected() {
  const span = selected();
  if (!span) return;
  getSelection()?.removeAllRanges();
  markMissed([span]);
  find("#card .tools button:not([hidden])").focus();
}

/** Offer to mark the selection, beside it and in the bar above the text. */
export function offerSelected() {
  const span = selected();
  find("#mark").disabled = bubble.hidden = !span;
  if (!span) return;
  put(bubble, say("mark_name", { name: nameIn(...span) }));
  const box = /** @type {Selection} */ (getSelection()).getRangeAt(0).getBoundingClientRect();
  bubble.style.left = `${clamp(box.left, 8, innerWidth - bubble.offsetWidth - 8)}px`;
  bubble.style.top = `${Math.min(innerHeight - bubble.offsetHeight - 8, box.bottom + 8)}px`;
}

/** Offer to mark the searched words where the text has them and no mention does. */
export function offerSearched() {
  const spans = unmarked(state.query);
  const offered = spans.length > AT_MOST ? [] : spans.slice(0, 1);
  put(
    find("#offer"),
    ...offered.map((span) =>
      button({ click: () => markMissed(spans) }, say("mark_found", { name: nameIn(...span), n: spans.length })),
    ),
  );
}
