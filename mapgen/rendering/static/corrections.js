// The list of corrections, its file, and the marking of names that the program missed.

import { changesFile } from "./changes.js";
import { carried, changes, markMissed, undo, undoable, unmarked, withdraw } from "./correct.js";
import { mentions, origin, places, source, words } from "./data.js";
import { button, registerActions, find, make, put } from "./dom.js";
import { plainName } from "./fold.js";
import { coordinates, count, described, number, say } from "./format.js";
import { save } from "./download.js";
import { change, open, state, watch } from "./store.js";

const AT_MOST = 200; // words that are more frequent are not a missed name
const bubble = find("#bubble");
const tab = find("#tab-changes");

/** @param {import("./changes.js").Change} one */
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
    make(
      "span",
      { class: "what" },
      button(name, { class: "goto", dir: "auto", click: show }),
      make("span", { class: "where" }, "→ " + parts.join(" · ")),
    ),
    button("×", { class: "close", "aria-label": say("withdraw", { name }), click: remove }),
  );
}

function undoOne() {
  if (!undo()) return;
  put(find("#said"), words.undone);
  if (!changes.length) find("#tab-text").focus();
}

function fillChanges() {
  const shown = places.filter((place) => place.mentions.length).length;
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

/**
 * The selected words of the text, without white space and punctuation at their ends.
 * @returns {[number, number] | null}
 */
function selected() {
  const chosen = getSelection();
  const range = chosen && chosen.rangeCount ? chosen.getRangeAt(0) : null;
  if (!range || !find("#source").contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(find("#source"), 0);
  before.setEnd(range.startContainer, range.startOffset);
  const [, edge, name] = /** @type {string[]} */ (/^([\s\p{P}]*)(.*?)[\s\p{P}]*$/su.exec(range.toString()));
  const start = before.toString().length + edge.length;
  const end = start + name.length;
  return name && name.length < 120 && !mentions.some((mention) => mention.start === start && mention.end === end)
    ? [start, end]
    : null;
}

function markSelected() {
  const span = selected();
  if (!span) return;
  getSelection()?.removeAllRanges();
  markMissed([span]);
  find("#card .tools button:not([hidden])").focus();
}

/** Offer to mark the selection, beside it and in the bar above the text. */
function offerSelected() {
  const span = selected();
  find("#mark").disabled = bubble.hidden = !span;
  if (!span) return;
  put(bubble, say("mark_name", { name: plainName(source.slice(...span)) }));
  const box = /** @type {Selection} */ (getSelection()).getRangeAt(0).getBoundingClientRect();
  bubble.style.left = `${Math.max(8, Math.min(innerWidth - bubble.offsetWidth - 8, box.left))}px`;
  bubble.style.top = `${Math.min(innerHeight - bubble.offsetHeight - 8, box.bottom + 8)}px`;
}

/** Offer to mark the searched words where the text has them and no mention does. */
function offerSearched() {
  const spans = unmarked(state.query);
  const offered = spans.length > AT_MOST ? [] : spans.slice(0, 1);
  put(
    find("#offer"),
    ...offered.map((span) =>
      button(say("mark_found", { name: plainName(source.slice(...span)), n: spans.length }), {
        click: () => markMissed(spans),
      }),
    ),
  );
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
  bubble.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault()); // keeps the selection
  document.addEventListener("selectionchange", offerSelected);
  find("#text").addEventListener("scroll", () => (bubble.hidden = true));
  document.addEventListener("keydown", (event) => {
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
