// Which places and passages a search finds, and their order.

import { language, places, source } from "./data.js";
import { button, find, make, numbersOf, put } from "./dom.js";
import { anywhere, fold, oneLine, plainName } from "./fold.js";
import { countryName, number } from "./format.js";
import { rankOf } from "./likeness.js";
import { mentions, nameOf } from "./mention.js";
import { byWeight, change, isShown, state } from "./store.js";
import { showSpan } from "./text.js";

const MOST_PASSAGES = 40;
export const panel = find("#places");

/** @type {Intl.Collator} */
let collator;

/** What a search looks through, by place: its names, its country. @type {[string[], string][]} */
export const folded = [];

/** How well a place answers a query, the best first; 4 for not at all. @param {Place} place  @param {string} query */
function rankPlace(place, query) {
  const names = () => [...new Set([place.name, place.own || "", ...place.mentions.map(nameOf)].map(fold))];
  const [own, country_] = (folded[place.number] ??= [names(), fold(countryName(place.country))]);
  return Math.min(rankOf(query, own), country_.startsWith(query) ? 2.5 : 4);
}

/** @param {string} a  @param {string} b */
export function byName(a, b) {
  collator ??= new Intl.Collator(language, { sensitivity: "base", numeric: true });
  return collator.compare(a, b);
}

/** @type {Record<string, (a: Place, b: Place) => number>} */
const ORDERS = {
  text: (a, b) => a.mentions[0].start - b.mentions[0].start,
  name: (a, b) => byName(a.name, b.name),
  mentions: byWeight,
  probability: (a, b) => b.p - a.p,
};

/** Places that the search and the filters leave, in the chosen order. */
export function listed() {
  const query = fold(state.query);
  /** @type {number[]} */
  const ranks = [];
  return places
    .filter((place) => isShown(place) && (ranks[place.number] = query ? rankPlace(place, query) : 0) < 4)
    .sort((a, b) => ranks[a.number] - ranks[b.number] || ORDERS[state.sort](a, b) || a.number - b.number);
}

/** Show where the text has the searched words. @returns {string} numbers of the places in those passages */
export function fillPassages() {
  const words_ = plainName(state.query);
  const hits = words_.length < 3 ? [] : [...source.matchAll(anywhere(words_))];
  find(".passages", panel).hidden = !hits.length;
  put(find(".passages .count", panel), number(hits.length));
  const items = hits.slice(0, MOST_PASSAGES).map(({ index, 0: hit }) => {
    const [from, end] = [Math.max(0, index - 50), index + hit.length];
    const inside = mentions.filter((mention) => mention.place && mention.start < end + 50 && mention.end > from);
    const attributes = {
      class: "passage",
      "data-place": numbersOf([...new Set(inside.map(({ place }) => place))]),
      click: (/** @type {Event} */ event) => {
        event.stopPropagation();
        change({ tab: "text" });
        showSpan(index, end);
      },
    };
    const [before, after] = [source.slice(from, index), source.slice(end, end + 50)].map(oneLine);
    return button(attributes, `… ${before}`, make("mark", {}, oneLine(hit)), `${after} …`);
  });
  put(find(".passages ul", panel), ...items.map((item) => make("li", {}, item)));
  return items.map((item) => item.dataset.place).join(" ");
}
