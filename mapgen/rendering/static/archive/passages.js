// The list of sentences: of a place or of a search, by text; of a text, with its names as links to the places.

import { button, find, look, make, put } from "../dom.js";
import { described, number, percent } from "../format.js";
import { doubt, words } from "./data.js";
import { dateInWords } from "./dates.js";
import { decide, decisionOn, typedPoint, unitOf, unitsOf } from "./decisions.js";
import { change } from "./state.js";

/** @typedef {import("./excerpts.js").Passage} Passage */

const SENTENCES = 60;
let shownSentences = SENTENCES;
/** What is listed: passages that share a text stand together. @type {Passage[]} */
let listed = [];
/** Whether the sentences are those of one text. */
let ofOne = false;

/** The tools of a correction. @param {Passage} passage  @param {string} [label] */
function tools(passage, label = "") {
  const decided = decisionOn(passage);
  return make(
    "p",
    { class: "tools where" },
    label,
    passage.place.id ? percent(decided?.decision === "place" ? 1 : passage.p) : "",
    button(
      {
        click: () => decide(passage, "place"),
        hidden: !passage.place.id,
        "aria-pressed": decided?.decision === "place" && !decided.point,
      },
      words.confirm_archive,
    ),
    button(
      {
        click: () => decide(passage, "no-place"),
        "aria-pressed": decided?.decision === "no-place",
      },
      words.refuse_archive,
    ),
    button(
      {
        click: () => {
          const point = typedPoint();
          if (point) decide(passage, "place", point);
          else find("#point").focus();
        },
        "aria-pressed": Boolean(decided?.point),
      },
      words.move_archive,
    ),
  );
}

/** @param {Passage} passage */
function sentence(passage) {
  const { text, at, p } = passage;
  const from = unitOf(text, at);
  const to = from + unitsOf(passage);
  const element = make(
    "div",
    { class: "passage" },
    make("blockquote", { dir: "auto" }, text.slice(0, from), make("mark", {}, text.slice(from, to)), text.slice(to)),
    tools(passage),
  );
  look(element, { doubtful: p < doubt, refused: decisionOn(passage)?.decision === "no-place" });
  return element;
}

/** What is known of a text, in words. @param {import("./data.js").Text} text */
export const aboutText = (text) =>
  [
    dateInWords(text) || words.undated,
    text.source,
    text.title ? text.id : "",
    text.duplicate ? words.duplicate_mark : "",
  ].filter(Boolean);

/** A text with its sentences. @param {Passage[]} passages */
function ofText(passages) {
  const text = passages[0].document;
  const open = () => change({ text: text.id });
  return make(
    "li",
    {},
    make("h3", { dir: "auto" }, button({ class: "open", title: words.open_text, click: open }, text.title || text.id)),
    make("p", { class: "where", dir: "auto" }, aboutText(text).join(" · ")),
    ...passages.map(sentence),
  );
}

/**
 * Join passages of a text that overlap: the letters from a code point of the text on, and the names in them.
 * @param {Passage[]} passages  in the order of the text
 */
function joined(passages) {
  /** @type {{from: number, letters: string[], names: Passage[], before: boolean, after: boolean}[]} */
  const spans = [];
  for (const passage of passages) {
    const letters = [...passage.text];
    const [before, after] = [passage.text.startsWith("… "), passage.text.endsWith(" …")];
    const from = passage.start - passage.at + (before ? 2 : 0);
    const own = letters.slice(before ? 2 : 0, after ? -2 : undefined);
    const last = spans[spans.length - 1];
    if (last && from < last.from + last.letters.length && from >= last.from) {
      const more = own.slice(last.from + last.letters.length - from);
      if (more.length || from + own.length === last.from + last.letters.length) last.after &&= after;
      last.letters.push(...more);
      last.names.push(passage);
    } else spans.push({ from, letters: own, names: [passage], before, after });
  }
  return spans;
}

/** A name as a link to its place. @param {Passage} passage  @param {string} name */
function link(passage, name) {
  const { place, p } = passage;
  const refused = decisionOn(passage)?.decision === "no-place";
  const mark = make("mark", { class: `k-${place.kind || "none"}` }, name);
  look(mark, { doubtful: p < doubt, refused });
  if (!place.id) return mark;
  const title = `${place.name} · ${described(place)} · ${percent(p)}`;
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    change({ place: place.number, text: "" });
  };
  return make("a", { href: `#place=${encodeURIComponent(place.id)}`, title, click: open }, mark);
}

/** A sentence of a text. @param {ReturnType<typeof joined>[0]} span */
function ofSpan({ from, letters, names, before, after }) {
  const quote = make("blockquote", { dir: "auto" }, before ? "… " : "");
  let done = 0;
  for (const passage of names) {
    const [start, end] = [passage.start - from, passage.end - from];
    if (start < done) continue;
    quote.append(letters.slice(done, start).join(""), link(passage, letters.slice(start, end).join("")));
    done = end;
  }
  quote.append(letters.slice(done).join(""), after ? " …" : "");
  const own = names.map((passage) => tools(passage, passage.name));
  return make(
    "li",
    { class: "passage" },
    quote,
    make("details", {}, make("summary", { class: "where" }, words.correct), ...own),
  );
}

export function fillSentences() {
  const shown = listed.slice(0, shownSentences);
  /** @type {Map<any, Passage[]>} */
  const texts = new Map();
  for (const passage of shown) {
    const own = texts.get(passage.document) || [];
    own.push(passage);
    texts.set(passage.document, own);
  }
  put(find(".passages"), ...(ofOne ? joined(shown).map(ofSpan) : [...texts.values()].map(ofText)));
  const left = listed.length - shownSentences;
  find("[data-do=longer]").parentElement.hidden = left <= 0;
  put(find("[data-do=longer]"), words.more.replace("{n}", number(Math.max(0, left))));
}

/** List other sentences. @param {Passage[]} passages  @param {boolean} [one]  whether they are those of one text */
export function listSentences(passages, one = false) {
  [listed, ofOne] = [passages, one];
  fillSentences();
}

/** From now on as many as at first, or more. @param {boolean} [more] */
export function showSentences(more = false) {
  shownSentences = more ? shownSentences + SENTENCES : SENTENCES;
}
