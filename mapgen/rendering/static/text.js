// The text pane: each name is a button in the colour of its kind; names of the open place are highlighted.

import { blockStarts, blocks, mentions, numbered, source, words } from "./data.js";
import { all, registerActions, find, look, make, markPlace, put, write } from "./dom.js";
import { kindName } from "./format.js";
import { narrow, still } from "./stage.js";
import { FILTERS, change, isDoubtful, isShown, open, openPlace, state, watch } from "./store.js";

/** @typedef {import("./data.js").Mention} Mention */

const EAGER = 400; // so many names are marked at once; with more, a block is marked when it comes near the window

const pane = find("#text");
/** Elements of the mentions that are marked, by number. @type {Map<number, HTMLElement>} */
const marks = new Map();
/** Blocks that are marked. @type {Set<number>} */
const done = new Set();

/** The one name in the tab order; arrow keys move from there. @type {Mention | undefined} */
let stop = mentions[0];

/** @param {Mention} mention */
function makeStop(mention) {
  for (const [one, tabIndex] of /** @type {[Mention | undefined, number][]} */ ([
    [stop, -1],
    [mention, 0],
  ])) {
    const element = one && marks.get(one.number);
    if (element) element.tabIndex = tabIndex;
  }
  stop = mention;
}

/** @param {Mention} mention */
function markMention(mention) {
  const { number, place, decided, metonymic, point } = mention;
  const element = make(
    "span",
    {
      class: ["mention", `k-${mention.kind || "none"}`, ...(decided ? [`said-${decided.decision}`] : [])].join(" "),
      role: "button",
      tabindex: mention === stop ? 0 : -1,
      "data-mention": number,
      "data-start": point,
      "data-place": place ? place.number : false,
      title: place
        ? [place.name, kindName(place.kind), metonymic && words.institution_one, isDoubtful(place) && words.doubtful]
            .filter(Boolean)
            .join(" · ")
        : words.unplaced,
    },
    source.slice(mention.start, mention.end),
  );
  look(element, { metonymic, unplaced: !place, doubtful: place && isDoubtful(place) });
  marks.set(number, element);
  return element;
}

/** Rebuild a block with its names marked; its text stays what it was. @param {number} index */
function markBlock(index) {
  if (done.has(index)) return;
  done.add(index);
  const block = blocks[index];
  const [start, end] = [blockStarts[index], blockStarts[index + 1] ?? source.length];
  // The dashes around a subhead are part of the text but not shown.
  const [, head = "", tail = ""] =
    (block.tagName === "H2" && /^(\s*- )?[^]*?( -\s*)?$/.exec(source.slice(start, end))) || [];
  put(block);
  let position = start + head.length;
  if (head) write(block, make("span", { class: "dash" }, head));
  for (const mention of mentions) {
    if (mention.start < position || mention.end > end) continue;
    write(block, source.slice(position, mention.start), markMention(mention));
    position = mention.end;
  }
  write(block, source.slice(position, end - tail.length));
  if (tail) write(block, make("span", { class: "dash" }, tail));
}

/** The element of a mention; it is marked first where it is not yet. @param {Mention} mention */
function markOf(mention) {
  markBlock(blockStarts.filter((start) => start <= mention.start).length - 1);
  return marks.get(mention.number);
}

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
  const index = blockStarts.filter((start) => start <= at).length - 1;
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
    one.removeAttribute("aria-current");
  }
  const element = state.mention && markOf(state.mention);
  markPlace("open", openPlace()?.number);
  if (!element) return;
  element.classList.add("current", "open");
  element.setAttribute("aria-current", "true");
  scrollTo(element);
}

/** @param {Event} event */
function mentionAt({ target }) {
  const element = /** @type {Element} */ (target).closest?.(".mention");
  return element ? numbered[Number(/** @type {HTMLElement} */ (element).dataset.mention)] : null;
}

/** Mark the text again after a correction; the focus stays. */
function remark() {
  const focused = /** @type {HTMLElement} */ (document.activeElement).dataset.mention;
  const again = [...done];
  done.clear();
  marks.clear();
  again.forEach(markBlock);
  if (focused) marks.get(Number(focused))?.focus();
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
  pane.addEventListener("click", (/** @type {Event} */ event) => mentionAt(event) && open(mentionAt(event)));
  pane.addEventListener("keydown", onTextKey);
  pane.addEventListener("focusin", (/** @type {Event} */ event) => {
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
