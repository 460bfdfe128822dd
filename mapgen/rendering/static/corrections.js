// The list of corrections, its file, and the marking of names that the program missed.

import { registerActions } from "./actions.js";
import { carried, changes } from "./apply.js";
import { changesFile } from "./changes.js";
import { undo, undoable, withdraw } from "./correct.js";
import { origin, source, words } from "./data.js";
import { button, find, listen, make, piece, put } from "./dom.js";
import { save } from "./download.js";
import { coordinates, count, described, number, say } from "./format.js";
import { mentions } from "./mention.js";
import { markSelected, offerSearched, offerSelected, bubble } from "./missed.js";
import { change, namedPlaces, open, state, watch } from "./store.js";

const tab = find("#tab-changes");

/** @param {Change} one */
function changeItem(one) {
  const { name, place, decision, scope, start } = one;
  const parts = [place ? `${place.name}, ${described(place)}` : words[`change_${decision}`]];
  if (place && place.id.includes("@")) parts.push(coordinates(place.at));
  if (place || decision !== "missing") parts.push(words[`change_${scope}`]);
  const show = () => open(mentions.find((mention) => mention.start === start) || null);
  const remove = () => {
    withdraw(one);
    (find("#changes .close") || find("#tab-text")).focus();
  };
  return make(
    "li",
    {},
    piece("what", button({ class: "goto", dir: "auto", click: show }, name), piece("where", "→ " + parts.join(" · "))),
    button({ class: "close", "aria-label": say("withdraw", { name }), click: remove }, "×"),
  );
}

function undoOne() {
  if (!undo()) return;
  put(find("#said"), words.undone);
  if (!changes.length) find("#tab-text").focus();
}

function fillChanges() {
  const shown = namedPlaces().length;
  put(find("#tab-places .count"), number(shown));
  put(find("#n-places"), count("place", shown));
  put(
    find("#n-mentions"),
    count("mention", mentions.filter((mention) => mention.place || !mention.decided || mention.missed).length),
  );
  tab.hidden = !undoable();
  put(find(".count", tab), number(changes.length));
  put(find(".made"), ...changes.map(changeItem));
  if (!undoable() && state.tab === "changes") change({ tab: "text" });
}

export function startCorrections() {
  registerActions({
    undo: undoOne,
    keep: () =>
      save(
        changesFile([...carried(), ...changes], origin.name || "-", source),
        "text/csv",
        ".corrections.csv",
        origin.name.replace(/\.[^.]*$/, "") || document.title,
      ),
    mark: markSelected,
  });
  listen(bubble, "pointerdown", (event) => event.preventDefault()); // keeps the selection
  listen(document, "selectionchange", offerSelected);
  listen(find("#text"), "scroll", () => (bubble.hidden = true));
  listen(document, "keydown", (event) => {
    if (
      event.key === "z" &&
      (event.ctrlKey || event.metaKey) &&
      !(/** @type {Element} */ (event.target).matches("input"))
    )
      undoOne();
  });
  watch(["query", "changes"], offerSearched);
  watch(["changes"], fillChanges);
  fillChanges();
}
