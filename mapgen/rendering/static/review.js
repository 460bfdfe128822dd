// The review: the names that most probably stand at a wrong place, one after the other, decided by single keys.

import { registerActions } from "./actions.js";
import { nameKey } from "./changes.js";
import { words } from "./data.js";
import { body, find, look, put } from "./dom.js";
import { say } from "./format.js";
import { nameOf, mentions } from "./mention.js";
import { startPlacing } from "./placing.js";
import { isShown, open, state, watch } from "./store.js";
import { choose, others } from "./tools.js";

const LEAST_ERROR = 0.1;
const bar = find("#review");

/** One mention for each name and place, the greatest expected error first. @type {Mention[]} */
let queue = [];

let at = -1;

function makeQueue() {
  /** @type {Map<string, {mention: Mention, error: number}>} */
  const found = new Map();
  for (const mention of mentions) {
    if (mention.decided || (mention.place && !isShown(mention.place))) continue;
    const key = `${nameKey(nameOf(mention))} ${mention.place?.number}`;
    const one = found.get(key) || { mention, error: 0 };
    one.error += mention.place ? 1 - mention.p : 0.5;
    found.set(key, one);
  }
  return [...found.values()]
    .filter(({ error }) => error >= LEAST_ERROR)
    .sort((a, b) => b.error - a.error)
    .map(({ mention }) => mention);
}

/** @param {number} next */
function ask(next) {
  at = Math.max(0, next);
  const mention = queue[at];
  const done = !mention;
  look(body, { reviewing: true });
  const max = queue.length || 1;
  Object.assign(find("progress", bar), { max, value: done ? max : at });
  put(find("strong", bar), done ? words.review_done : say("review_at", { i: at + 1, n: queue.length }));
  look(bar, { done });
  open(mention || null);
  if (done) find("[data-do=keep]", bar).focus();
  else find("#card").focus();
}

function endReview() {
  at = -1;
  look(body, { reviewing: false });
}

function toggleReview() {
  if (at >= 0) endReview();
  else {
    queue = makeQueue();
    ask(0);
  }
}

/**
 * What a key does to the name in question.
 * @param {string} key
 * @returns {(() => void) | undefined}
 */
function deedOf(key) {
  const mention = queue[at];
  const rival = others(mention)[Number(key) - 1];
  const placing = () => startPlacing(mention, choose);
  /** @type {Record<string, () => void>} */
  const deeds = {
    Enter: () => choose(mention.place),
    x: () => choose(null),
    m: placing,
    "/": placing,
    ArrowRight: () => ask(at + 1),
    ArrowLeft: () => ask(at - 1),
  };
  return rival ? () => choose(rival.place) : deeds[key];
}

/**
 * What a key does for the review, if anything.
 * @param {string} key
 * @param {Element} target
 */
export function reviewDeed(key, target) {
  if (key === "r" && at < 0) return toggleReview;
  const asked = at >= 0 && queue[at] && state.mention === queue[at];
  return asked && !(key === "Enter" && target.closest("button, a, .mention")) ? deedOf(key) : undefined;
}

export function startReview() {
  registerActions({ review: toggleReview, "skip-one": () => ask(at + 1), "stop-review": endReview });
  watch(["changes"], () => {
    if (at >= 0 && queue[at]?.decided) queueMicrotask(() => ask(at + 1));
  });
}
