// Computes positions without overlap, from numbers alone.

/**
 * Pairs of squares that may come to overlap.
 * @param {Square[]} squares
 * @param {number} reach pixels between their middles
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
 * The distance that two squares have to move apart, along the axis where it is shorter.
 * @param {Point} a
 * @param {Point} b
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

/** @param {Point} point  @param {Point} way  @param {number} share */
function push(point, way, share) {
  point.x += way.x * share;
  point.y += way.y * share;
}

/**
 * Push squares apart until none overlap, movable ones (regions, countries) further than exact ones (towns).
 * @param {(Square & {mobile: number})[]} squares
 * @returns {Point[]} how far each has moved
 */
export function spread(squares) {
  const moved = squares.map(({ x, y }) => ({ x, y }));
  const near = pairs(squares, 120 + 2 * Math.max(0, ...squares.map(({ r }) => r)));
  for (let round = 0, calm = false; round < 90 && !calm; round += 1) {
    calm = true;
    for (const [one, other] of near) {
      const way = parting(moved[one], moved[other], squares[one].r + squares[other].r + 1, one + other);
      if (!way) continue;
      calm = false;
      const share = squares[one].mobile / (squares[one].mobile + squares[other].mobile);
      push(moved[one], way, -share);
      push(moved[other], way, 1 - share);
    }
  }
  return moved.map((point, index) => ({ x: point.x - squares[index].x, y: point.y - squares[index].y }));
}

/** Half the size of the sign of so many places, pixels. @param {number} n */
export const groupRadius = (n) => 15 + Math.min(7, n / 6);

/**
 * Gather squares until none has to move further than a limit: those that would move furthest, each with the nearest that
 * it overlaps. A chain of squares is not gathered as a whole.
 * @param {(Square & {mobile: number})[]} squares
 * @param {number} far  pixels
 * @returns {number[][]} indexes of the members of each crowd
 */
export function crowds(squares, far) {
  let all = squares.map((square, index) => ({ ...square, members: [index] }));
  for (let before = Infinity; before > all.length;) {
    before = all.length;
    const moved = spread(all).map(({ x, y }) => Math.hypot(x, y));
    const pressed = all.map((one, index) => ({ one, way: moved[index] })).filter(({ way }) => way > far);
    for (const { one } of pressed.sort((a, b) => b.way - a.way).slice(0, Math.ceil(pressed.length / 3))) {
      const apart = (/** @type {Point} */ { x, y }) => Math.hypot(x - one.x, y - one.y);
      const [near] = all
        .filter((other) => other !== one && parting(one, other, one.r + other.r, 0))
        .sort((a, b) => apart(a) - apart(b));
      if (!near || !all.includes(one)) continue;
      const members = [...one.members, ...near.members];
      const middle = { x: 0, y: 0 };
      for (const index of members) push(middle, squares[index], 1 / members.length);
      all = all.filter((other) => other !== one && other !== near);
      all.push({ ...middle, r: groupRadius(members.length), mobile: 0.3, members });
    }
  }
  return all.map(({ members }) => members).filter(({ length }) => length > 1);
}

/**
 * Squares that share a cell of a grid: fast for thousands, and independent of the part of them that is shown.
 * @param {Point[]} squares
 * @param {number} size  of a cell, pixels
 * @returns {number[][]} indexes of the members of each cell that holds several
 */
export function cells(squares, size) {
  /** @type {Record<string, number[]>} */
  const found = {};
  squares.forEach(({ x, y }, index) => (found[`${Math.floor(x / size)} ${Math.floor(y / size)}`] ??= []).push(index));
  return Object.values(found).filter((cell) => cell.length > 1);
}
