// The histogram of dates, and the brush over it: two ends that can be dragged and moved by keys, and the undated bin.

import { cells, periods, raw, words } from "./data.js";
import { bars, dayInWords } from "./dates.js";
import { registerActions } from "../actions.js";
import { find, put } from "../dom.js";
import { number } from "../format.js";
import { change, settle, state, watch } from "./state.js";

const BARS = 240;
/** @type {number[]} starts of the bars, and the day behind the last */
let edges = [];
/** @type {Float64Array} */
let heights = new Float64Array(0);
/** @type {HTMLElement} */
const brush = find("#brush");
/** @type {HTMLCanvasElement} */
const canvas = find("canvas", brush);
const ends = ["from", "to"].map((name) => find(`#brush-${name}`));

/** @param {number} day */
const barOf = (day) => {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
};

/** Numbers of the first and the last bar of the selection. */
const chosenBars = () => [
  state.from === -Infinity ? 0 : barOf(state.from),
  state.to === Infinity ? edges.length - 2 : barOf(state.to),
];

/** @param {number} first  @param {number} last  numbers of bars */
function choose(first, last) {
  const [low, high] = [Math.min(first, last), Math.max(first, last)].map((bar) =>
    Math.max(0, Math.min(edges.length - 2, bar)),
  );
  change({
    from: low === 0 ? -Infinity : edges[low],
    to: high === edges.length - 2 ? Infinity : edges[high + 1] - 1,
  });
}

/** Heights of the bars: documents, and of the open place its mentions. */
function measure() {
  heights = new Float64Array(edges.length - 1);
  let undated = 0;
  for (let row = 0; row < periods.day.length; row += 1) {
    const texts = periods.originals[row] + (state.without ? 0 : periods.duplicates[row]);
    if (periods.day[row] === raw.noDay) undated += texts;
    else heights[barOf(periods.day[row])] += texts;
  }
  put(find("#undated + span b"), number(undated));
}

/** Mentions of the open place by bar. */
function ofPlace() {
  const own = new Float64Array(edges.length - 1);
  if (state.place < 0) return own;
  for (let row = 0; row < cells.place.length; row += 1)
    if (cells.place[row] === state.place && cells.day[row] !== raw.noDay)
      own[barOf(cells.day[row])] += cells.documents[row];
  return own;
}

function draw() {
  const ratio = devicePixelRatio || 1;
  const [wide, high] = [brush.clientWidth, brush.clientHeight];
  [canvas.width, canvas.height] = [wide * ratio, high * ratio];
  const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ink.scale(ratio, ratio);
  const style = getComputedStyle(brush);
  const [first, last] = chosenBars();
  const most = Math.max(1, ...heights);
  const step = wide / heights.length;
  const own = ofPlace();
  heights.forEach((height, bar) => {
    const inside = bar >= first && bar <= last;
    ink.fillStyle = style.getPropertyValue(inside ? "--bar" : "--bar-off");
    const tall = height && Math.max(1.5, (height / most) * (high - 4));
    ink.fillRect(bar * step, high - tall, Math.max(1, step - (step > 4 ? 1 : 0.2)), tall);
    if (!own[bar]) return;
    ink.fillStyle = style.getPropertyValue("--facility");
    const part = Math.max(2, (own[bar] / most) * (high - 4));
    ink.fillRect(bar * step, high - part, Math.max(1, step - (step > 4 ? 1 : 0.2)), part);
  });
}

/** Put the ends and the span in words where the selection is. */
function placeEnds() {
  const [first, last] = chosenBars();
  const share = (/** @type {number} */ bar) => `${(100 * bar) / heights.length}%`;
  const marked = state.from !== -Infinity || state.to !== Infinity;
  const frame = find(".window", brush);
  Object.assign(frame.style, { left: share(first), width: share(last + 1 - first) });
  frame.hidden = !marked;
  const days = [edges[first], edges[last + 1] - 1];
  ends.forEach((end, at) => {
    end.style.left = share(at ? last + 1 : first);
    end.setAttribute("aria-valuemax", String(heights.length - 1));
    end.setAttribute("aria-valuenow", String(at ? last : first));
    end.setAttribute("aria-valuetext", dayInWords(days[at]));
  });
  put(find("#span"), words.span.replace("{first}", dayInWords(days[0])).replace("{last}", dayInWords(days[1])));
}

/** @param {PointerEvent} event */
const barUnder = (event) => {
  const box = brush.getBoundingClientRect();
  return Math.floor(((event.clientX - box.left) / box.width) * heights.length);
};

/** Dragging: over the bars makes a selection, inside of it moves it, at an end moves this end. */
function startDragging() {
  /** @type {((bar: number) => void) | null} */
  let move = null;
  brush.addEventListener("pointerdown", (event) => {
    const start = barUnder(event);
    const [first, last] = chosenBars();
    const end = ends.indexOf(event.target);
    const inside = !find(".window", brush).hidden && start >= first && start <= last;
    if (end === 0) move = (bar) => choose(Math.min(bar, last), last);
    else if (end === 1) move = (bar) => choose(first, Math.max(first, bar - 1));
    else if (inside && last > first)
      move = (bar) => {
        const shift = Math.max(-first, Math.min(heights.length - 1 - last, bar - start));
        choose(first + shift, last + shift);
      };
    else move = (bar) => choose(start, bar);
    if (end < 0 && !inside) move(start);
    brush.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  brush.addEventListener("pointermove", (event) => move && move(barUnder(event)));
  for (const type of ["pointerup", "pointercancel"]) brush.addEventListener(type, () => (move = null));
}

/** @param {KeyboardEvent} event  @param {number} at */
function moveByKey(event, at) {
  const [first, last] = chosenBars();
  const steps = /** @type {Record<string, number>} */ ({
    ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 },
    ...{ Home: -heights.length, End: heights.length },
  });
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  if (at) choose(first, Math.max(first, last + step));
  else choose(Math.min(last, first + step), last);
  settle();
}

export function startBrush() {
  const days = [...periods.day].filter((day) => day !== raw.noDay);
  find("#time").hidden = !days.length;
  if (!days.length) return;
  const [low, high] = [days[0], days[days.length - 1]];
  edges = bars(low, high, BARS);
  edges.push(Math.max(high, edges[edges.length - 1]) + 1);
  measure();
  startDragging();
  ends.forEach((end, at) => end.addEventListener("keydown", (/** @type {any} */ event) => moveByKey(event, at)));
  registerActions({ dates: () => change({ from: -Infinity, to: Infinity, undated: true }) });
  /** @type {HTMLInputElement} */
  const box = find("#undated");
  box.addEventListener("change", () => change({ undated: box.checked }));
  watch(["undated"], () => (box.checked = state.undated));
  watch(["without"], measure);
  watch(["from", "to", "without", "place"], () => {
    draw();
    placeEnds();
  });
  const redraw = () => {
    draw();
    placeEnds();
  };
  new ResizeObserver(redraw).observe(brush);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  redraw();
}
