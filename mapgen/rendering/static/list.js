// The list of places: search without accents, order, filters, and what is not on the map.

import { language, mentions, nameOf, places, words } from "./data.js";
import { button, classes, find, make, select } from "./dom.js";
import { fold } from "./fold.js";
import { count, countryName, described, late, number, percent, say, whyUnplaced } from "./format.js";
import { lights, onLight } from "./markers.js";
import { sign } from "./shapes.js";
import { FILTERS, change, isShown, looksOf, open, openMention, state, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

const AT_ONCE = 120; // rows: of a longer list the reader asks for more
const panel = find("#places");
const collator = late(() => new Intl.Collator(language, { sensitivity: "base", numeric: true }));
/** What a search looks through, by place. */
let folded = late(foldAll);
function foldAll() {
  return places.map((place) => fold([place.name, place.own || "", ...new Set(place.mentions.map(nameOf)), countryName(place.country)].join(" | ")));
}
/** @type {Map<number, HTMLElement>} */
const rows = new Map();

/** @type {Record<string, (a: Place, b: Place) => number>} */
const ORDERS = {
  text: (a, b) => a.mentions[0].start - b.mentions[0].start,
  name: (a, b) => collator().compare(a.name, b.name),
  mentions: (a, b) => b.mentions.length - a.mentions.length,
  probability: (a, b) => b.p - a.p,
};

/** Places that the search and the filters leave, in the chosen order. */
export function listed() {
  const query = fold(state.query);
  const order = ORDERS[state.sort] || ORDERS.text;
  return places
    .filter((place) => isShown(place) && (!query || folded()[place.number].includes(query)))
    .sort((a, b) => order(a, b) || a.number - b.number);
}

/** @param {Place} place */
function row(place) {
  const look = classes(`item k-${place.kind}`, looksOf(place));
  const item = button("", { class: look, "data-place": place.number, click: () => open(place), ...lights(place) });
  item.append(
    sign(place.kind, String(visibleMentions(place).length)),
    make("span", { class: "what" }, make("bdi", { class: "name" }, place.name), make("span", { class: "where" }, described(place))),
    place.decided ? make("span", { class: "p", title: words.decided }, "✓") : make("span", { class: "p", title: words.certainty }, percent(place.p)),
  );
  rows.set(place.number, item);
  return make("li", {}, item);
}

/** @param {number} [most]  rows */
function fillList(most = AT_ONCE) {
  if (panel.hidden) return;
  const box = panel.querySelector(".controls");
  if (!box.hasChildNodes()) box.append(...controls());
  const found = listed();
  rows.clear();
  const list = panel.querySelector(".list");
  list.replaceChildren(...found.slice(0, most).map(row));
  if (found.length > most) list.append(make("li", { class: "more" }, button(say("more", { n: found.length - most }), { class: "goto", click: () => goOn(most) })));
  panel.querySelector(".found").textContent = found.length ? count("found", found.length) : words.found_none;
  notOnMap();
  emphasiseRow();
}

/** Show more rows, and go to the first of them. @param {number} from */
function goOn(from) {
  fillList(from + AT_ONCE);
  panel.querySelectorAll(".item")[from].focus();
}

function emphasiseRow() {
  for (const [index, item] of rows) item.setAttribute("aria-current", String(state.place?.number === index));
}

function controls() {
  const countries = [...new Set(places.map((place) => place.country).filter(Boolean))].map((code) => [code, countryName(code)]);
  countries.sort((a, b) => collator().compare(a[1], b[1]));
  const sorts = ["text", "name", "mentions", "probability"].map((key) => [key, words[`sort_${key}`]]);
  const share = make("output", {}, percent(0));
  const slider = make("input", {
    type: "range",
    min: 0,
    max: 0.95,
    step: 0.05,
    value: 0,
    input: () => {
      share.textContent = percent(Number(slider.value));
      change({ floor: Number(slider.value) });
    },
  });
  watch(["floor"], () => {
    slider.value = String(state.floor);
    share.textContent = percent(state.floor);
  });
  const parts = [
    select(words.sort, sorts, state.sort, (sort) => change({ sort })),
    make("label", {}, make("span", {}, words.floor), slider, share),
  ];
  if (countries.length > 1) {
    const chooser = select(words.country_filter, [["", words.country_every], ...countries], state.country, (country) => change({ country }));
    watch(["country"], () => (chooser.querySelector("select").value = state.country));
    parts.push(chooser);
  }
  return parts;
}

function notOnMap() {
  const missing = mentions.filter((mention) => !mention.place);
  const items = missing.map((mention) =>
    make(
      "li",
      {},
      button(nameOf(mention), { class: "goto", click: () => openMention(mention, { tab: "text" }) }),
      make("span", { class: "where" }, whyUnplaced(mention)),
    ),
  );
  const title = make("h2", {}, `${words.unplaced} `, make("span", { class: "count" }, number(missing.length)));
  panel.querySelector(".unplaced").replaceChildren(...(missing.length ? [title, make("ul", { class: "missing" }, ...items)] : []));
}

export function startList() {
  panel.append(make("div", { class: "controls" }), make("p", { class: "found", role: "status" }), make("ol", { class: "list" }), make("div", { class: "unplaced" }));
  watch(["changes"], () => (folded = late(foldAll)));
  watch([...FILTERS, "query", "sort", "tab"], () => fillList());
  watch(["place"], emphasiseRow);
  onLight((place, before) => {
    if (before) rows.get(before.number)?.classList.remove("lit");
    if (place) rows.get(place.number)?.classList.add("lit");
  });
  const search = find("#search");
  search.addEventListener("input", () => change({ query: search.value, tab: search.value ? "places" : state.tab }));
  search.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") {
      const [first] = listed();
      if (first) open(first);
    }
    if (event.key === "ArrowDown") panel.querySelector(".item")?.focus();
  });
}
