// The selection as CSV, and as paper.

import { csv } from "../changes.js";
import { registerActions } from "../actions.js";
import { find, make, put } from "../dom.js";
import { save } from "../download.js";
import { raw, words } from "./data.js";
import { isoDate, isoDay } from "./dates.js";
import { countsInWords, selected } from "./list.js";
import { aboutText } from "./passages.js";
import { counts, settle, state } from "./state.js";
import { selectedTexts, textCounts } from "./texts.js";

const MOST_PRINTED = 300;

/** The table of the selection. */
export const selectionFile = () =>
  csv([
    ["place_id", "name", "kind", "country", "lat", "lon", "mentions", "expected", "documents", "share", "names"],
    ...selected()
      .filter(({ id }) => id)
      .map(({ id, name, kind, country, at, number, names }) => [
        ...[id, name, kind, country, ...at, counts.mentions[number]],
        Number(counts.expected[number].toFixed(4)),
        counts.documents[number],
        counts.all ? Number((counts.documents[number] / counts.all).toFixed(6)) : 0,
        names.join(" | "),
      ]),
  ]);

/** The table of the texts of the selection. */
export const textsFile = () =>
  csv([
    ["document_id", "title", "source", "language", "date", "toponyms", "placed", "expected", "duplicate", "error"],
    ...selectedTexts().map((text) => [
      ...[text.id, text.title, text.source, text.language, isoDate(text), text.toponyms, text.placed],
      ...[Number(text.expected.toFixed(4)), text.duplicate ? "true" : "false", text.error],
    ]),
  ]);

/** What is chosen, in words. */
const selection = () =>
  [
    state.from === -Infinity && state.to === Infinity ? "" : find("#span").textContent,
    state.undated ? "" : `− ${words.undated}`,
    state.floor ? `${words.floor_label} ${find("output[for=floor]").textContent}` : "",
    state.without ? words.without_duplicates : "",
    state.sense === "all" ? "" : words[`sense_${state.sense}`],
    state.query,
  ]
    .filter(Boolean)
    .join(" · ");

function layOut() {
  settle();
  const what = selection();
  const texts = state.list === "texts";
  const rows = texts
    ? selectedTexts().map((text) => [text.title || text.id, [...aboutText(text), ...textCounts(text)]])
    : selected().map(({ id, name, number }) => [id ? name : words.no_place_row, countsInWords(number)]);
  // What is open is printed itself.
  const open = state.text !== "" || state.place >= 0;
  put(
    find("#print"),
    make("h2", {}, open ? "" : texts ? words.texts : words.places),
    make("p", {}, what ? words.printed_selection.replace("{what}", what) : ""),
    ...rows
      .slice(0, open ? 0 : MOST_PRINTED)
      .map(([name, parts]) => make("section", {}, make("h3", {}, String(name)), make("p", {}, [...parts].join(" · ")))),
  );
}

export function startFiles() {
  registerActions({
    csv: () => {
      settle();
      const range = state.from === -Infinity ? "" : ` ${isoDay(state.from)}`;
      const texts = state.list === "texts";
      save(texts ? textsFile() : selectionFile(), "text/csv", texts ? ".texts.csv" : ".csv", raw.title + range);
    },
  });
  window.addEventListener("beforeprint", layOut);
}
