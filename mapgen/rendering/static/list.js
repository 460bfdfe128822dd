// The list of places, and names without a place.

import { registerActions } from "./actions.js";
import { words } from "./data.js";
import { all, body, button, find, listen, look, make, markPlace, numbersOf, piece, put, sign } from "./dom.js";
import { fold } from "./fold.js";
import { count, countryName, described, number, percent, say, whyUnplaced } from "./format.js";
import { mentions, nameOf } from "./mention.js";
import { byName, fillPassages, folded, listed, panel } from "./search.js";
import {
  FILTERS,
  change,
  looksOf,
  namedPlaces,
  open,
  openFirst,
  openPlace,
  state,
  visibleMentions,
  watch,
} from "./store.js";

const AT_ONCE = 120; // rows; a longer list has a button for more
const [search, floor, country] = ["search", "floor", "country"].map((id) => find(`#${id}`));
let most = AT_ONCE;

/** On the map the places that were found stand out. @param {string} numbers */
function answerOnMap(numbers) {
  look(body, { searching: numbers.trim() });
  markPlace("found", numbers);
}

/** @param {Place} place */
function row(place) {
  const sure = place.decided ? ["✓", words.decided] : [percent(place.p), words.certainty];
  const item = button(
    { class: `item k-${place.kind}`, "data-place": place.number, "aria-current": place === openPlace() },
    sign(place.kind, visibleMentions(place).length),
    piece("what", make("bdi", { class: "name" }, place.name), piece("where", described(place))),
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
  floor.ariaValueText = percent(state.floor);
  fillCountries();
  notOnMap();
}

function fillCountries() {
  const codes = [...new Set(namedPlaces().map((place) => place.country))].filter(Boolean);
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
  const items = missing.map((mention) => {
    const name = button({ class: "goto", click: () => open(mention, { tab: "text" }) }, nameOf(mention));
    return make("li", {}, name, piece("where", whyUnplaced(mention)));
  });
  put(find(".missing", panel), ...items);
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
  watch(["changes"], () => (folded.length = 0));
  watch(["query", "sort", "tab"], () => (most = AT_ONCE));
  watch([...FILTERS, "query", "sort", "tab"], fillList);
  watch(["mention"], () => {
    for (const item of all(".item", panel)) item.ariaCurrent = Number(item.dataset.place) === openPlace()?.number;
  });
  listen(document, "input", ({ target: { dataset, value } }) => {
    if (dataset.key)
      change({
        [dataset.key]: dataset.key === "floor" ? Number(value) : value,
        tab: search.value ? "places" : state.tab,
      });
  });
  listen(search, "keydown", (event) => {
    if (event.key === "Enter") openFirst(listed()[0]);
    if (event.key === "ArrowDown") find(".item", panel)?.focus();
  });
}
