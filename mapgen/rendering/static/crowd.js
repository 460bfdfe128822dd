// Boxes that do not overlap: which are free, and where a label may stand.

/** @param {Box} a  @param {Box} b  @param {number} gap */
export const collides = (a, b, gap = 0) =>
  a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** Boxes in a window that do not overlap. */
export class Crowd {
  /** @param {Point} window  its size  @param {Box[]} boxes */
  constructor(window, boxes = []) {
    this.window = window;
    this.boxes = boxes;
  }

  /** @param {Box} box  @param {number} [gap] */
  free(box, gap) {
    const inside = box.x >= 0 && box.y >= 0 && box.x + box.w <= this.window.x && box.y + box.h <= this.window.y;
    return inside && !this.boxes.some((other) => collides(box, other, gap));
  }

  /** Take the first of the boxes that is free. @param {Box[]} boxes  @param {number} [gap] */
  take(boxes, gap) {
    const found = boxes.find((box) => this.free(box, gap));
    if (found) this.boxes.push(found);
    return found;
  }
}

/**
 * The possible boxes of a mark's label, the best first.
 * @param {Square} mark
 * @param {number} w  of the label
 * @param {number} h
 * @param {number} [gap]
 * @returns {Box[]}
 */
export function labelBoxes({ x, y, r }, w, h, gap = 3) {
  const [aside, above] = [r + gap + w / 2, r + gap + h / 2];
  const [nearX, nearY] = [0.7 * r + w / 2, 0.7 * r + h / 2];
  /** @param {number} dx  @param {number} dy  of the label's middle */
  const at = (dx, dy) => ({ x: x + dx - w / 2, y: y + dy - h / 2, w, h });
  /** @param {number} a  @param {number} b */
  const corners = (a, b) => [at(a, b), at(a, -b), at(-a, b), at(-a, -b)];
  return [
    ...[at(aside, 0), at(-aside, 0), at(0, above), at(0, -above)],
    ...[...corners(nearX, nearY), ...corners(aside, h / 4), ...corners(w / 4, above)],
  ];
}

/**
 * Whether a label is nearer to its own mark than to every other: its middle, and its rim to their middles and rims.
 * @param {Box} box
 * @param {Square} own
 * @param {Square[]} others
 */
export function belongs(box, own, others) {
  const apart = (/** @type {Square} */ { x, y, r }) => {
    const [dx, dy] = [Math.abs(x - box.x - box.w / 2), Math.abs(y - box.y - box.h / 2)];
    const gap = Math.hypot(Math.max(0, dx - box.w / 2), Math.max(0, dy - box.h / 2));
    return [Math.hypot(dx, dy), gap, gap - r];
  };
  const near = apart(own);
  return others.every((other) => apart(other).every((far, index) => far > near[index] + 2));
}

/**
 * The point where a ray from the middle of a frame leaves it.
 * @param {Box} frame
 * @param {number} dx
 * @param {number} dy
 */
export function leaving({ x, y, w, h }, dx, dy) {
  const reach = Math.min(w / 2 / Math.abs(dx), h / 2 / Math.abs(dy), 1e6);
  return { x: x + w / 2 + dx * reach, y: y + h / 2 + dy * reach };
}
