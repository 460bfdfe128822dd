// The list of texts in the selection: date, language, counts, doubt; and the tabs between it and the list of places.

import { fold } from "../fold.js";
import { registerActions } from "../actions.js";
import { all, find, look, make, put, tell } from "../dom.js";
import { count, number } from "../format.js";
import { documents, doubt, language, loadTexts, raw, words } from "./data.js";
import { offerMore } from "./list.js";
import { aboutText } from "./passages.js";
import { FILTERS, change, chosenText, state, watch } from "./state.js";

/** @typedef {import("./data.js").Text} Text */

const TEXTS_STEP = 100;
let shownTexts = TEXTS_STEP;
/** What is searched in a text: title, id, source. @type {string[]} */
let textKeys = [];

/** Mean probability of the names of a text that have a place. @param {Text} text */
const certainty = ({ expected, placed }) => (placed ? expected / placed : 1);

const ONLY = /** @type {Record<string, (text: Text) => any>} */ ({
  all: () => true,
  duplicates: ({ duplicate }) => duplicate,
  undated: ({ known }) => !known,
  errors: ({ error }) => error,
});

const ORDERS = /** @type {Record<string, (one: Text, other: Text) => number>} */ ({
  date: (one, other) => one.number - other.number,
  mentions: (one, other) => other.toponyms - one.toponyms || one.number - other.number,
  doubt: (one, other) => certainty(one) - certainty(other) || one.number - other.number,
  title: (one, other) => (one.title || one.id).localeCompare(other.title || other.id, language),
});

/** The texts of the selection, in the chosen order. */
export function selectedTexts() {
  const wanted = fold(state.query);
  const kept = ONLY[state.only];
  return documents
    .filter((text) => chosenText(text) && kept(text) && (!wanted || textKeys[text.number].includes(wanted)))
    .sort(ORDERS[state.order]);
}

/** @type {Intl.DisplayNames} */
let languages;
/** @param {string} code  ISO 639-1 */
function languageName(code) {
  languages ??= new Intl.DisplayNames([language], { type: "language", fallback: "code" });
  return /^[a-z]{2,3}$/.test(code) ? languages.of(code) || code : code;
}

/** What is counted of a text, in words. @param {Text} text */
export const textCounts = ({ language: own, toponyms, expected, error }) =>
  [
    own ? languageName(own) : "",
    error || !toponyms ? "" : count("mention", toponyms),
    error || !toponyms ? "" : `${number(expected, expected < 10 ? 1 : 0)} ${words.expected}`,
  ].filter(Boolean);

/** @param {Text} text */
function textItem(text) {
  const { id, title, error, toponyms, expected } = text;
  const about = [
    ...aboutText(text),
    ...textCounts(text).slice(0, 2),
    error ? words[`text_error_${error}`] : toponyms ? "" : words.text_without_names,
  ];
  const open = () => change({ text: id, place: -1 });
  const button = make(
    "button",
    { type: "button", class: "item text k-none", click: open },
    make(
      "span",
      { class: "what" },
      make("span", { class: "name", dir: "auto" }, title || id),
      make("span", { class: "where", dir: "auto" }, about.filter(Boolean).join(" · ")),
    ),
    toponyms
      ? make("span", { class: "p", title: words.expected_title }, "≈ " + number(expected, expected < 10 ? 1 : 0))
      : "",
  );
  look(button, { doubtful: certainty(text) < doubt, failed: error });
  return make("li", {}, button);
}

async function fillTexts() {
  if (state.list !== "texts") return;
  await loadTexts();
  if (!textKeys.length) textKeys = documents.map(({ id, title, source }) => fold([title, id, source].join(" ")));
  const found = selectedTexts();
  put(find("#texts"), ...found.slice(0, shownTexts).map(textItem));
  const listed = { shown: number(documents.length), all: number(raw.totals.documents) };
  const limit = words.texts_listed.replace("{shown}", listed.shown).replace("{all}", listed.all);
  const told = found.length ? count("text_selection", found.length) : words.no_text_selected;
  tell(find("#texts-found"), told + (documents.length < raw.totals.documents ? ` · ${limit}` : ""));
  offerMore("more-texts", found.length - shownTexts);
}

let textsLater = 0;
function fillTextsSoon() {
  clearTimeout(textsLater);
  textsLater = window.setTimeout(fillTexts, 60);
}

/** The tabs: a click, or the arrow keys. */
function startTabs() {
  const tabs = all("#panel [role=tab]");
  registerActions({
    list: (/** @type {HTMLElement} */ tab) =>
      change({ list: /** @type {any} */ (tab.dataset.list), place: -1, text: "" }),
  });
  for (const tab of tabs)
    tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (!/^Arrow(Left|Right)$/.test(event.key)) return;
      event.preventDefault();
      const other = tabs[1 - tabs.indexOf(tab)];
      other.focus();
      other.click();
    });
  watch(["list"], () => {
    for (const tab of tabs) {
      const on = tab.dataset.list === state.list;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
  });
}

export function startTexts() {
  startTabs();
  registerActions({
    "more-texts": () => {
      shownTexts += TEXTS_STEP;
      fillTexts();
    },
  });
  for (const key of /** @type {const} */ (["order", "only"])) {
    const input = find(`#${key}`);
    input.addEventListener("input", () => change({ [key]: input.value }));
    watch([key], () => (input.value = state[key]));
  }
  watch(["list", "order", "only"], () => {
    shownTexts = TEXTS_STEP;
    fillTexts();
  });
  watch([...FILTERS, "query"], fillTextsSoon);
}
