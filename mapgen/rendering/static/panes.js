// The two panes: tabs, and the handle between text and map.

import { find } from "./dom.js";
import { narrow } from "./stage.js";
import { change, state, watch } from "./store.js";

const handle = find("#handle");
const main = find("#main");

/** What the text has of the window, per cent, when it stands beside the map and above it. */
const share = { beside: 36, above: 46 };

/** @param {number} [value] */
function setShare(value) {
  const way = narrow.matches ? "above" : "beside";
  if (value !== undefined) share[way] = Math.max(15, Math.min(80, value));
  main.style.setProperty("--share", `${share[way]}%`);
  handle.setAttribute("aria-valuenow", String(Math.round(share[way])));
  handle.setAttribute("aria-orientation", narrow.matches ? "horizontal" : "vertical");
}

/** @param {PointerEvent} event */
function drag(event) {
  if (!handle.hasPointerCapture(event.pointerId)) return;
  const { left, top, width, height } = main.getBoundingClientRect();
  setShare(100 * (narrow.matches ? (event.clientY - top) / height : (event.clientX - left) / width));
}

function startHandle() {
  handle.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowLeft: -3, ArrowUp: -3, ArrowRight: 3, ArrowDown: 3, Home: -100, End: 100 }[event.key];
    if (!step) return;
    event.preventDefault();
    setShare(share[narrow.matches ? "above" : "beside"] + step);
  });
  narrow.addEventListener("change", () => setShare());
  setShare();
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
}
