// Marks the names in the text: each is a button in the colour of its kind.

import { blockAt, blockEnds, blocks, source, words } from "./data.js";
import { look, make, piece, put, write } from "./dom.js";
import { kindName } from "./format.js";
import { mentions } from "./mention.js";
import { isDoubtful } from "./store.js";

/** Elements of the mentions that are marked, by number. @type {Map<number, HTMLElement>} */
export const marks = new Map();

/** Blocks that are marked. @type {Set<number>} */
const done = new Set();

/** The one name in the tab order; arrow keys move from there. @type {Mention | undefined} */
let stop = mentions[0];

/** Put the name at `stop` into the tab order, or take it out. @param {number} tabIndex */
function setStop(tabIndex) {
  const element = stop && marks.get(stop.number);
  if (element) element.tabIndex = tabIndex;
}

/** @param {Mention} mention */
export function makeStop(mention) {
  setStop(-1);
  stop = mention;
  setStop(0);
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
export function markBlock(index) {
  if (done.has(index)) return;
  done.add(index);
  const block = blocks[index];
  const [start, end] = blockEnds(index);
  // The dashes around a subhead are part of the text but not shown.
  const [, head = "", tail = ""] =
    (block.tagName === "H2" && /^(\s*- )?[^]*?( -\s*)?$/.exec(source.slice(start, end))) || [];
  put(block);
  let position = start + head.length;
  if (head) write(block, piece("dash", head));
  for (const mention of mentions) {
    if (mention.start < position || mention.end > end) continue;
    write(block, source.slice(position, mention.start), markMention(mention));
    position = mention.end;
  }
  write(block, source.slice(position, end - tail.length));
  if (tail) write(block, piece("dash", tail));
}

/** The element of a mention; it is marked first where it is not yet. @param {Mention} mention */
export function markOf(mention) {
  markBlock(blockAt(mention.start));
  return marks.get(mention.number);
}

/** Mark the text again after a correction; the focus stays. */
export function remark() {
  const focused = /** @type {HTMLElement} */ (document.activeElement).dataset.mention;
  const again = [...done];
  done.clear();
  marks.clear();
  again.forEach(markBlock);
  if (focused) marks.get(Number(focused))?.focus();
}
