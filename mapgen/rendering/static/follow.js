// The map reads along: the places of the paragraph that is being read stand out; when asked, the map follows.

import { registerActions } from "./actions.js";
import { blockEnds, blocks } from "./data.js";
import { find, markPlace, numbersOf, toggle } from "./dom.js";
import { mentions } from "./mention.js";
import { boundsOf, map, position, still } from "./stage.js";
import { isShown, state, watch } from "./store.js";
import { freeView, sceneBounds } from "./views.js";

const DEEPEST = 9; // zoom that the map goes to for a paragraph by itself
const button_ = find("#follow");

/** Index of the block that is being read. */
let inHand = -1;

function inBlock() {
  const [start, end] = blockEnds(inHand);
  const own = mentions.filter((one) => one.start >= start && one.end <= end && !one.metonymic).map((one) => one.place);
  return /** @type {Place[]} */ ([...new Set(own)].filter((place) => place && isShown(place)));
}

/** Highlight the places of the block, from the first scrolling on: before it nobody is known to read. */
function markRead() {
  const reading = state.tab === "text" && (button_.ariaPressed === "true" || find("#text").scrollTop > 0);
  markPlace("read", reading ? numbersOf(inBlock()) : "");
}

/** Highlight the places of the block, and go to them where the reader follows and the map does not show them. */
function followBlock() {
  markRead();
  const own = inBlock();
  if (!own.length || state.mention || button_.ariaPressed !== "true") return;
  // A far place that is only mentioned does not take the map away from the scene.
  const near = own.filter((place) => sceneBounds()?.contains(position(place)));
  const bounds = boundsOf(near.length ? near : own);
  const seen = map.getBounds().pad(-0.08);
  const zoom = Math.min(DEEPEST, map.getBoundsZoom(bounds.pad(0.3)));
  if (seen.contains(bounds) && Math.abs(zoom - map.getZoom()) < 1.5) return;
  freeView();
  map.flyTo(bounds.getCenter(), zoom, { animate: !still, duration: 1.2 });
}

export function startFollow() {
  const reading = new IntersectionObserver(
    (entries) => {
      const now = entries.find(({ isIntersecting }) => isIntersecting);
      if (!now) return;
      inHand = blocks.indexOf(/** @type {HTMLElement} */ (now.target));
      followBlock();
    },
    { root: find("#text"), rootMargin: "-25% 0px -74% 0px" },
  );
  for (const block of blocks) reading.observe(block);
  registerActions({
    follow: () => {
      toggle(button_);
      followBlock();
    },
  });
  map.on("moveend", markRead);
  watch(["tab"], markRead);
}
