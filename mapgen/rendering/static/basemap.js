// Paints coasts, lakes, borders, rivers and relief on a canvas below all layers: coarse lines of the world, fine ones of
// its windows.

import { TURNS, isWorld, paint, paintSeams, sidesOf } from "./paint.js";

const LEAST = 160; // pixels: a finer window is painted from this size on the map
const INKS = ["sea", "land", "coast", "border", "river", "shadow", "light", "seam", "seam-named", "grid"];
const FAR = 9; // pixels: a map on which a degree is smaller is one of the world
const NET = 30; // degrees between its meridians

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
 * A Leaflet layer that paints the basemap, and a function that paints it anew.
 * @param {any} map
 * @param {{windows: Part[], relief: any, seams: any}} ground
 */
export function basemap(map, { windows: parts, seams }) {
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
    const views = TURNS.map((turn) => ({ x: (180 + turn) * degree - x, y: 180 * degree - y, degree }));
    const seen = parts
      .filter(({ frame }) => (frame[3] - frame[1]) * degree >= LEAST)
      .flatMap((part) => (isWorld(part) ? [views[1]] : views).map((view) => ({ part, view, ...sidesOf(part, view) })))
      .filter(
        ({ part, left, top, right, bottom }) =>
          isWorld(part) || (left <= max.x && right >= min.x && top <= max.y && bottom >= min.y),
      );
    // What lies under a finer window that fills the canvas is not painted.
    const lowest = seen.findLastIndex(
      ({ left, top, right, bottom }) => left <= min.x && right >= max.x && top <= min.y && bottom >= max.y,
    );
    for (const { part, view } of seen.slice(Math.max(0, lowest))) {
      ink.save();
      paint(ink, part, view, colours);
      ink.restore();
    }
    if (seams) for (const view of views) paintSeams(ink, seams, view, colours);
  };
  layer._updatePaths = () => {}; // Leaflet's would clear the canvas for its own paths
  layer._reset = layer._update; // Leaflet's moves the canvas by parts of a pixel, which blurs fine lines
  layer.on("update", repaint).addTo(map);
  layer._container.ariaHidden = "true";
  return repaint;
}
