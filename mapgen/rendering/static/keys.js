// Keys: arrows move among markers and from mention to mention, "/" goes to the search, "?" lists all.

import { registerActions } from "./actions.js";
import { all, find, listen } from "./dom.js";
import { mentions } from "./mention.js";
import { reviewDeed } from "./review.js";
import { STEPS } from "./spots.js";
import { container } from "./stage.js";
import { open, state } from "./store.js";

const STOPS = ".pin, .gathered";
const FIELDS = "input, select, textarea, dialog, [role=tab], [role=separator]";

/**
 * Focus the nearest sign of the map in a direction.
 * @param {Element} from
 * @param {[number, number]} way
 */
function focusNext(from, [right, down]) {
  const here = from.getBoundingClientRect();
  const frame = container.getBoundingClientRect();
  let least = Infinity;
  let next = /** @type {HTMLElement} */ (from);
  for (const one of all(STOPS, container)) {
    const { x, y, width } = one.getBoundingClientRect();
    const [dx, dy] = [x - here.x + (width - here.width) / 2, y - here.y + (width - here.width) / 2];
    const along = dx * right + dy * down;
    const cost = along + 2 * Math.abs(dx * down + dy * right);
    const inside = x > frame.x && x + width < frame.right && y > frame.y && y + width < frame.bottom;
    if (inside && along > 1 && cost < least) [least, next] = [cost, one];
  }
  next.focus();
}

/** Open the mention before or after the open one in the text. @param {number} step */
function openNext(step) {
  const at = state.mention ? mentions.indexOf(state.mention) + step : step > 0 ? 0 : mentions.length - 1;
  if (mentions[at]) open(mentions[at]);
}

function toggleHelp() {
  const help = find("#help");
  help[help.open ? "close" : "showModal"]();
}

/** @type {Record<string, () => void>} */
const DEEDS = {
  "?": toggleHelp,
  "/": () => find("#search").focus(),
  ArrowRight: () => openNext(1),
  ArrowLeft: () => openNext(-1),
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {Element} */ (event.target);
  const { key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || state.placing) return;
  if (target.closest(FIELDS) || (STEPS[key] && target.closest("#map"))) return;
  const deed = reviewDeed(key, target) || DEEDS[key];
  if (!deed) return;
  event.preventDefault();
  deed();
}

export function startKeys() {
  registerActions({ help: toggleHelp });
  listen(document, "keydown", onKey);
  listen(container, "keydown", (event) => {
    const from = /** @type {Element} */ (event.target).closest(STOPS);
    if (!from || !STEPS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    focusNext(from, STEPS[event.key]);
  });
}
