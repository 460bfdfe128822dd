// The text pane: each name is a button in the colour of its kind; names of the open place are highlighted.

import { markOpen } from "./signs.js";
import { registerActions } from "./actions.js";
import { blockAt, blockStarts, blocks } from "./data.js";
import { all, find, listen, look } from "./dom.js";
import { makeStop, markBlock, markOf, marks, remark } from "./marking.js";
import { mentions, numbered } from "./mention.js";
import { narrow, still } from "./stage.js";
import { FILTERS, change, isShown, open, state, watch } from "./store.js";

const EAGER = 400; // so many names are marked at once; with more, a block is marked when it comes near the window
const pane = find("#text");

/** Scroll an element to the centre of the pane. @param {HTMLElement} element */
function scrollTo(element) {
  if (pane.hidden) return;
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const margin = Math.min(80, frame.height / 5);
  if (box.top > frame.top + margin && box.bottom < frame.bottom - margin) return;
  const way = box.top - frame.top - frame.height * (narrow.matches ? 0.4 : 0.33);
  pane.scrollBy({ top: way, behavior: still || Math.abs(way) > 4000 ? "auto" : "smooth" });
}

/** The node and offset of a position in the text, as ranges take it. @param {number} at @returns {[Node, number]} */
function nodeAt(at) {
  const index = blockAt(at);
  markBlock(index);
  const walker = document.createTreeWalker(blocks[index], NodeFilter.SHOW_TEXT);
  let left = at - blockStarts[index];
  while (walker.nextNode()) {
    const { length } = /** @type {Text} */ (walker.currentNode);
    if (left <= length) return [walker.currentNode, left];
    left -= length;
  }
  return [blocks[index], 0];
}

/** Select a part of the text, and scroll to it. @param {number} start  @param {number} end */
export function showSpan(start, end) {
  const [from, to] = [nodeAt(start), nodeAt(end)];
  getSelection()?.setBaseAndExtent(...from, ...to);
  const inside = from[0].parentElement;
  if (inside) scrollTo(inside);
}

/** The mention whose card is open. */
function showCurrent() {
  for (const one of all(".mention.current")) {
    one.classList.remove("current", "open");
    one.ariaCurrent = null;
  }
  const element = state.mention && markOf(state.mention);
  markOpen();
  if (!element) return;
  element.classList.add("current", "open");
  element.ariaCurrent = "true";
  scrollTo(element);
}

/** @param {Event} event */
function mentionAt({ target }) {
  const element = /** @type {Element} */ (target).closest?.(".mention");
  return element ? numbered[Number(/** @type {HTMLElement} */ (element).dataset.mention)] : null;
}

/** @param {KeyboardEvent} event */
function onTextKey(event) {
  const mention = mentionAt(event);
  if (!mention) return;
  // Arrow keys move from name to name, so that Tab does not stop at each.
  const next = mentions[mentions.indexOf(mention) + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0)];
  if (event.key === "Enter" || event.key === " ") {
    // A second press on the name of the open card moves into the card.
    if (mention === state.mention) find("#card").focus();
    else open(mention);
  } else if (next && next !== mention) markOf(next)?.focus();
  else return;
  event.preventDefault();
}

/** Fade the names of filtered places. */
function fade() {
  for (const [number, element] of marks) {
    const { place, metonymic } = numbered[number];
    look(element, { off: place && (!isShown(place) || (metonymic && !state.metonymic)) });
  }
}

export function startText() {
  if (mentions.length <= EAGER) blocks.forEach((_, index) => markBlock(index));
  else {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries)
          if (isIntersecting) markBlock(blocks.indexOf(/** @type {any} */ (target)));
        fade();
      },
      { root: pane, rootMargin: "600px" },
    );
    for (const block of blocks) near.observe(block);
  }
  listen(pane, "click", (event) => mentionAt(event) && open(mentionAt(event)));
  listen(pane, "keydown", onTextKey);
  listen(pane, "focusin", (event) => {
    const mention = mentionAt(event);
    if (mention) makeStop(mention);
  });
  registerActions({
    date: ({ dataset: { from, to } }) => showSpan(Number(from), Number(to)),
    skip: () => {
      change({ tab: "text" });
      pane.focus();
    },
  });
  watch(["changes"], remark);
  watch(FILTERS, fade);
  watch(["mention", "tab"], showCurrent);
  fade();
  showCurrent();
}
