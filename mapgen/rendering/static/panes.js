// The two panes: tabs, and the handle between text and map.

import { find } from "./dom.js";
import { narrow } from "./stage.js";
import { change, state, watch } from "./store.js";

const [LEAST, MOST, STEP] = [15, 80, 3];
const handle = find("#handle");
const main = find("#main");

/** @type {{wide: number, narrow: number}} */
const share = { wide: 36, narrow: 46 };

function apply() {
  const value = narrow.matches ? share.narrow : share.wide;
  main.style.setProperty("--share", `${value}%`);
  handle.setAttribute("aria-valuenow", String(Math.round(value)));
  handle.setAttribute("aria-orientation", narrow.matches ? "horizontal" : "vertical");
}

/** @param {number} value */
function setShare(value) {
  share[narrow.matches ? "narrow" : "wide"] = Math.max(LEAST, Math.min(MOST, value));
  apply();
}

/** @param {PointerEvent} event */
function drag(event) {
  if (!handle.hasPointerCapture(event.pointerId)) return;
  const frame = main.getBoundingClientRect();
  const done = narrow.matches ? (event.clientY - frame.top) / frame.height : (event.clientX - frame.left) / frame.width;
  const rightToLeft = !narrow.matches && getComputedStyle(main).direction === "rtl";
  setShare(100 * (rightToLeft ? 1 - done : done));
}

function startHandle() {
  handle.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const value = narrow.matches ? share.narrow : share.wide;
    const step = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP, Home: -100, End: 100 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setShare(value + step);
  });
  narrow.addEventListener("change", apply);
}

const TABS = ["text", "places", "changes"];

function showTab() {
  for (const name of TABS) {
    const on = name === state.tab;
    find(`#${name}`).hidden = !on;
    const tab = find(`#tab-${name}`);
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
}

export function startPanes() {
  for (const name of TABS) {
    const tab = find(`#tab-${name}`);
    tab.addEventListener("click", () => change({ tab: name }));
    tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const shown = TABS.filter((one) => !find(`#tab-${one}`).hidden);
      const other = shown[(shown.indexOf(name) + (event.key === "ArrowLeft" ? shown.length - 1 : 1)) % shown.length];
      change({ tab: other });
      find(`#tab-${other}`).focus();
    });
  }
  watch(["tab"], showTab);
  startHandle();
  apply();
}
