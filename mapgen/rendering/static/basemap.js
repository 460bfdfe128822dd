// Paints coasts, lakes, borders and rivers on a canvas under everything: coarsely the world, finely the parts that matter.

import { mercator } from "./geo.js";
import { unpackLines } from "./lines.js";

/** @typedef {{points: Float64Array, west: number, east: number, north: number, south: number, edge: boolean}} Line */
/** @typedef {{x: number, y: number, scale: number, width: number, height: number}} View  origin and size in pixels */

const LEAST = 2.5; // pixels: smaller islands and lakes are only noise
const INKS = ["sea", "land", "coast", "border", "river"];

/**
 * Lines on the map's square, with their extents.
 * @param {string} packed  longitude and projected latitude
 * @param {number} steps
 * @param {boolean} world
 * @returns {Line[]}
 */
function project(packed, steps, world) {
  return unpackLines(packed, steps).map((points) => {
    let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let index = 0; index < points.length; index += 2) {
      const x = (points[index] = points[index] / 360 + 0.5);
      const y = (points[index + 1] = 0.5 - points[index + 1] / 360);
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    return { points, west, east, north, south, edge: world && (west < 0.0003 || east > 0.9997 || south > 0.72) };
  });
}

/** A window of the world as `basemap.py` packed it, unpacked when it is first painted. @param {any} part */
function openWindow(part) {
  const [south, west, north, east] = part.frame;
  const world = east - west >= 360;
  const [left, bottom] = mercator(south, west);
  const [right, top] = mercator(north, east);
  /** @type {Record<string, Line[]>} */
  const unpacked = {};
  /** @param {string} name */
  const lines = (name) => (unpacked[name] ||= project(part[name], part.q, world));
  return { world, box: { left, top, right, bottom }, lines };
}

/** Where the data was cut apart: along the antimeridian, and Antarctica at Greenwich. @param {Float64Array} points  @param {number} index */
const seam = (points, index) => Math.abs(points[index] - 0.5) > 0.4997 || (points[index + 1] > 0.72 && Math.abs(points[index] - 0.5) < 0.0002);

/**
 * Add a line to the path, points that fall on one pixel left out.
 * @param {CanvasRenderingContext2D} ink
 * @param {Line} line
 * @param {View} view
 * @param {boolean} broken  whether to lift the pen along the seams of the data
 */
function trace(ink, line, view, broken) {
  const { points } = line;
  let lastX = points[0] * view.scale - view.x;
  let lastY = points[1] * view.scale - view.y;
  ink.moveTo(lastX, lastY);
  for (let index = 2; index < points.length; index += 2) {
    const x = points[index] * view.scale - view.x;
    const y = points[index + 1] * view.scale - view.y;
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7 && index < points.length - 2) continue;
    if (broken && seam(points, index) && seam(points, index - 2)) ink.moveTo(x, y);
    else ink.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {Line[]} lines
 * @param {View} view
 * @param {string} fill  colour, or ""
 * @param {string} stroke  colour, or ""
 */
function paint(ink, lines, view, fill, stroke) {
  const least = LEAST / view.scale;
  const seen = lines.filter(
    (line) =>
      (line.east - line.west > least || line.south - line.north > least) &&
      line.east * view.scale > view.x &&
      line.west * view.scale < view.x + view.width &&
      line.south * view.scale > view.y &&
      line.north * view.scale < view.y + view.height,
  );
  if (fill) {
    ink.fillStyle = fill;
    ink.beginPath();
    for (const line of seen) trace(ink, line, view, false);
    ink.fill();
  }
  if (stroke) {
    ink.strokeStyle = stroke;
    ink.beginPath();
    for (const line of seen) trace(ink, line, view, line.edge);
    ink.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {ReturnType<typeof openWindow>} part
 * @param {View} view
 * @param {Record<string, string>} colours
 */
function paintWindow(ink, part, view, colours) {
  const left = Math.max(0, Math.ceil(part.box.left * view.scale - view.x) + 1);
  const right = Math.min(view.width, Math.floor(part.box.right * view.scale - view.x) - 1);
  const top = Math.max(0, Math.ceil(part.box.top * view.scale - view.y) + 1);
  const bottom = Math.min(view.height, Math.floor(part.box.bottom * view.scale - view.y) - 1);
  if (right - left < 8 || bottom - top < 8) return;
  if (!part.world && (part.box.right - part.box.left) * view.scale < 90) return;
  ink.save();
  ink.beginPath();
  if (part.world) ink.rect(0, 0, view.width, view.height);
  else ink.rect(left, top, right - left, bottom - top);
  ink.clip();
  if (!part.world) {
    ink.fillStyle = colours.sea;
    ink.fillRect(left, top, right - left, bottom - top);
  }
  ink.lineJoin = "round";
  const fine = view.scale < 256 * 2 ** 4;
  ink.lineWidth = fine ? 0.6 : 0.9;
  paint(ink, part.lines("land"), view, colours.land, colours.coast);
  paint(ink, part.lines("lakes"), view, colours.sea, colours.coast);
  paint(ink, part.lines("islands"), view, colours.land, colours.coast);
  paint(ink, part.lines("rivers"), view, "", colours.river);
  ink.lineWidth = fine ? 0.8 : 1.1;
  paint(ink, part.lines("borders"), view, "", colours.border);
  ink.restore();
}

/** @param {() => void} then */
const whenIdle = (then) => (window.requestIdleCallback ? window.requestIdleCallback(then, { timeout: 1500 }) : window.setTimeout(then, 200));

/** Whether a window covers a part of the map's square. @param {ReturnType<typeof openWindow>} part  @param {any} bounds  @param {number} scale */
const fills = ({ box }, { min, max }, scale) =>
  box.left * scale < min.x && box.right * scale > max.x && box.top * scale < min.y && box.bottom * scale > max.y;

/**
 * A Leaflet layer that paints the basemap; its class is made late because Leaflet is a global of the page.
 * @param {any[]} windows
 */
export function basemapLayer(windows) {
  /** @type {ReturnType<typeof openWindow>[]} */
  const parts = windows.map(openWindow);
  const Layer = /** @type {any} */ (L.Renderer).extend({
    options: { padding: 0, pane: "base" },
    _initContainer() {
      this._layers = {};
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._ink = this._container.getContext("2d", { alpha: false });
    },
    _destroyContainer() {
      this._container.remove();
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      /** @type {any} */ (L.Renderer).prototype._update.call(this);
      this.paintAll();
    },
    /** Windows that have to be painted: where a fine one fills the window of the map, it does for now. */
    needed() {
      if (this.whole) return parts;
      this.whole = true;
      whenIdle(() => {
        this.options.padding = 0.6;
        if (this._map) this._update();
      });
      const filling = parts.filter((part) => fills(part, this._map.getPixelBounds(), 256 * 2 ** this._map.getZoom()));
      return filling.length ? filling.slice(-1) : parts;
    },
    paintAll() {
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, min);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      const style = getComputedStyle(this._map.getContainer());
      /** @type {Record<string, string>} */
      const colours = Object.fromEntries(INKS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
      const ink = this._ink;
      ink.setTransform(ratio, 0, 0, ratio, 0, 0);
      ink.fillStyle = colours.sea;
      ink.fillRect(0, 0, size.x, size.y);
      const scale = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin().add(min);
      for (const part of this.needed()) {
        for (const turn of [-1, 0, 1]) {
          paintWindow(ink, part, { x: origin.x - turn * scale, y: origin.y, scale, width: size.x, height: size.y }, colours);
        }
      }
    },
  });
  return new Layer();
}
