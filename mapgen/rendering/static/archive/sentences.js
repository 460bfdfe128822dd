// What is open: a place or a text with its sentences; and the search in all sentences.

import { fold } from "../fold.js";
import { registerActions } from "../actions.js";
import { find, make, put, sign, tell } from "../dom.js";
import { coordinates, count, described, number } from "../format.js";
import { documents, loadTexts, places, words } from "./data.js";
import { afterDecision } from "./decisions.js";
import { allPassages, passagesIn, passagesOf } from "./excerpts.js";
import { countsInWords } from "./list.js";
import { aboutText, fillSentences, listSentences, showSentences } from "./passages.js";
import { FILTERS, change, chosen, counts, state, watch } from "./state.js";
import { textCounts } from "./texts.js";

const MOST_FOUND = 300;
let turn = 0; // of asynchronous reading: only the last counts
let searching = 0;

/** Show what is open instead of the lists, or the lists. @param {boolean} open */
function showPart(open) {
  find("#sentences").hidden = !open;
  for (const name of ["places", "texts"]) find(`#part-${name}`).hidden = open || state.list !== name;
}

/** @param {string} kind  @param {string} title  @param {string[]} parts  where, counts, limit */
function head(kind, title, parts) {
  const element = find("#sentences .kind");
  element.className = `kind k-${kind || "none"}`;
  put(element, ...(kind ? [sign(kind)] : []));
  put(find("#place-name"), title);
  find("#deciding").hidden = false;
  ["where", "counts", "limit"].forEach((name, at) => tell(find(`#sentences .${name}`), parts[at] || ""));
}

async function openPlace() {
  const place = places[state.place];
  turn += 1;
  const own = turn;
  const { number: at, id, kind } = place;
  const names = words.text_written.replace("{names}", place.names.join(", "));
  const about = id ? [described(place), coordinates(place.at), place.names.length ? names : ""] : [];
  const parts = [about.filter(Boolean).join(" · "), countsInWords(at).join(" · ")];
  head(kind, id ? place.name : words.no_place_row, parts);
  const all = await passagesOf(place);
  if (own !== turn) return;
  const listed = all.filter(chosen);
  const told = words.shown_of.replace("{shown}", number(listed.length)).replace("{all}", number(counts.mentions[at]));
  tell(find("#sentences .limit"), listed.length < counts.mentions[at] ? told : "");
  listSentences(listed);
}

/** Why a text has fewer sentences here than names. @param {import("./data.js").Text} text  @param {number} shown */
function limitOf({ error, toponyms }, shown) {
  if (error) return words[`text_error_${error}`];
  if (!toponyms) return words.text_without_names;
  const told = words.shown_of.replace("{shown}", number(shown)).replace("{all}", number(toponyms));
  return shown < toponyms ? told : "";
}

/** The text that a near-duplicate repeats, as a link. @param {import("./data.js").Text} text */
function originalOf({ original, duplicate }) {
  if (!duplicate) return [];
  const first = documents[original - 1];
  if (!first) return [` · ${words.duplicate_mark}`];
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    change({ text: first.id });
  };
  const link = make("a", { href: `#text=${encodeURIComponent(first.id)}`, click: open }, first.title || first.id);
  const [before, after] = words.duplicate_of.split("{title}");
  return [` · ${before}`, link, after];
}

async function openText() {
  turn += 1;
  const own = turn;
  const text = (await loadTexts()).find(({ id }) => id === state.text);
  if (own !== turn) return;
  if (!text) {
    change({ text: "" });
    return;
  }
  head("", text.title || text.id, [aboutText({ ...text, duplicate: 0 }).join(" · "), textCounts(text).join(" · ")]);
  find("#sentences .where").append(...originalOf(text));
  const listed = await passagesIn(text);
  if (own !== turn) return;
  tell(find("#sentences .limit"), limitOf(text, listed.length));
  find("#deciding").hidden = !listed.length;
  listSentences(listed, true);
}

/** @param {string} wanted  folded  @param {number} own  turn */
async function searchSentences(wanted, own) {
  /** @type {import("./excerpts.js").Passage[]} */
  const found = [];
  const seen = new Set();
  for await (const passages of allPassages()) {
    if (own !== turn) return;
    for (const passage of passages) {
      if (found.length >= MOST_FOUND || !chosen(passage) || !fold(passage.text).includes(wanted)) continue;
      const key = passage.document.id + passage.text;
      if (!seen.has(key)) found.push(passage);
      seen.add(key);
    }
    if (found.length >= MOST_FOUND) break;
  }
  find("#sentences").hidden = !found.length;
  head("", count("found_sentences", found.length), []);
  find("#said").textContent = count("found_sentences", found.length);
  listSentences(found);
}

/** Search the sentences of all places; those found are listed under the places or texts. */
function search() {
  clearTimeout(searching);
  turn += 1;
  const own = turn;
  const wanted = fold(state.query);
  showPart(false);
  if (wanted.length >= 3) searching = window.setTimeout(() => searchSentences(wanted, own), 250);
}

function openPart() {
  const opened = state.text !== "" || state.place >= 0;
  const all = state.list === "texts" ? words.all_texts : words.back;
  put(find("[data-do=back]"), "‹ " + (state.text && state.place >= 0 ? places[state.place].name || all : all));
  if (!opened) return search();
  clearTimeout(searching);
  showPart(true);
  return state.text ? openText() : openPlace();
}

const closePart = () => change(state.text ? { text: "" } : { place: -1, query: "" });

export function startSentences() {
  registerActions({
    back: () => {
      closePart();
      find("#panel").focus();
    },
    longer: () => {
      showSentences(true);
      fillSentences();
    },
  });
  const input = find("#search");
  input.addEventListener("input", () => change({ query: input.value, place: -1, text: "" }));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") change({ query: "", place: -1, text: "" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== input && (state.text || state.place >= 0)) closePart();
  });
  watch(["query"], () => {
    if (input.value !== state.query) input.value = state.query;
  });
  watch(["place", "query", "text", "list"], () => {
    showSentences();
    openPart();
    if (state.text || state.place >= 0) find("#panel").scrollTop = 0;
  });
  let soon = 0;
  watch(FILTERS, () => {
    clearTimeout(soon);
    soon = window.setTimeout(() => (state.place >= 0 || state.query) && !state.text && openPart(), 120);
  });
  afterDecision(fillSentences);
}
