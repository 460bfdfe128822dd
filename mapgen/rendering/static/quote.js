// Passages of the source, word for word and each on one line, with the names in them marked.

import { blockAt, blockEnds, source } from "./data.js";
import { make, piece, write } from "./dom.js";
import { oneLine } from "./fold.js";
import { nameOf } from "./mention.js";

/** @typedef {{span: [number, number], inside: Mention[]}} Passage */

/**
 * The passages of mentions; mentions in one sentence share one.
 * @param {Mention[]} all
 * @returns {Passage[]}
 */
export function passages(all) {
  /** @type {Passage[]} */
  const found = [];
  for (const mention of all) {
    const [start, end] = mention.excerpt;
    const last = found.at(-1);
    if (!last || start >= last.span[1]) found.push({ span: [start, end], inside: [mention] });
    else {
      last.inside.push(mention);
      last.span = [Math.min(last.span[0], start), Math.max(last.span[1], end)];
    }
  }
  return found;
}

/**
 * A passage; the words of the relation of one of its names are emphasised.
 * @param {[number, number]} span
 * @param {Mention[]} inside
 * @param {Mention | null} one whose card is open
 */
function quote([start, end], inside, one) {
  // A passage with quotation marks of its own gets no others; dots show where it is cut in the middle of a sentence.
  const text = make("q", { dir: "auto", class: /["«»“”„]/.test(source.slice(start, end)) ? "bare" : "" });
  const [first, last] = blockEnds(blockAt(start));
  const head = source.slice(first, start).trim();
  const tail = source.slice(end, last).trim();
  const phrases = inside.flatMap(({ relation }) => (relation ? [relation] : []));
  /** @param {number} from  @param {number} to */
  const plain = (from, to) => {
    for (const [left, right] of phrases.map((phrase) => [Math.max(phrase[0], from), Math.min(phrase[1], to)])) {
      if (left >= right || left < from) continue;
      write(text, oneLine(source.slice(from, left)), piece("phrase", oneLine(source.slice(left, right))));
      from = right;
    }
    write(text, oneLine(source.slice(from, to)));
  };
  let at = start;
  if (head && !/[.!?…:;"»”)—-]$/.test(head)) write(text, "… ");
  for (const mention of inside) {
    plain(at, mention.start);
    write(text, make("mark", { class: mention === one ? "current" : "" }, nameOf(mention)));
    at = mention.end;
  }
  plain(at, end);
  if (tail && !/[.!?…:;"»”)]$/.test(source.slice(start, end))) write(text, " …");
  return text;
}

/**
 * A passage with its place in the source behind it, where that is known.
 * @param {[number, number]} span
 * @param {Mention[]} inside
 * @param {Mention | null} one whose card is open
 */
export function cited(span, inside, one) {
  const { address } = inside[0];
  return [quote(span, inside, one), ...(address ? [" ", make("cite", {}, address)] : [])];
}
