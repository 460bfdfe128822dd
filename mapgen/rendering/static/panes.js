// The two panes: tabs, and the handle between text and map.

import { registerActions } from "./actions.js";
import { all, find, listen } from "./dom.js";
import { clamp } from "./geo.js";
import { narrow } from "./stage.js";
import { change, state, watch } from "./store.js";

const handle = find("#handle");
const main = find("#main");

/** The text's part of the window, per cent: beside the map, and above it. */
const share = { beside: matchMedia("(min-width: 1101px)").matches ? 36 : 48, above: 46 };

/** @param {(share: number) => number} [change_] */
function resize(change_ = (now) => now) {
  const way = narrow.matches ? "above" : "beside";
  share[way] = clamp(change_(share[way]), 15, 80);
  main.style.setProperty("--share", `${share[way]}%`);
  handle.ariaValueNow = Math.round(share[way]);
  handle.ariaOrientation = narrow.matches ? "horizontal" : "vertical";
}

/** @param {PointerEvent} event */
function drag(event) {
  if (!handle.hasPointerCapture(event.pointerId)) return;
  const { left, top, width, height } = main.getBoundingClientRect();
  resize(() => 100 * (narrow.matches ? (event.clientY - top) / height : (event.clientX - left) / width));
}

function startHandle() {
  listen(handle, "pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  listen(handle, "pointermove", drag);
  listen(handle, "keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowLeft: -3, ArrowUp: -3, ArrowRight: 3, ArrowDown: 3, Home: -100, End: 100 }[event.key];
    if (!step) return;
    event.preventDefault();
    resize((now) => now + step);
  });
  listen(narrow, "change", () => resize());
  resize();
}

const tabs = all("[role=tab]");
const panelOf = (/** @type {HTMLElement} */ tab) => String(tab.getAttribute("aria-controls"));

function showTab() {
  for (const tab of tabs) {
    const on = panelOf(tab) === state.tab;
    find(`#${panelOf(tab)}`).hidden = !on;
    tab.ariaSelected = on;
    tab.tabIndex = on ? 0 : -1;
  }
}

export function startPanes() {
  registerActions({ tab: (tab) => change({ tab: panelOf(tab) }) });
  for (const tab of tabs) {
    listen(tab, "keydown", (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      const shown = tabs.filter((one) => !one.hidden);
      const other = shown.at((shown.indexOf(tab) + step) % shown.length);
      other.click();
      other.focus();
    });
  }
  watch(["tab"], showTab);
  startHandle();
}
