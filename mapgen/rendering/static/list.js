// The list of places: search without accents, order, filters, and names without a place.

import { language, mentions, nameOf, places, source, words } from "./data.js";
import { all, button, registerActions, find, look, make, markPlace, numbersOf, put, sign } from "./dom.js";
import { anywhere, fold, oneLine, plainName } from "./fold.js";
import { count, countryName, described, number, percent, say, whyUnplaced } from "./format.js";
import { rankOf } from "./likeness.js";
import {
  FILTERS,
  change,
  isShown,
  looksOf,
  open,
  openFirst,
  openPlace,
  state,
  visibleMentions,
  watch,
} from "./store.js";
import { showSpan } from "./text.js";

/** @typedef {import("./data.js").Place} Place */

const MOST_PASSAGES = 40;
const AT_ONCE = 120; // rows; a longer list has a button for more
const panel = find("#places");
const [search, floor, country] = ["search", "floor", "country"].map((id) => find(`#${id}`));
let most = AT_ONCE;
/** @type {Intl.Collator} */
let collator;

/** What a search looks through, by place: its names, its country. @type {[string[], string][]} */
let folded = [];

/** How well a place answers a query, the best first; 4 for not at all. @param {Place} place  @param {string} query */
function rankPlace(place, query) {
  const names = () => [...new Set([place.name, place.own || "", ...place.mentions.map(nameOf)].map(fold))];
  const [own, country_] = (folded[place.number] ??= [names(), fold(countryName(place.country))]);
  return Math.min(rankOf(query, own), country_.startsWith(query) ? 2.5 : 4);
}

/** @param {string} a  @param {string} b */
function byName(a, b) {
  collator ??= new Intl.Collator(language, { sensitivity: "base", numeric: true });
  return collator.compare(a, b);
}

/** @type {Record<string, (a: Place, b: Place) => number>} */
const ORDERS = {
  text: (a, b) => a.mentions[0].start - b.mentions[0].start,
  name: (a, b) => byName(a.name, b.name),
  mentions: (a, b) => b.mentions.length - a.mentions.length,
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
function fillPassages() {
  const words_ = plainName(state.query);
  const hits = words_.length < 3 ? [] : [...source.matchAll(anywhere(words_))];
  find(".passages", panel).hidden = !hits.length;
  put(find(".passages .count", panel), number(hits.length));
  const items = hits.slice(0, MOST_PASSAGES).map(({ index, 0: hit }) => {
    const [from, end] = [Math.max(0, index - 50), index + hit.length];
    const inside = mentions.filter((mention) => mention.place && mention.start < end + 50 && mention.end > from);
    const item = button("", {
      class: "passage",
      "data-place": numbersOf([...new Set(inside.map(({ place }) => place))]),
      click: (event) => {
        event.stopPropagation();
        change({ tab: "text" });
        showSpan(index, end);
      },
    });
    const before = oneLine(source.slice(from, index));
    const after = oneLine(source.slice(end, end + 50));
    item.append(`… ${before}`, make("mark", {}, oneLine(hit)), `${after} …`);
    return item;
  });
  put(find(".passages ul", panel), ...items.map((item) => make("li", {}, item)));
  return items.map((item) => item.dataset.place).join(" ");
}

/** On the map the places that were found stand out. @param {string} numbers */
function answerOnMap(numbers) {
  look(document.body, { searching: numbers.trim() });
  markPlace("found", numbers);
}

/** @param {Place} place */
function row(place) {
  const sure = place.decided ? ["✓", words.decided] : [percent(place.p), words.certainty];
  const item = button("", {
    class: `item k-${place.kind}`,
    "data-place": place.number,
    "aria-current": place === openPlace(),
  });
  item.append(
    sign(place.kind, visibleMentions(place).length),
    make(
      "span",
      { class: "what" },
      make("bdi", { class: "name" }, place.name),
      make("span", { class: "where" }, described(place)),
    ),
    make("span", { class: "p", title: sure[1] }, sure[0]),
  );
  look(item, looksOf(place));
  return make("li", {}, item);
}

function fillList() {
  if (panel.hidden) {
    answerOnMap("");
    return;
  }
  const found = listed();
  const passages_ = fillPassages();
  answerOnMap(state.query && (numbersOf(found) || passages_));
  put(find(".list", panel), ...found.slice(0, most).map(row));
  find(".more", panel).hidden = found.length <= most;
  put(find(".more button", panel), say("more", { n: found.length - most }));
  put(find(".found", panel), found.length ? count("found", found.length) : words.found_none);
  put(find("output", panel), percent(state.floor));
  floor.value = state.floor;
  floor.setAttribute("aria-valuetext", percent(state.floor));
  fillCountries();
  notOnMap();
}

function fillCountries() {
  const codes = [...new Set(places.filter((place) => place.mentions.length).map((place) => place.country))].filter(
    Boolean,
  );
  const named = codes.map((code) => [code, countryName(code)]).sort((a, b) => byName(a[1], b[1]));
  put(country, ...[["", words.country_every], ...named].map(([value, name]) => make("option", { value }, name)));
  country.value = state.country;
  country.parentElement.hidden = codes.length < 2;
}

function notOnMap() {
  const query = fold(state.query);
  const missing = mentions.filter((mention) => !mention.place && fold(nameOf(mention)).includes(query));
  find(".unplaced", panel).hidden = !missing.length;
  put(find(".unplaced .count", panel), number(missing.length));
  const items = missing.map((mention) => [
    button(nameOf(mention), { class: "goto", click: () => open(mention, { tab: "text" }) }),
    make("span", { class: "where" }, whyUnplaced(mention)),
  ]);
  put(find(".missing", panel), ...items.map((item) => make("li", {}, ...item)));
}

/** Show more rows, and focus the first of them. */
function showMore() {
  const from = most;
  most += AT_ONCE;
  fillList();
  all(".item", panel)[from].focus();
}

export function startList() {
  registerActions({ more: showMore });
  watch(["changes"], () => (folded = []));
  watch(["query", "sort", "tab"], () => (most = AT_ONCE));
  watch([...FILTERS, "query", "sort", "tab"], fillList);
  watch(["mention"], () => {
    for (const item of all(".item", panel))
      item.setAttribute("aria-current", Number(item.dataset.place) === openPlace()?.number);
  });
  document.addEventListener("input", (/** @type {any} */ { target: { dataset, value } }) => {
    if (dataset.key)
      change({
        [dataset.key]: dataset.key === "floor" ? Number(value) : value,
        tab: search.value ? "places" : state.tab,
      });
  });
  search.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") openFirst(listed()[0]);
    if (event.key === "ArrowDown") find(".item", panel)?.focus();
  });
}
