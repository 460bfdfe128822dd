import assert from "node:assert/strict";
import { test } from "node:test";
import { Crowd, collides, labelBoxes, leaving } from "../../mapgen/rendering/static/crowd.js";
import { cells, crowds, spread } from "../../mapgen/rendering/static/layout.js";

const square = (x, y, mobile = 1, r = 12) => ({ x, y, r, mobile });
const settled = (squares) => {
  const moved = spread(squares);
  return squares.map((one, index) => ({ ...one, x: one.x + moved[index].x, y: one.y + moved[index].y }));
};
const clear = (squares) =>
  squares.every((a, i) =>
    squares.every((b, j) => i >= j || Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= a.r + b.r - 0.5),
  );

test("squares that cover each other are pushed apart", () => {
  assert.ok(clear(settled([square(0, 0), square(5, 0), square(0, 7), square(200, 200)])));
});

test("squares at one point part, the same way each time", () => {
  const same = [square(10, 10), square(10, 10), square(10, 10)];
  assert.ok(clear(settled(same)));
  assert.deepEqual(spread(same), spread(same));
});

test("what is exact moves less than what is wide", () => {
  const [town, region] = spread([square(0, 0, 0.12), square(6, 0, 1)]);
  assert.ok(Math.hypot(town.x, town.y) < Math.hypot(region.x, region.y) / 4);
});

test("squares with room stay where they are", () => {
  assert.deepEqual(spread([square(0, 0), square(40, 0)]), [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ]);
});

test("a crowd is told from a pair", () => {
  const many = Array.from({ length: 14 }, (_, index) => square(index % 4, index >> 2));
  const squares = [...many, square(300, 0), square(310, 0)];
  const found = crowds(squares, 34).flat();
  assert.ok(found.length >= 12 && found.every((index) => index < many.length), "the pair stands singly");
});

test("of a chain of squares only its dense part is gathered", () => {
  const chain = Array.from({ length: 12 }, (_, index) => square(26 * index, 0, 0.12));
  const dense = Array.from({ length: 16 }, (_, index) => square(130 + (index % 4), index >> 2, 0.12));
  const inside = new Set(crowds([...chain, ...dense], 34).flat());
  assert.ok(dense.filter((_, index) => inside.has(12 + index)).length >= 12);
  assert.ok(chain.filter((_, index) => inside.has(index)).length <= 4, "the ends of the chain stand singly");
});

test("squares of one cell are gathered, wherever one looks", () => {
  assert.deepEqual(cells([square(10, 10), square(90, 10), square(60, 70), square(-1, 10)], 72), [[0, 2]]);
});

test("boxes in a crowd keep their distance", () => {
  const crowd = new Crowd({ x: 400, y: 100 }, [{ x: 0, y: 0, w: 100, h: 20 }]);
  assert.ok(!crowd.free({ x: 90, y: 10, w: 30, h: 30 }));
  assert.ok(crowd.free({ x: 101, y: 0, w: 30, h: 30 }));
  assert.ok(!crowd.free({ x: 101, y: 0, w: 30, h: 30 }, 4));
  const apart = { x: 200, y: 0, w: 30, h: 30 };
  assert.equal(crowd.take([{ x: 90, y: 10, w: 30, h: 30 }, apart]), apart);
  assert.equal(crowd.take([apart]), undefined);
  assert.ok(!crowd.free({ x: 380, y: 60, w: 30, h: 30 }), "outside of the window");
});

test("a label never lies on its own mark", () => {
  const mark = { x: -12, y: -12, w: 24, h: 24 };
  for (const box of labelBoxes({ x: 0, y: 0, r: 12 }, 60, 16).slice(0, 4)) assert.ok(!collides(box, mark));
});

test("a ray leaves the frame on its edge", () => {
  const frame = { x: 0, y: 0, w: 200, h: 100 };
  assert.deepEqual(leaving(frame, 10, 0), { x: 200, y: 50 });
  assert.deepEqual(leaving(frame, 0, -3), { x: 100, y: 0 });
  assert.deepEqual(leaving(frame, 100, 50), { x: 200, y: 100 });
});
