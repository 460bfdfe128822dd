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

/** @param {Square[]} squares */
const widest = (squares) => 2 * Math.max(0, ...squares.map((square) => square.r));

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
  const near = pairs(squares, widest(squares) + 120);
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

/**
 * Chains of overlapping squares in which one would have to move further than a limit.
 * @param {Square[]} squares
 * @param {Point[]} moved  what `spread` says of them
 * @param {number} far  pixels
 * @returns {number[][]} indexes of the members of each crowd
 */
export function crowds(squares, moved, far) {
  const crowd = squares.map((_, index) => [index]);
  for (const [one, other] of pairs(squares, widest(squares))) {
    if (crowd[one] === crowd[other] || !parting(squares[one], squares[other], squares[one].r + squares[other].r, 0))
      continue;
    crowd[one].push(...crowd[other]);
    for (const index of crowd[other]) crowd[index] = crowd[one];
  }
  return [...new Set(crowd)].filter(
    (all) => all.length > 3 && all.some((index) => Math.hypot(moved[index].x, moved[index].y) > far),
  );
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
