// The sentences of a place, by text; and the search in all sentences.

import { fold } from "../fold.js";
import { registerActions } from "../actions.js";
import { button, find, look, make, put, sign, tell } from "../dom.js";
import { coordinates, count, described, number, percent } from "../format.js";
import { allPassages, doubt, passagesOf, places, words } from "./data.js";
import { afterDecision, decide, decisionOn, typedPoint, unitOf, unitsOf } from "./decisions.js";
import { countsInWords } from "./list.js";
import { FILTERS, change, chosen, counts, state, watch } from "./state.js";

const SENTENCES = 60;
const MOST_FOUND = 300;
let shownSentences = SENTENCES;
/** The passages that are listed. @type {import("./data.js").Passage[]} */
let listed = [];
let turn = 0; // of asynchronous reading: only the last counts

/** @param {import("./data.js").Passage} passage */
function sentence(passage) {
  const { text, at, p } = passage;
  const from = unitOf(text, at);
  const to = from + unitsOf(passage);
  const decided = decisionOn(passage);
  const element = make(
    "div",
    { class: "passage" },
    make("blockquote", { dir: "auto" }, text.slice(0, from), make("mark", {}, text.slice(from, to)), text.slice(to)),
    make(
      "p",
      { class: "tools where" },
      passage.place.id ? percent(decided?.decision === "place" ? 1 : p) : "",
      button(words.confirm_archive, {
        click: () => decide(passage, "place"),
        hidden: !passage.place.id,
        "aria-pressed": decided?.decision === "place" && !decided.point,
      }),
      button(words.refuse_archive, {
        click: () => decide(passage, "no-place"),
        "aria-pressed": decided?.decision === "no-place",
      }),
      button(words.move_archive, {
        click: () => {
          const point = typedPoint();
          if (point) decide(passage, "place", point);
          else find("#point").focus();
        },
        "aria-pressed": Boolean(decided?.point),
      }),
    ),
  );
  look(element, { doubtful: p < doubt, refused: decided?.decision === "no-place" });
  return element;
}

/** A text with its sentences. @param {import("./data.js").Passage[]} passages */
function ofText(passages) {
  const { title, id, source, date, duplicate } = passages[0].document;
  const about = [date || words.undated, source, title ? id : "", duplicate ? count("duplicate", 1) : ""];
  return make(
    "li",
    {},
    make("h3", { dir: "auto" }, title || id),
    make("p", { class: "where", dir: "auto" }, about.filter(Boolean).join(" · ")),
    ...passages.map(sentence),
  );
}

function fillSentences() {
  /** @type {Map<any, import("./data.js").Passage[]>} */
  const texts = new Map();
  for (const passage of listed.slice(0, shownSentences)) {
    const own = texts.get(passage.document) || [];
    own.push(passage);
    texts.set(passage.document, own);
  }
  put(find(".passages"), ...[...texts.values()].map(ofText));
  const left = listed.length - shownSentences;
  find("[data-do=longer]").parentElement.hidden = left <= 0;
  put(find("[data-do=longer]"), words.more.replace("{n}", number(Math.max(0, left))));
}

/** @param {boolean} open */
function showPart(open) {
  find("#sentences").hidden = !open;
  for (const name of ["#list", ".found"]) find(name).hidden = open;
  if (open) find("[data-do=more]").parentElement.hidden = true;
}

async function openPlace() {
  const place = places[state.place];
  showPart(Boolean(place));
  if (!place) return;
  turn += 1;
  const own = turn;
  const { number: at, id, kind } = place;
  const head = find("#sentences .kind");
  head.className = `kind k-${kind || "none"}`;
  put(head, ...(kind ? [sign(kind)] : []));
  put(find("#place-name"), id ? place.name : words.no_place_row);
  const names = words.text_written.replace("{names}", place.names.join(", "));
  tell(
    find("#sentences .where"),
    id ? [described(place), coordinates(place.at), place.names.length ? names : ""].filter(Boolean).join(" · ") : "",
  );
  tell(find("#sentences .counts"), countsInWords(at).join(" · "));
  find("#deciding").hidden = false;
  const all = await passagesOf(place);
  if (own !== turn) return;
  listed = all.filter(chosen);
  const told = words.shown_of.replace("{shown}", number(listed.length)).replace("{all}", number(counts.mentions[at]));
  tell(find("#sentences .limit"), listed.length < counts.mentions[at] ? told : "");
  fillSentences();
}

let searching = 0;
/** Search the sentences of all places; those found are listed under the places. */
function search() {
  clearTimeout(searching);
  turn += 1;
  const own = turn;
  const wanted = fold(state.query);
  if (state.place >= 0) return;
  showPart(false);
  if (wanted.length < 3) {
    find("#sentences").hidden = true;
    return;
  }
  searching = window.setTimeout(async () => {
    /** @type {import("./data.js").Passage[]} */
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
    listed = found;
    find("#sentences").hidden = !found.length;
    for (const part of [
      "#sentences .kind",
      "#place-name",
      "#sentences .where",
      "#sentences .counts",
      "#sentences .limit",
    ])
      put(find(part));
    put(find("#place-name"), count("found_sentences", found.length));
    find("#said").textContent = count("found_sentences", found.length);
    fillSentences();
  }, 250);
}

export function startSentences() {
  registerActions({
    back: () => {
      change({ place: -1, query: "" });
      find("#panel").focus();
    },
    longer: () => {
      shownSentences += SENTENCES;
      fillSentences();
    },
  });
  const input = find("#search");
  input.addEventListener("input", () => change({ query: input.value, place: -1 }));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") change({ query: "", place: -1 });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.place >= 0) change({ place: -1 });
  });
  watch(["query"], () => {
    if (input.value !== state.query) input.value = state.query;
  });
  watch(["place", "query"], () => {
    shownSentences = SENTENCES;
    if (state.place >= 0) {
      openPlace();
      find("#panel").scrollTop = 0;
    } else search();
  });
  let soon = 0;
  watch(FILTERS, () => {
    clearTimeout(soon);
    soon = window.setTimeout(() => (state.place >= 0 ? openPlace() : state.query && search()), 120);
  });
  afterDecision(fillSentences);
}
