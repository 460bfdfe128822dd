// Paints coasts, lakes, borders, rivers and relief on a canvas below all layers: coarse lines of the world, fine ones of
// its windows.

import { unpackLines } from "./polylines.js";
import { loadRelief, paintRelief } from "./relief.js";

/**
 * @typedef {{frame: number[], q: number, [layer: string]: any}} Part a window of the world as `ground/lines.py` packed it
 */
/**
 * @typedef {{x: number, y: number, degree: number}} View where latitude and longitude 0 lie on the canvas, pixels; a
 *   degree in pixels
 */

const LEAST = 160; // pixels: a finer window is painted from this size on the map
const INKS = ["sea", "land", "coast", "border", "river", "shadow", "light", "seam", "seam-named", "grid"];
const FAR = 9; // pixels: a map on which a degree is smaller is one of the world
const NET = 30; // degrees
const TURNS = [-360, 0, 360]; // the world repeats on both sides

/** @param {Part} part */
const isWorld = ({ frame }) => frame && frame[3] - frame[1] >= 360;

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
 * Exclude the inside of a window, in whole pixels: finer lines are painted there.
 * @param {CanvasRenderingContext2D} ink
 * @param {Part} part
 * @param {View} view
 */
function clip(ink, { frame: [south, west, north, east] }, { x, y, degree }) {
  const [left, top] = [Math.ceil(x + west * degree) + 1, Math.ceil(y - north * degree) + 1];
  ink.beginPath();
  ink.rect(left, top, Math.floor(x + east * degree) - 1 - left, Math.floor(y - south * degree) - 1 - top);
  ink.clip();
  ink.fill();
}

/**
 * Paint one window of the world.
 * @param {CanvasRenderingContext2D} ink
 * @param {Part} part
 * @param {View} view
 * @param {Record<string, string>} colours
 */
function paint(ink, part, view, colours) {
  ink.fillStyle = colours.sea;
  if (!isWorld(part)) clip(ink, part, view);
  ink.transform(view.degree, 0, 0, -view.degree, view.x, view.y);
  /** @param {string} layer  @param {string} colour  @param {number} width  pixels */
  const stroke = (layer, colour, width) => {
    ink.lineWidth = width / view.degree;
    ink.strokeStyle = colours[colour];
    ink.stroke(pathOf(part, layer));
  };
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
  ink.setLineDash([7 / view.degree, 2 / view.degree, 1.5 / view.degree, 2 / view.degree]);
  stroke("borders", "border", 1.1);
}

/**
 * Paint a net of meridians and parallels on the sea of a map of the world.
 * @param {CanvasRenderingContext2D} ink
 * @param {View} view
 * @param {string} colour
 */
function graticule(ink, { x, y, degree }, colour) {
  ink.beginPath();
  for (let lon = -540; lon <= 540; lon += NET) {
    ink.moveTo(x + lon * degree, y - 180 * degree);
    ink.lineTo(x + lon * degree, y + 180 * degree);
  }
  for (let lat = -60; lat <= 60; lat += NET) {
    const height = (Math.asinh(Math.tan((lat * Math.PI) / 180)) * 180) / Math.PI;
    ink.moveTo(x - 540 * degree, y - height * degree);
    ink.lineTo(x + 540 * degree, y - height * degree);
  }
  ink.lineWidth = 0.7;
  ink.strokeStyle = colour;
  ink.stroke();
}

/**
 * Paint the borders between regions, one colour for those that the text names.
 * @param {CanvasRenderingContext2D} ink
 * @param {any} seams
 * @param {View} view
 * @param {Record<string, string>} colours
 */
function paintSeams(ink, seams, view, colours) {
  ink.save();
  ink.transform(view.degree, 0, 0, -view.degree, view.x, view.y);
  for (const [name, colour, width, dash] of /** @type {[string, string, number, number[]][]} */ ([
    ["other", "seam", 0.9, [2, 3]],
    ["named", "seam-named", 1.3, [4, 3]],
  ])) {
    ink.lineWidth = width / view.degree;
    ink.setLineDash(dash.map((length) => length / view.degree));
    ink.strokeStyle = colours[colour];
    ink.stroke(pathOf(seams, name));
  }
  ink.restore();
}

/**
 * A Leaflet layer that paints the basemap, and a function that paints it anew.
 * @param {any} map
 * @param {{windows: Part[], relief: any, seams: any}} ground
 */
export function basemap(map, { windows: parts, relief, seams }) {
  const layer = /** @type {any} */ (L.canvas({ padding: 0.4, pane: "base" }));
  const repaint = () => {
    const style = getComputedStyle(map.getContainer());
    const colours = Object.fromEntries(INKS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    const degree = (256 * 2 ** map.getZoom()) / 360;
    const { x, y } = map.getPixelOrigin();
    const { min, max } = layer._bounds;
    const ink = layer._ctx; // its origin is that of the map's panes
    ink.lineJoin = "round";
    ink.fillStyle = colours.sea;
    ink.fillRect(min.x, min.y, max.x - min.x, max.y - min.y);
    if (degree < FAR) graticule(ink, { x: 180 * degree - x, y: 180 * degree - y, degree }, colours.grid);
    for (const part of parts) {
      if ((part.frame[3] - part.frame[1]) * degree < LEAST) continue;
      for (const turn of isWorld(part) ? [0] : TURNS) {
        ink.save();
        paint(ink, part, { x: (180 + turn) * degree - x, y: 180 * degree - y, degree }, colours);
        ink.restore();
      }
    }
    if (seams)
      for (const turn of TURNS)
        paintSeams(ink, seams, { x: (180 + turn) * degree - x, y: 180 * degree - y, degree }, colours);
  };
  layer._updatePaths = () => {}; // Leaflet's would clear the canvas for its own paths
  layer._reset = layer._update; // Leaflet's moves the canvas by parts of a pixel, which blurs fine lines
  layer.on("update", repaint).addTo(map);
  layer._container.setAttribute("aria-hidden", "true");
  if (relief) loadRelief(relief).then(repaint);
  return repaint;
}
