// Paints coasts, lakes, borders and rivers on a canvas under everything: coarsely the world, finely the parts that matter.

import { unpackLines } from "./lines.js";

/** @typedef {{frame: number[], q: number, [layer: string]: any}} Part  a window of the world as `basemap.py` packed it */
/** @typedef {{x: number, y: number, degree: number}} View  where the map's middle lies on the canvas, pixels; a degree in pixels */

const LEAST = 160; // pixels: a finer window that is smaller on the map adds nothing
const INKS = ["sea", "land", "coast", "border", "river"];

/** The world goes on at both sides of itself. @param {Part} part */
const isWorld = ({ frame }) => frame[3] - frame[1] >= 360;
const TURNS = [-360, 0, 360];

/** The lines of a window on the map's square, as a path that is made when it is first painted. @param {Part} part  @param {string} layer */
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

/** Leave the inside of a window free for finer lines, whole pixels. @param {CanvasRenderingContext2D} ink  @param {Part} part  @param {View} view */
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
  const pixel = 1 / view.degree;
  /** Coasts are drawn twice as wide and their inner half covered: so the cuts of the data, on land, do not show. @param {string} layer  @param {string} fill */
  const fillShore = (layer, fill) => {
    const path = pathOf(part, layer);
    ink.lineWidth = 1.8 * pixel;
    ink.strokeStyle = colours.coast;
    ink.stroke(path);
    ink.fillStyle = fill;
    ink.fill(path);
  };
  fillShore("land", colours.land);
  fillShore("lakes", colours.sea);
  fillShore("islands", colours.land);
  ink.lineWidth = 0.9 * pixel;
  ink.strokeStyle = colours.river;
  ink.stroke(pathOf(part, "rivers"));
  ink.lineWidth = 1.1 * pixel;
  ink.strokeStyle = colours.border;
  ink.stroke(pathOf(part, "borders"));
}

/**
 * A Leaflet layer that paints the basemap; its class is made late because Leaflet is a global of the page.
 * @param {Part[]} parts
 */
export function basemapLayer(parts) {
  const Renderer = /** @type {any} */ (L.Renderer);
  const Layer = Renderer.extend({
    options: { padding: 0.4, pane: "base" },
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
      Renderer.prototype._update.call(this);
      this.paintAll();
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
      ink.lineJoin = "round";
      ink.fillStyle = colours.sea;
      ink.fillRect(0, 0, canvas.width, canvas.height);
      const degree = (256 * 2 ** this._map.getZoom()) / 360;
      const origin = this._map.getPixelOrigin().add(min);
      ink.setTransform(ratio, 0, 0, ratio, 0, 0);
      for (const part of parts) {
        if ((part.frame[3] - part.frame[1]) * degree < LEAST) continue;
        for (const turn of isWorld(part) ? [0] : TURNS) {
          ink.save();
          paint(ink, part, { x: (180 + turn) * degree - origin.x, y: 180 * degree - origin.y, degree }, colours);
          ink.restore();
        }
      }
    },
  });
  return new Layer();
}
