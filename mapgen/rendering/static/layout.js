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

/**
 * Push discs apart until none covers another, the movable ones (regions, countries) further than the exact ones (towns).
 * @param {{x: number, y: number, r: number, mobile: number}[]} discs
 * @param {number} [rounds]
 * @returns {{x: number, y: number}[]} how far each has moved
 */
export function spread(discs, rounds = 60) {
  const moved = discs.map((disc) => ({ x: disc.x, y: disc.y }));
  const order = discs.map((_, index) => index).sort((a, b) => discs[a].x - discs[b].x || a - b);
  const reach = 2 * Math.max(0, ...discs.map((disc) => disc.r)) + 120;
  const near = [];
  for (let i = 0; i < order.length; i += 1) {
    for (let j = i + 1; j < order.length && discs[order[j]].x - discs[order[i]].x < reach; j += 1) {
      if (Math.abs(discs[order[j]].y - discs[order[i]].y) < reach) near.push([order[i], order[j]]);
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    let calm = true;
    for (const [one, other] of near) {
      const need = discs[one].r + discs[other].r + 1;
      let dx = moved[other].x - moved[one].x;
      let dy = moved[other].y - moved[one].y;
      let gap = Math.hypot(dx, dy);
      if (gap >= need - 0.25) continue;
      calm = false;
      let push = need - gap;
      if (gap < 0.01) {
        // Two at one point part in a direction of their own, the same in every run.
        const angle = 2.4 * (one + other);
        dx = Math.cos(angle);
        dy = Math.sin(angle);
        gap = 1;
        push = need;
      }
      const total = discs[one].mobile + discs[other].mobile;
      const first = ((push / gap) * discs[one].mobile) / total;
      const second = ((push / gap) * discs[other].mobile) / total;
      moved[one].x -= dx * first;
      moved[one].y -= dy * first;
      moved[other].x += dx * second;
      moved[other].y += dy * second;
    }
    if (calm) break;
  }
  return moved.map((point, index) => ({ x: point.x - discs[index].x, y: point.y - discs[index].y }));
}

/**
 * Crowds that would have to be pushed further apart than a reader could follow: discs that cover each other, in chains.
 * @param {{x: number, y: number, r: number}[]} discs
 * @param {{x: number, y: number}[]} moved  what `spread` says of them
 * @param {number} far  pixels
 * @returns {number[][]} indexes of the members of each crowd
 */
export function crowds(discs, moved, far) {
  const leader = discs.map((_, index) => index);
  const find = (/** @type {number} */ index) => {
    let top = index;
    while (leader[top] !== top) top = leader[top];
    leader[index] = top;
    return top;
  };
  const order = discs.map((_, index) => index).sort((a, b) => discs[a].x - discs[b].x || a - b);
  const reach = 2 * Math.max(0, ...discs.map((disc) => disc.r));
  for (let i = 0; i < order.length; i += 1) {
    const one = discs[order[i]];
    for (let j = i + 1; j < order.length && discs[order[j]].x - one.x < reach; j += 1) {
      const other = discs[order[j]];
      if (Math.hypot(other.x - one.x, other.y - one.y) < one.r + other.r) leader[find(order[j])] = find(order[i]);
    }
  }
  /** @type {Map<number, number[]>} */
  const members = new Map();
  discs.forEach((_, index) => members.set(find(index), [...(members.get(find(index)) || []), index]));
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
