// The selection as CSV, and as paper.

import { csv } from "../changes.js";
import { registerActions } from "../actions.js";
import { find, make, put } from "../dom.js";
import { save } from "../download.js";
import { raw, words } from "./data.js";
import { isoDay } from "./dates.js";
import { countsInWords, selected } from "./list.js";
import { counts, settle, state } from "./state.js";

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
  const rows = selected().slice(0, MOST_PRINTED);
  put(
    find("#print"),
    make("h2", {}, words.places),
    make("p", {}, what ? words.printed_selection.replace("{what}", what) : ""),
    ...rows.map(({ id, name, number }) =>
      make(
        "section",
        {},
        make("h3", {}, id ? name : words.no_place_row),
        make("p", {}, countsInWords(number).join(" · ")),
      ),
    ),
  );
}

export function startFiles() {
  registerActions({
    csv: () => {
      settle();
      const range = state.from === -Infinity ? "" : ` ${isoDay(state.from)}`;
      save(selectionFile(), "text/csv", ".csv", raw.title + range);
    },
  });
  window.addEventListener("beforeprint", layOut);
}
