import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../mapgen/rendering/static/fold.js";
import { unwrap } from "../../mapgen/rendering/static/geo.js";

test("search takes no notice of case, accents, hyphens and apostrophes", () => {
  assert.equal(fold("L’Haÿ-les-Roses"), "l hay les roses");
  assert.equal(fold("Œuf de Łódź, Straße, Århus, Ørsted"), "oeuf de lodz, strasse, arhus, orsted");
  assert.equal(fold("İstanbul"), fold("istanbul"));
  assert.equal(fold("حَلَب"), "حلب");
});

test("longitudes come to the near side", () => {
  assert.equal(unwrap(-179, 178), 181);
  assert.equal(unwrap(179, -178), -181);
  assert.equal(unwrap(20, 30), 20);
});
