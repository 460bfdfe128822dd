import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackLines } from "../../mapgen/rendering/static/polylines.js";

// What `mapgen.rendering.polylines.encode` says of these lines; the Python side has the same in tests/unit/rendering/test_polylines.py.
const PACKED = "Gw7GghHQllOgpc23XEhqmCjmiBgljBwyR";

test("lines come back", () => {
  const lines = unpackLines(PACKED, 100).map((line) => [...line]);
  assert.deepEqual(lines, [
    [35.12, 36, 35.2, -36.5, 180, 85.05],
    [-180, -90, 0, 0],
  ]);
});

test("nothing comes from nothing", () => {
  assert.deepEqual(unpackLines("", 100), []);
});
