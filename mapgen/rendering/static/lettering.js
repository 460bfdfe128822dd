// Writes names over the map, and measures them.

import { all, make } from "./dom.js";
import { container, map } from "./stage.js";

const ink = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
let family = "";

/** @param {string} text  @param {string} font */
export function widthOf(text, font) {
  family ||= getComputedStyle(container).fontFamily;
  ink.font = `${font} ${family}`;
  // Signs of direction are shown by their codes (`write`).
  return Math.ceil(ink.measureText(text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "U+0000 ")).width) + 2;
}

/**
 * @param {string} pane
 * @param {string} name
 * @param {string} look
 * @param {Point} at in the window of the map
 */
export function putLabel(pane, name, look, at) {
  const made = make("span", { class: look, "aria-hidden": "true", dir: "auto" }, name);
  L.DomUtil.setPosition(made, map.containerPointToLayerPoint([Math.round(at.x), Math.round(at.y)]));
  map.getPane(pane).append(made);
  return made;
}

/** The boxes over the map, in its window. @returns {Box[]} */
export function furniture() {
  const frame = container.getBoundingClientRect();
  return all(
    ".views > *, .inset, .globe, .trust, .chip, .credits, .leaflet-control-scale, #notice, #card:not([hidden])",
  ).map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, w: width, h: height };
  });
}
