// The text pane: every name a button in the colour of its kind; the open place's names are lit.

import { blockStarts, blocks, mentions, nameOf, numbered, source } from "./data.js";
import { find, make, write } from "./dom.js";
import { kindName } from "./format.js";
import { light, onLight } from "./markers.js";
import { narrow, still } from "./stage.js";
import { FILTERS, isShown, openMention, state, watch } from "./store.js";

/** @typedef {import("./data.js").Mention} Mention */
/** @typedef {import("./data.js").Place} Place */

const EAGER = 400; // so many names are marked at once; in longer texts a block is when it comes near the window

/** @type {Map<number, HTMLElement>} */
const marks = new Map();
const done = new Set();

/** @param {Mention} mention */
function mark(mention) {
  const { place } = mention;
  const look = ["mention", `k-${mention.kind || "none"}`, mention.metonymic ? "metonymic" : "", place ? "" : "unplaced", mention.decided ? `said-${mention.decided.decision}` : ""];
  const element = make("span", {
    class: look.filter(Boolean).join(" "),
    role: "button",
    tabindex: 0,
    "data-mention": mention.number,
    "data-start": mention.point,
  });
  write(element, nameOf(mention));
  if (place) element.title = `${place.name} · ${kindName(place.kind)}`;
  marks.set(mention.number, element);
  return element;
}

/** First mention that ends after `offset`. @param {number} offset */
function firstAfter(offset) {
  let [low, high] = [0, mentions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle].end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rebuild a block with its names marked; its text stays what it was. @param {number} index */
function markBlock(index) {
  if (done.has(index)) return;
  done.add(index);
  const block = blocks[index];
  const start = blockStarts[index];
  const end = index + 1 < blocks.length ? blockStarts[index + 1] : source.length;
  const parts = document.createElement("span");
  let position = start;
  for (let number = firstAfter(start); number < mentions.length && mentions[number].start < end; number += 1) {
    const mention = mentions[number];
    if (mention.start < position || mention.end > end) continue;
    write(parts, source.slice(position, mention.start));
    parts.append(mark(mention));
    position = mention.end;
  }
  write(parts, source.slice(position, end));
  block.replaceChildren(...parts.childNodes);
  if (block.tagName === "H2") hushDashes(block);
}

/** The dashes around a subhead belong to the text, not to the eye. @param {HTMLElement} block */
function hushDashes(block) {
  for (const pattern of [/^\s*- /, / -\s*$/]) {
    const node = pattern.source.startsWith("^") ? block.firstChild : block.lastChild;
    const found = node && node.nodeType === 3 ? pattern.exec(node.textContent || "") : null;
    if (!found || !node) continue;
    const text = /** @type {Text} */ (node);
    const dash = found.index ? text.splitText(found.index) : text;
    dash.splitText(found[0].length);
    const hushed = make("span", { class: "dash" });
    dash.replaceWith(hushed);
    hushed.append(dash);
  }
}

/** @param {Mention} mention */
function blockOf(mention) {
  let index = 0;
  while (index + 1 < blocks.length && blockStarts[index + 1] <= mention.start) index += 1;
  return index;
}

/**
 * The element of a mention, marked now if it was not yet.
 * @param {Mention} mention
 */
export function markOf(mention) {
  markBlock(blockOf(mention));
  return marks.get(mention.number);
}

/** Bring a mention into the middle of the pane. @param {Mention} mention */
function scrollTo(mention) {
  const element = markOf(mention);
  const pane = find("#text");
  if (!element || pane.hidden) return;
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const margin = Math.min(80, frame.height / 5);
  if (box.top > frame.top + margin && box.bottom < frame.bottom - margin) return;
  const top = pane.scrollTop + box.top - frame.top - frame.height * (narrow.matches ? 0.4 : 0.33);
  pane.scrollTo({ top, behavior: still.matches || Math.abs(top - pane.scrollTop) > 4000 ? "auto" : "smooth" });
}

/** @type {HTMLElement[]} */
let lit = [];
function relight() {
  for (const element of lit) element.classList.remove("open", "current");
  const { place, turn, loose } = state;
  lit = [];
  const all = place ? place.mentions : loose ? [loose] : [];
  all.forEach((mention, index) => {
    const element = index === turn ? markOf(mention) : marks.get(mention.number);
    if (!element) return;
    element.classList.add("open");
    element.classList.toggle("current", index === turn);
    lit.push(element);
  });
  if (all.length) scrollTo(all[turn]);
}

/** @param {Place | null} place  @param {string} look  @param {boolean} on */
function toggle(place, look, on) {
  if (place) for (const mention of place.mentions) marks.get(mention.number)?.classList.toggle(look, on);
}

/** @param {Element | null} target */
const mentionAt = (target) => {
  const element = /** @type {HTMLElement | null} */ (target && target.closest(".mention"));
  return element ? numbered[Number(element.dataset.mention)] : null;
};

/** Mark the text anew after a correction; the focus stays where it was. */
function remark() {
  const focused = mentionAt(document.activeElement);
  const again = [...done];
  done.clear();
  marks.clear();
  for (const index of again) markBlock(index);
  if (focused) marks.get(focused.number)?.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const mention = mentionAt(/** @type {Element} */ (event.target));
  if (!mention) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openMention(mention);
  }
  // The arrows go from name to name, so that one need not tab through a whole text.
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const next = step && mentions[mentions.indexOf(mention) + step];
  if (next) {
    event.preventDefault();
    markOf(next)?.focus();
  }
}

/** Names of filtered kinds fade. */
function fade() {
  for (const mention of mentions) {
    const off = mention.place !== null && (!isShown(mention.place) || (mention.metonymic && !state.metonymic));
    marks.get(mention.number)?.classList.toggle("off", off);
  }
}

export function startText() {
  const pane = find("#source");
  if (mentions.length <= EAGER) blocks.forEach((_, index) => markBlock(index));
  else {
    const near = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) markBlock(blocks.indexOf(/** @type {HTMLElement} */ (entry.target)));
        fade();
      },
      { root: find("#text"), rootMargin: "600px" },
    );
    for (const block of blocks) near.observe(block);
  }
  pane.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const mention = mentionAt(/** @type {Element} */ (event.target));
    if (mention) openMention(mention);
  });
  pane.addEventListener("keydown", onKey);
  for (const [type, on] of /** @type {[string, boolean][]} */ ([["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]])) {
    pane.addEventListener(type, (/** @type {Event} */ event) => {
      const mention = mentionAt(/** @type {Element} */ (event.target));
      if (mention) light(on ? mention.place : null);
    });
  }
  onLight((place, before) => {
    toggle(before, "lit", false);
    toggle(place, "lit", true);
  });
  watch(["changes"], remark);
  watch(FILTERS, fade);
}

/** Follow the open place; the card comes first, because it takes room from the text on a narrow screen. */
export const followCard = () => watch(["place", "turn", "loose"], relight);
