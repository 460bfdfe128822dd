import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

// `save.js` needs a page; the one function in it that computes is tried by itself.
const text = readFileSync(new URL("../../mapgen/rendering/static/save.js", import.meta.url), "utf8");
const [body] = /export function cell[\s\S]*?\n}/.exec(text) || [""];
const { cell } = await import("data:text/javascript," + encodeURIComponent(body));

test("a cell stays a cell", () => {
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  assert.equal(cell(-3.5), "-3.5");
});

test("a name is never taken for a formula", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell("@SUM(A1)"), "'@SUM(A1)");
});
