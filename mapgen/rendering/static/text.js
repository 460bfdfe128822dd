// The text pane: every name a button in the colour of its kind; the open place's names are lit.

import { blockStarts, blocks, mentions, nameOf, numbered, source } from "./data.js";
import { classes, find, make, write } from "./dom.js";
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
function markMention(mention) {
  const { place } = mention;
  const looks = { metonymic: mention.metonymic, unplaced: !place, [`said-${mention.decided?.decision}`]: mention.decided };
  const element = make("span", {
    class: classes(`mention k-${mention.kind || "none"}`, looks),
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

/** Rebuild a block with its names marked; its text stays what it was. @param {number} index */
function markBlock(index) {
  if (done.has(index)) return;
  done.add(index);
  const block = blocks[index];
  const [start, end] = [blockStarts[index], blockStarts[index + 1] ?? source.length];
  // The dashes around a subhead belong to the text, not to the eye.
  const dashes = block.tagName === "H2" && /^(\s*- )?[^]*?( -\s*)?$/.exec(source.slice(start, end));
  const [head, tail] = dashes ? [dashes[1] || "", dashes[2] || ""] : ["", ""];
  const parts = make("span", {}, make("span", { class: "dash" }, head));
  let position = start + head.length;
  for (const mention of mentions) {
    if (mention.start < position || mention.end > end) continue;
    write(parts, source.slice(position, mention.start));
    parts.append(markMention(mention));
    position = mention.end;
  }
  write(parts, source.slice(position, end - tail.length));
  parts.append(make("span", { class: "dash" }, tail));
  block.replaceChildren(...[...parts.childNodes].filter((node) => node.textContent));
}

/** The element of a mention, marked now if it was not yet. @param {Mention} mention */
export function markOf(mention) {
  markBlock(blockStarts.filter((start) => start <= mention.start).length - 1);
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
let litMarks = [];
function relight() {
  for (const element of litMarks) element.classList.remove("open", "current");
  const { place, turn, loose } = state;
  litMarks = [];
  const all = place ? place.mentions : loose ? [loose] : [];
  all.forEach((mention, index) => {
    const element = index === turn ? markOf(mention) : marks.get(mention.number);
    if (!element) return;
    element.classList.add("open");
    element.classList.toggle("current", index === turn);
    litMarks.push(element);
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
  for (const [number, element] of marks) {
    const { place, metonymic } = numbered[number];
    element.classList.toggle("off", place !== null && (!isShown(place) || (metonymic && !state.metonymic)));
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
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
    const on = type === "pointerover" || type === "focusin";
    pane.addEventListener(type, (/** @type {Event} */ event) => light((on && mentionAt(/** @type {Element} */ (event.target))?.place) || null));
  }
  onLight((place, before) => {
    toggle(before, "lit", false);
    toggle(place, "lit", true);
  });
  watch(["changes"], remark);
  watch(FILTERS, fade);
  watch(["place", "turn", "loose"], relight);
  fade();
  relight();
}
