// The list of what was corrected, the file of it, and the names that the program missed.

import { changesFile } from "./changes.js";
import { changes, mark, undo, unmarked, withdraw } from "./correct.js";
import { blockStarts, blocks, mentions, origin, places, source, words } from "./data.js";
import { button, find, make } from "./dom.js";
import { coordinates, count, kindName, number, say, whereabouts } from "./format.js";
import { save } from "./save.js";
import { change, openMention, state, watch } from "./store.js";

const panel = find("#changes");
const marker = find("#mark");
const bubble = button("", { id: "bubble", hidden: true, pointerdown: (/** @type {Event} */ event) => event.preventDefault(), click: () => markSelected() });

/** @param {import("./changes.js").Change} one */
function told({ place, decision }) {
  if (!place) return words[decision === "missing" ? "change_missing" : "change_refused"];
  const name = [place.name, kindName(place.kind), whereabouts(place)].filter(Boolean).join(", ");
  return /@/.test(place.id) ? `${name} · ${coordinates(...place.at)}` : name;
}

/** @param {import("./changes.js").Change} one  @param {number} index */
function item(one, index) {
  const mention = mentions.find((other) => other.point === one.start) || null;
  const scope = one.decision === "missing" && !one.place ? "" : ` · ${words["change_" + one.scope]}`;
  return make(
    "li",
    {},
    make("span", { class: "what" }, button(one.name, { class: "goto", dir: "auto", click: () => openMention(mention) }), make("span", { class: "where" }, `→ ${told(one)}${scope}`)),
    button("×", { class: "close", "aria-label": say("withdraw", { name: one.name }), click: () => retreat(one, index) }),
  );
}

/** @param {import("./changes.js").Change} one  @param {number} index */
function retreat(one, index) {
  withdraw(one);
  const left = panel.querySelectorAll(".close");
  (left[Math.min(index, left.length - 1)] || find("#tab-text")).focus();
}

function undoOne() {
  if (!undo()) return;
  find("#said").textContent = words.undone;
  if (!document.activeElement || document.activeElement === document.body) find("#tab-text").focus();
}

function saveChanges() {
  save(changesFile(changes, origin.name.trim() || "-"), "text/csv", ".corrections.csv", origin.name.replace(/\.[^.]*$/, "") || document.title);
}

function fill() {
  const tab = find("#tab-changes");
  tab.hidden = !changes.length;
  tab.querySelector(".count").textContent = number(changes.length);
  const tools = [button(words.save_changes, { class: "main", click: saveChanges }), button(words.undo_last, { click: undoOne })];
  panel.replaceChildren(
    make("div", { class: "tools" }, ...tools),
    make("p", { class: "where" }, words.changes_how),
    make("ol", { class: "made" }, ...changes.map(item)),
  );
  if (!changes.length && state.tab === "changes") change({ tab: "text" });
  find("#tab-places .count").textContent = number(places.filter((place) => place.mentions.length).length);
  find("#n-mentions").textContent = count("mention", mentions.filter((mention) => mention.place || !mention.decided).length);
  find("#n-places").textContent = count("place", places.filter((place) => place.mentions.length).length);
}

/** The selected part of the text, UTF-16, without spaces and points at its ends. @returns {[number, number] | null} */
function selected() {
  const chosen = getSelection();
  if (!chosen || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  const text = source.slice(start, end);
  const name = text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
  const from = start + text.indexOf(name);
  return start >= 0 && end >= 0 && name && name.length <= 120 ? [from, from + name.length] : null;
}

/** @param {Node} node  @param {number} within @returns {number} where a point of the page stands in the text, -1 outside of it */
function offset(node, within) {
  const index = blocks.findIndex((block) => block.contains(node));
  if (index < 0) return -1;
  const range = document.createRange();
  range.selectNodeContents(blocks[index]);
  range.setEnd(node, within);
  return blockStarts[index] + range.toString().length;
}

function markSelected() {
  const span = selected();
  if (!span) return;
  getSelection()?.removeAllRanges();
  mark([span]);
  find("#card .tools button").focus();
}

/** Offer to mark what is selected, beside it and in the bar above the text. */
function offerSelected() {
  const span = selected();
  marker.disabled = !span;
  bubble.hidden = !span;
  if (!span) return;
  const name = source.slice(...span);
  bubble.textContent = say("mark_name", { name: name.length > 32 ? name.slice(0, 30) + "…" : name });
  const box = /** @type {Selection} */ (getSelection()).getRangeAt(0).getBoundingClientRect();
  bubble.style.left = `${Math.max(8, Math.min(innerWidth - bubble.offsetWidth - 8, box.left))}px`;
  bubble.style.top = `${Math.min(innerHeight - bubble.offsetHeight - 8, box.bottom + 8)}px`;
}

/** A search for what the text has and the map has not leads to marking it. */
function offerSearched() {
  const spans = state.query ? unmarked(state.query) : [];
  const offer = find("#offer");
  offer.replaceChildren();
  if (spans.length) offer.append(button(say("mark_found", { name: source.slice(...spans[0]), n: spans.length }), { click: () => mark(spans) }));
}

export function startCorrections() {
  marker.addEventListener("click", markSelected);
  document.body.append(bubble);
  document.addEventListener("selectionchange", offerSelected);
  find("#text").addEventListener("scroll", () => (bubble.hidden = true));
  find("#places .found").after(make("div", { id: "offer", class: "tools" }));
  watch(["query", "changes"], offerSearched);
  document.addEventListener("keydown", (event) => {
    const typing = /** @type {HTMLElement} */ (event.target).matches?.("input, select");
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return;
    event.preventDefault();
    undoOne();
  });
  watch(["changes"], fill);
  fill();
}
