// The list of places: search without accents, order, filters, and names without a place.

import { language, mentions, nameOf, places, words } from "./data.js";
import { all, button, registerActions, find, look, make, put, sign } from "./dom.js";
import { fold } from "./fold.js";
import { count, countryName, described, number, percent, say, whyUnplaced } from "./format.js";
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

/** @typedef {import("./data.js").Place} Place */

const AT_ONCE = 120; // rows; a longer list has a button for more
const panel = find("#places");
const [search, floor, country] = ["search", "floor", "country"].map((id) => find(`#${id}`));
let most = AT_ONCE;
/** @type {Intl.Collator} */
let collator;

/** What a search looks through, by place. @type {string[]} */
let folded = [];
const fields = (/** @type {Place} */ place) =>
  fold([place.name, place.own, ...new Set(place.mentions.map(nameOf)), countryName(place.country)].join(" | "));

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
  return places
    .filter((place) => isShown(place) && (!query || (folded[place.number] ??= fields(place)).includes(query)))
    .sort((a, b) => ORDERS[state.sort](a, b) || a.number - b.number);
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
  if (panel.hidden) return;
  const found = listed();
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
