// Paints the lines and areas of the ground: coasts, lakes, borders, rivers, regions.

import { unpackLines } from "./polylines.js";
import { paintRelief } from "./relief.js";

export const TURNS = [-360, 0, 360]; // the world repeats on both sides

/** @param {Part} part */
export const isWorld = ({ frame }) => frame && frame[3] - frame[1] >= 360;

/**
 * The lines of a window on the map's square, as a path that is made when it is first painted.
 * @param {Part} part
 * @param {string} layer
 */
function pathOf(part, layer) {
  if (typeof part[layer] !== "string") return part[layer];
  const path = new Path2D();
  const lines = unpackLines(part[layer], part.q);
  for (const turn of isWorld(part) ? TURNS : [0]) {
    for (const points of lines) {
      path.moveTo(points[0] + turn, points[1]);
      for (let index = 2; index < points.length; index += 2) path.lineTo(points[index] + turn, points[index + 1]);
    }
  }
  return (part[layer] = path);
}

/**
 * The sides of a window on the canvas, whole pixels inside it.
 * @param {Part} part
 * @param {View} view
 */
export const sidesOf = ({ frame: [south, west, north, east] }, { x, y, degree }) => ({
  left: Math.ceil(x + west * degree) + 1,
  top: Math.ceil(y - north * degree) + 1,
  right: Math.floor(x + east * degree) - 1,
  bottom: Math.floor(y - south * degree) - 1,
});

/**
 * Paint inside a window only, on the sea: the coarser lines there are covered.
 * @param {CanvasRenderingContext2D} ink
 * @param {Part} part
 * @param {View} view
 */
function clip(ink, part, view) {
  const { left, top, right, bottom } = sidesOf(part, view);
  ink.beginPath();
  ink.rect(left, top, right - left, bottom - top);
  ink.clip();
  ink.fill();
}

/**
 * What strokes the lines of a window: layer, name of the colour, width and dashes in pixels.
 * @param {CanvasRenderingContext2D} ink
 * @param {Part} part
 * @param {View} view
 * @param {Record<string, string>} colours
 */
const strokes =
  (ink, part, { degree }, colours) =>
  (
    /** @type {string} */ layer,
    /** @type {string} */ colour,
    /** @type {number} */ width,
    dash = /** @type {number[]} */ ([]),
  ) => {
    ink.lineWidth = width / degree;
    ink.setLineDash(dash.map((length) => length / degree));
    ink.strokeStyle = colours[colour];
    ink.stroke(pathOf(part, layer));
  };

/**
 * Paint one window of the world.
 * @param {CanvasRenderingContext2D} ink
 * @param {Part} part
 * @param {View} view
 * @param {Record<string, string>} colours
 */
export function paint(ink, part, view, colours) {
  ink.fillStyle = colours.sea;
  if (!isWorld(part)) clip(ink, part, view);
  ink.transform(view.degree, 0, 0, -view.degree, view.x, view.y);
  const stroke = strokes(ink, part, view, colours);
  // Coasts are drawn twice as wide and their inner half is covered: this hides the cuts of the data, which are on land.
  for (const [layer, colour] of [
    ["land", "land"],
    ["lakes", "sea"],
    ["islands", "land"],
  ]) {
    stroke(layer, "coast", 1.8);
    ink.fillStyle = colours[colour];
    ink.fill(pathOf(part, layer));
    if (layer === "land") paintRelief(ink, pathOf(part, layer), part.frame, view.degree, colours);
  }
  stroke("rivers", "river", 0.9);
  stroke("borders", "border", 1.1, [7, 2, 1.5, 2]);
}

/**
 * Paint the borders between regions, one colour for those that the text names.
 * @param {CanvasRenderingContext2D} ink
 * @param {any} seams
 * @param {View} view
 * @param {Record<string, string>} colours
 */
export function paintSeams(ink, seams, view, colours) {
  ink.save();
  ink.transform(view.degree, 0, 0, -view.degree, view.x, view.y);
  const stroke = strokes(ink, seams, view, colours);
  stroke("other", "seam", 0.9, [2, 3]);
  stroke("named", "seam-named", 1.3, [4, 3]);
  ink.restore();
}
