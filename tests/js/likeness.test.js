import assert from "node:assert/strict";
import { test } from "node:test";
import { belongs } from "../../mapgen/rendering/static/crowd.js";
import { alike, rankOf } from "../../mapgen/rendering/static/likeness.js";

test("words differ by letters added, left out or exchanged", () => {
  assert.ok(alike("dolme", "dolme", 0));
  assert.ok(alike("dolme", "dolne", 1) && alike("dolme", "dollme", 1) && alike("dolme", "dome", 1));
  assert.ok(!alike("dolme", "dolnes", 1) && alike("dolme", "dolnes", 2));
  assert.ok(!alike("ab", "abcde", 2));
});

test("the name itself comes before its beginning, its part, and what is spelled alike", () => {
  const names = ["karsk sur mer", "carsk"];
  assert.equal(rankOf("karsk sur mer", names), 0);
  assert.equal(rankOf("kar", names), 1);
  assert.equal(rankOf("sur", names), 2);
  assert.equal(rankOf("karks", ["kark"]), 3);
  assert.equal(rankOf("carks", ["brin"]), 4);
  assert.equal(rankOf("ka", ["la"]), 4, "of two letters none is forgiven");
});

test("a label belongs to the mark that is nearest to its middle and to its rim", () => {
  const own = { x: 0, y: 0, r: 10 };
  const beside = { x: 13, y: -8, w: 80, h: 16 };
  assert.ok(belongs(beside, own, []));
  assert.ok(belongs(beside, own, [{ x: 0, y: 90, r: 10 }]));
  assert.ok(!belongs(beside, own, [{ x: 53, y: 30, r: 10 }]), "nearer to the middle of the label");
  assert.ok(!belongs(beside, own, [{ x: 104, y: 0, r: 10 }]), "nearer to its rim");
});
