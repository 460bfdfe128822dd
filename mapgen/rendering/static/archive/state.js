// The state of the page of an archive, the functions that run when it changes, and the counts of the selection.

import { PROBABILITY, cells, periods, places, raw } from "./data.js";

export const state = {
  /** @type {number} first day of the selection */ from: -Infinity,
  /** @type {number} last day */ to: Infinity,
  undated: true,
  floor: 0,
  without: false,
  sense: "all",
  /** @type {number} number of the open place, -1 for none */ place: -1,
  /** @type {string} id of the open text, "" for none */ text: "",
  query: "",
  sort: "expected",
  /** @type {"places" | "texts"} */ list: "places",
  /** @type {string} order of the texts */ order: "date",
  /** @type {string} which texts are listed */ only: "all",
};

/** Keys on which the counts depend. */
export const FILTERS = /** @type {(keyof typeof state)[]} */ (["from", "to", "undated", "floor", "without", "sense"]);

/** @type {[string[], () => void][]} */
const watchers = [];
let waiting = 0;
/** @type {Set<string>} */
const changed = new Set();

/** @param {(keyof typeof state)[]} keys  @param {() => void} then */
export const watch = (keys, then) => watchers.push([keys, then]);

/** Change the state; the watchers run once a frame. @param {Partial<typeof state>} part */
export function change(part) {
  Object.assign(state, part);
  for (const key of Object.keys(part)) changed.add(key);
  waiting ||= requestAnimationFrame(settle);
}

/** Run the watchers now. */
export function settle() {
  cancelAnimationFrame(waiting);
  waiting = 0;
  const keys = [...changed];
  changed.clear();
  if (keys.some((key) => FILTERS.includes(/** @type {any} */ (key)))) recount();
  for (const [wanted, then] of watchers) if (keys.some((key) => wanted.includes(key))) then();
}

/** Counts of the selection, by number of the place. */
export const counts = {
  mentions: new Uint32Array(0),
  expected: new Float64Array(0),
  documents: new Uint32Array(0),
  /** Documents of the selection in all. */ all: 0,
};

/** @param {number} day */
const isChosen = (day) => (day === raw.noDay ? state.undated : day >= state.from && day <= state.to);

/** Whether a passage belongs to the selection. @param {import("./excerpts.js").Passage} passage */
export const chosen = ({ document, p, metonymic }) =>
  isChosen(document.day) &&
  p >= state.floor - 1e-6 &&
  !(state.without && document.duplicate) &&
  (state.sense === "all" || (state.sense === "metonymic") === Boolean(metonymic));

/**
 * Whether a text belongs to the selection: its date does, and one of its names, where names are chosen.
 * @param {import("./data.js").Text} text
 */
export function chosenText({ day, duplicate, literal, metonymic }) {
  if (!isChosen(day) || (state.without && duplicate)) return false;
  if (!state.floor && state.sense === "all") return true;
  const best = { all: Math.max(literal, metonymic), literal, metonymic }[state.sense] || 0;
  return best - 1 >= Math.round(state.floor * PROBABILITY);
}

/** Count the selection anew. */
function recount() {
  const { mentions, expected, documents } = counts;
  mentions.fill(0);
  expected.fill(0);
  documents.fill(0);
  const least = Math.round(state.floor * 20);
  const sense = { all: -1, literal: 0, metonymic: 1 }[state.sense];
  const { place, day, n, p, bin, metonymic, duplicate } = cells;
  const texts = sense === -1 ? cells.documents : cells.documents_of_sense;
  const { from, to, undated, without } = state;
  for (let row = 0; row < place.length; row += 1) {
    if (bin[row] < least || (without && duplicate[row])) continue;
    if (sense !== -1 && metonymic[row] !== sense) continue;
    const at = day[row];
    if (at === raw.noDay ? !undated : at < from || at > to) continue;
    mentions[place[row]] += n[row];
    expected[place[row]] += p[row] / 10000;
    documents[place[row]] += texts[row];
  }
  counts.all = 0;
  for (let row = 0; row < periods.day.length; row += 1)
    if (isChosen(periods.day[row])) counts.all += periods.originals[row] + (without ? 0 : periods.duplicates[row]);
}

/** Make the columns, once the data is there. */
export function startCounts() {
  counts.mentions = new Uint32Array(places.length);
  counts.expected = new Float64Array(places.length);
  counts.documents = new Uint32Array(places.length);
  recount();
}
