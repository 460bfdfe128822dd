// The list of what was corrected, the file of it, and the names that the program missed.

import { changesFile } from "./changes.js";
import { changes, markMissed, undo, unmarked, withdraw } from "./correct.js";
import { blockStarts, blocks, mentions, origin, places, source, words } from "./data.js";
import { button, find, make } from "./dom.js";
import { coordinates, count, described, number, say } from "./format.js";
import { save } from "./save.js";
import { change, openMention, state, watch } from "./store.js";

const changesPanel = find("#changes");
const marker = find("#mark");
const bubble = button("", { id: "bubble", hidden: true, pointerdown: (/** @type {Event} */ event) => event.preventDefault(), click: markSelected });

/** @param {import("./changes.js").Change} one  @param {number} index */
function item(one, index) {
  const { name, place, decision, scope, start } = one;
  const parts = place ? [`${place.name}, ${described(place)}`] : [words[`change_${decision}`]];
  if (place && place.id.includes("@")) parts.push(coordinates(...place.at));
  if (place || decision === "no-place") parts.push(words[`change_${scope}`]);
  const back = () => {
    withdraw(one);
    const left = changesPanel.querySelectorAll(".close");
    (left[Math.min(index, left.length - 1)] || find("#tab-text")).focus();
  };
  return make(
    "li",
    {},
    make("span", { class: "what" }, button(name, { class: "goto", dir: "auto", click: () => openMention(mentions.find((mention) => mention.start === start) || null) }), make("span", { class: "where" }, "→ " + parts.join(" · "))),
    button("×", { class: "close", "aria-label": say("withdraw", { name }), click: back }),
  );
}

function undoOne() {
  if (!undo()) return;
  find("#said").textContent = words.undone;
  if (!changes.length) find("#tab-text").focus();
}

function saveChanges() {
  save(changesFile(changes, origin.name || "-", source), "text/csv", ".corrections.csv", origin.name.replace(/\.[^.]*$/, "") || document.title);
}

function fillChanges() {
  const shown = places.filter((place) => place.mentions.length).length;
  find("#tab-places .count").textContent = number(shown);
  find("#n-places").textContent = count("place", shown);
  find("#n-mentions").textContent = count("mention", mentions.filter((mention) => mention.place || !mention.decided).length);
  const tab = find("#tab-changes");
  tab.hidden = !changes.length;
  tab.querySelector(".count").textContent = number(changes.length);
  changesPanel.replaceChildren(
    make("div", { class: "tools" }, button(words.save_changes, { class: "main", click: saveChanges }), button(words.undo_last, { click: undoOne })),
    make("p", { class: "where" }, words.changes_how),
    make("ol", { class: "made" }, ...changes.map(item)),
  );
  if (!changes.length && state.tab === "changes") change({ tab: "text" });
}

/** Where a point of the page stands in the text, -1 outside of it. @param {Node} node  @param {number} within */
function offset(node, within) {
  const index = blocks.findIndex((block) => block.contains(node));
  if (index < 0) return -1;
  const range = document.createRange();
  range.selectNodeContents(blocks[index]);
  range.setEnd(node, within);
  return blockStarts[index] + range.toString().length;
}

/** The selected words of the text, without spaces and points at their ends. @returns {[number, number] | null} */
function selected() {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset);
  const text = start < 0 ? "" : source.slice(start, offset(range.endContainer, range.endOffset));
  const name = text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
  const from = start + text.indexOf(name);
  const known = mentions.some((mention) => mention.start === from && mention.end === from + name.length);
  return name && name.length < 120 && !known ? [from, from + name.length] : null;
}

function markSelected() {
  const span = selected();
  if (!span) return;
  getSelection()?.removeAllRanges();
  markMissed([span]);
  find("#card .tools button").focus();
}

/** Offer to mark what is selected, beside it and in the bar above the text. */
function offerSelected() {
  const span = selected();
  marker.disabled = bubble.hidden = !span;
  if (!span) return;
  bubble.textContent = say("mark_name", { name: source.slice(...span) });
  const box = /** @type {Selection} */ (getSelection()).getRangeAt(0).getBoundingClientRect();
  bubble.style.left = `${Math.max(8, Math.min(innerWidth - bubble.offsetWidth - 8, box.left))}px`;
  bubble.style.top = `${Math.min(innerHeight - bubble.offsetHeight - 8, box.bottom + 8)}px`;
}

/** A search for what the text has and the map has not leads to marking it. */
function offerSearched() {
  const spans = unmarked(state.query);
  const offer = () => button(say("mark_found", { name: source.slice(...spans[0]), n: spans.length }), { click: () => markMissed(spans) });
  find("#offer").replaceChildren(...(spans.length ? [offer()] : []));
}

export function startCorrections() {
  marker.addEventListener("click", markSelected);
  document.body.append(bubble);
  document.addEventListener("selectionchange", offerSelected);
  find("#text").addEventListener("scroll", () => (bubble.hidden = true));
  find("#places .found").after(make("div", { id: "offer", class: "tools" }));
  watch(["query", "changes"], offerSearched);
  document.addEventListener("keydown", (event) => {
    const free = !(/** @type {Element} */ (event.target).matches("input, select"));
    if (free && event.key === "z" && (event.ctrlKey || event.metaKey)) undoOne();
  });
  watch(["changes"], fillChanges);
  fillChanges();
}
