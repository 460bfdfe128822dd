// The sign of each kind: shape and colour differ, so that neither has to be told apart alone.

import { draw } from "./dom.js";

/** Outlines in a square of 28, the middle at 14, 14. */
const OUTLINES = /** @type {Record<string, string>} */ ({
  country: "M8.2 3.5h11.6L25.6 14l-5.8 10.5H8.2L2.4 14z",
  region: "M7 3.5h14A3.5 3.5 0 0 1 24.5 7v14a3.5 3.5 0 0 1-3.5 3.5H7A3.5 3.5 0 0 1 3.5 21V7A3.5 3.5 0 0 1 7 3.5z",
  district: "M9.3 3.2h9.4L24.8 9.3v9.4l-6.1 6.1H9.3L3.2 18.7V9.3z",
  city: "M14 2.8a11.2 11.2 0 1 1 0 22.4 11.2 11.2 0 0 1 0-22.4z",
  village: "M14 2.4 25.2 10.6 20.9 24H7.1L2.8 10.6z",
  quarter: "M3.5 4.5h21V15A10.5 10.5 0 0 1 14 25.5 10.5 10.5 0 0 1 3.5 15z",
  facility: "M14 1.6 26.4 14 14 26.4 1.6 14z",
  water: "M14 1.5c4.2 5.4 9.4 9.3 9.4 14.8a9.4 9.4 0 0 1-18.8 0C4.6 10.8 9.8 6.9 14 1.5z",
  terrain: "M3.8 25V13.4a10.2 10.2 0 0 1 20.4 0V25z",
  road: "M6 6.5h19.5L22 21.5H2.5z",
  area: "M14 6c7.2 0 12.5 3.2 12.5 8S21.2 22 14 22 1.5 18.8 1.5 14 6.8 6 14 6z",
  continent: "M14 2 17.2 6.2 22.5 5.5 21.8 10.8 26 14 21.8 17.2 22.5 22.5 17.2 21.8 14 26 10.8 21.8 5.5 22.5 6.2 17.2 2 14 6.2 10.8 5.5 5.5 10.8 6.2z",
});

/**
 * The sign of a kind, with a number in it.
 * @param {string} kind
 * @param {string} label
 */
export const sign = (kind, label = "") =>
  draw(
    "svg",
    { viewBox: "0 0 28 28", "aria-hidden": "true", focusable: "false", class: "sign" },
    draw("path", { d: OUTLINES[kind] || OUTLINES.city }),
    ...(label ? [draw("text", { x: 14, y: kind === "water" ? 19.6 : kind === "terrain" ? 19 : 18.2, "text-anchor": "middle" }, label)] : []),
  );

/** Kinds in the order of the legend. */
export const KINDS = Object.keys(OUTLINES);

/** Kinds that lie around their point more than at it: their markers may move aside. */
export const WIDE = new Set(["country", "region", "district", "water", "area", "continent", "terrain"]);
