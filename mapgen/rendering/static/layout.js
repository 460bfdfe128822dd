// Where things go when they would lie on each other. Only numbers in, numbers out.

/** @typedef {{x: number, y: number, w: number, h: number}} Box  top left corner and size, pixels */

/**
 * @param {Box} a
 * @param {Box} b
 * @param {number} gap
 */
export const collides = (a, b, gap = 0) =>
  a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** Boxes in cells, so that only neighbours are compared. */
export class Crowd {
  /** @param {number} cell */
  constructor(cell = 96) {
    this.cell = cell;
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /**
   * @param {Box} box
   * @param {number} gap
   * @returns {string[]}
   */
  keys(box, gap) {
    const keys = [];
    for (let x = Math.floor((box.x - gap) / this.cell); x <= Math.floor((box.x + box.w + gap) / this.cell); x += 1) {
      for (let y = Math.floor((box.y - gap) / this.cell); y <= Math.floor((box.y + box.h + gap) / this.cell); y += 1) {
        keys.push(`${x},${y}`);
      }
    }
    return keys;
  }

  /** @param {Box} box */
  add(box) {
    for (const key of this.keys(box, 0)) {
      const boxes = this.cells.get(key);
      if (boxes) boxes.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /**
   * @param {Box} box
   * @param {number} gap
   */
  free(box, gap = 0) {
    return this.keys(box, gap).every((key) => !(this.cells.get(key) || []).some((other) => collides(box, other, gap)));
  }
}

/** @typedef {{x: number, y: number, r: number}} Square  middle and half a side, pixels */

/**
 * Pairs of squares that may come to lie on each other.
 * @param {Square[]} squares
 * @param {number} reach  pixels between their middles
 * @returns {[number, number][]}
 */
function pairs(squares, reach) {
  const order = squares.map((_, index) => index).sort((a, b) => squares[a].x - squares[b].x || a - b);
  /** @type {[number, number][]} */
  const found = [];
  order.forEach((one, place) => {
    for (let next = place + 1; next < order.length && squares[order[next]].x - squares[one].x < reach; next += 1) {
      if (Math.abs(squares[order[next]].y - squares[one].y) < reach) found.push([one, order[next]]);
    }
  });
  return found;
}

/**
 * How far two squares have to part, and along which axis the way is shorter.
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 * @param {number} need  between their middles
 * @param {number} turn  decides for two at one point, the same way in every run
 */
function parting(a, b, need, turn) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [over, under] = [need - Math.abs(dx), need - Math.abs(dy)];
  if (over <= 0.25 || under <= 0.25) return null;
  if (Math.abs(dx) + Math.abs(dy) < 0.02) return turn % 2 ? { x: need, y: 0 } : { x: 0, y: need };
  return over < under ? { x: Math.sign(dx) * over, y: 0 } : { x: 0, y: Math.sign(dy) * under };
}

/**
 * Push squares apart until none covers another, the movable ones (regions, countries) further than the exact ones (towns).
 * @param {(Square & {mobile: number})[]} squares
 * @param {number} [rounds]
 * @returns {{x: number, y: number}[]} how far each has moved
 */
export function spread(squares, rounds = 90) {
  const moved = squares.map(({ x, y }) => ({ x, y }));
  const near = pairs(squares, 2 * Math.max(0, ...squares.map((square) => square.r)) + 120);
  for (let round = 0, calm = false; round < rounds && !calm; round += 1) {
    calm = true;
    for (const [one, other] of near) {
      const way = parting(moved[one], moved[other], squares[one].r + squares[other].r + 1, one + other);
      if (!way) continue;
      calm = false;
      const share = squares[one].mobile / (squares[one].mobile + squares[other].mobile);
      moved[one].x -= way.x * share;
      moved[one].y -= way.y * share;
      moved[other].x += way.x * (1 - share);
      moved[other].y += way.y * (1 - share);
    }
  }
  return moved.map((point, index) => ({ x: point.x - squares[index].x, y: point.y - squares[index].y }));
}

/**
 * Crowds that would have to be pushed further apart than a reader could follow: squares that cover each other, in chains.
 * @param {Square[]} squares
 * @param {{x: number, y: number}[]} moved  what `spread` says of them
 * @param {number} far  pixels
 * @returns {number[][]} indexes of the members of each crowd
 */
export function crowds(squares, moved, far) {
  const leader = squares.map((_, index) => index);
  const find = (/** @type {number} */ index) => {
    let top = index;
    while (leader[top] !== top) top = leader[top];
    leader[index] = top;
    return top;
  };
  for (const [one, other] of pairs(squares, 2 * Math.max(0, ...squares.map((square) => square.r)))) {
    if (parting(squares[one], squares[other], squares[one].r + squares[other].r, 0)) leader[find(other)] = find(one);
  }
  /** @type {Map<number, number[]>} */
  const members = new Map();
  squares.forEach((_, index) => members.set(find(index), [...(members.get(find(index)) || []), index]));
  return [...members.values()].filter((crowd) => crowd.length > 3 && crowd.some((index) => Math.hypot(moved[index].x, moved[index].y) > far));
}

/**
 * Places beside a mark where its label may stand, the best first.
 * @param {number} x  middle of the mark
 * @param {number} y
 * @param {number} r  half its size
 * @param {number} w  of the label
 * @param {number} h
 * @param {number} [gap]
 * @returns {Box[]}
 */
export function labelBoxes(x, y, r, w, h, gap = 3) {
  const side = r + gap;
  const low = r * 0.7;
  return [
    { x: x + side, y: y - h / 2, w, h },
    { x: x - side - w, y: y - h / 2, w, h },
    { x: x - w / 2, y: y + side, w, h },
    { x: x - w / 2, y: y - side - h, w, h },
    { x: x + low, y: y + low, w, h },
    { x: x + low, y: y - low - h, w, h },
    { x: x - low - w, y: y + low, w, h },
    { x: x - low - w, y: y - low - h, w, h },
    { x: x + side, y: y - h / 4, w, h },
    { x: x + side, y: y - (3 * h) / 4, w, h },
    { x: x - side - w, y: y - h / 4, w, h },
    { x: x - side - w, y: y - (3 * h) / 4, w, h },
    { x: x - w / 4, y: y + side, w, h },
    { x: x - (3 * w) / 4, y: y + side, w, h },
    { x: x - w / 4, y: y - side - h, w, h },
    { x: x - (3 * w) / 4, y: y - side - h, w, h },
  ];
}

/**
 * The point where a ray from the middle of a frame leaves it.
 * @param {Box} frame
 * @param {number} dx
 * @param {number} dy
 */
export function leaving(frame, dx, dy) {
  const scale = Math.min(
    dx === 0 ? Infinity : frame.w / 2 / Math.abs(dx),
    dy === 0 ? Infinity : frame.h / 2 / Math.abs(dy),
  );
  const reach = Number.isFinite(scale) ? scale : 0;
  return { x: frame.x + frame.w / 2 + dx * reach, y: frame.y + frame.h / 2 + dy * reach };
}
