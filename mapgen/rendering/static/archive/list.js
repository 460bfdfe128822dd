// The list of places in the selection: counts, share of the texts, a sign.

import { fold } from "../fold.js";
import { registerActions } from "../actions.js";
import { find, look, make, put, sign, tell } from "../dom.js";
import { count, described, number, percent } from "../format.js";
import { places, words } from "./data.js";
import { isDoubtful } from "./map.js";
import { FILTERS, change, counts, state, watch } from "./state.js";

const STEP = 100;
let shown = STEP;
/** @type {string[] | undefined} */
let keysMade;
/** What is searched in a place, made when a search is first made: the page opens sooner. */
const placeKeys = () => (keysMade ??= places.map(({ name, own, names }) => fold([name, own, ...names].join(" "))));

/** Places of the selection whose names hold the query, in the chosen order. @returns {import("./data.js").Place[]} */
export function selected() {
  const wanted = fold(state.query);
  const keys = wanted ? placeKeys() : [];
  const found = places.filter(
    (place) => counts.mentions[place.number] && (!wanted || keys[place.number].includes(wanted)),
  );
  const by = /** @type {Record<string, (place: any) => number>} */ ({
    expected: ({ number: at, id }) => (id ? -counts.expected[at] : 1),
    documents: ({ number: at, id }) => (id ? -counts.documents[at] : 1),
  })[state.sort];
  return by
    ? found.sort((one, other) => by(one) - by(other))
    : found.sort((one, other) => one.name.localeCompare(other.name, document.documentElement.lang));
}

/** What is counted of a place, in words. @param {number} at */
export const countsInWords = (at) => [
  count("mention", counts.mentions[at]),
  `${number(counts.expected[at], counts.expected[at] < 10 ? 1 : 0)} ${words.expected}`,
  count("document", counts.documents[at]),
  words.share_of_documents.replace("{share}", percent(counts.all ? counts.documents[at] / counts.all : 0)),
];

/** @param {import("./data.js").Place} place */
function item(place) {
  const { number: at, id, kind, name } = place;
  const button = make(
    "button",
    { type: "button", class: `item k-${kind || "none"}`, click: () => change({ place: at }) },
    ...(kind ? [sign(kind)] : []),
    make(
      "span",
      { class: "what" },
      make("span", { class: "name", dir: "auto" }, id ? name : words.no_place_row),
      make(
        "span",
        { class: "where" },
        [id ? described(place) : "", ...countsInWords(at).slice(0, 1), ...countsInWords(at).slice(2)]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
    make(
      "span",
      { class: "p", title: words.expected_title },
      "≈ " + number(counts.expected[at], counts.expected[at] < 10 ? 1 : 0),
    ),
  );
  look(button, { doubtful: isDoubtful(at) });
  return make("li", {}, button);
}

function fill() {
  const found = selected();
  put(find("#list"), ...found.slice(0, shown).map(item));
  tell(find(".found"), found.length ? count("selection", found.filter(({ id }) => id).length) : words.nothing_selected);
  offerMore("more", found.length - shown);
}

/** Show the button that adds to a list, with how many rows are left, where any are. */
export function offerMore(/** @type {string} */ action, /** @type {number} */ left) {
  const button = find(`[data-do=${action}]`);
  button.parentElement.hidden = left <= 0;
  put(button, words.more.replace("{n}", number(Math.max(0, left))));
}

let later = 0;
/** Fill the list when the brush rests: the map follows every step of it. */
function fillSoon() {
  clearTimeout(later);
  later = window.setTimeout(fill, 60);
}

export function startList() {
  registerActions({
    more: () => {
      shown += STEP;
      fill();
    },
  });
  for (const [id, key] of [
    ["floor", "floor"],
    ["sense", "sense"],
    ["sort", "sort"],
  ])
    find(`#${id}`).addEventListener("input", (/** @type {any} */ event) =>
      change({ [key]: key === "floor" ? Number(event.target.value) : event.target.value }),
    );
  find("#without").addEventListener("change", (/** @type {any} */ event) => change({ without: event.target.checked }));
  watch(["floor", "without", "sense", "sort"], () => {
    find("#floor").value = state.floor;
    put(find("output[for=floor]"), percent(state.floor));
    [find("#without").checked, find("#sense").value, find("#sort").value] = [state.without, state.sense, state.sort];
  });
  watch([...FILTERS, "sort", "query"], fillSoon);
  put(find("output[for=floor]"), percent(0));
  fill();
}
