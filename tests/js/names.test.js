import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../mapgen/rendering/static/fold.js";
import { distanceKm, unwrap } from "../../mapgen/rendering/static/geo.js";

test("search takes no notice of case, accents, hyphens and apostrophes", () => {
  assert.equal(fold("L’Haÿ-les-Roses"), "l hay les roses");
  assert.equal(fold("Œuf de Łódź, Straße, Århus, Ørsted"), "oeuf de lodz, strasse, arhus, orsted");
  assert.equal(fold("İstanbul"), fold("istanbul"));
  assert.equal(fold("حَلَب"), "حلب");
});

test("distances are those of the sphere", () => {
  assert.ok(Math.abs(distanceKm(48.8566, 2.3522, 51.5074, -0.1278) - 343.6) < 1);
  assert.equal(distanceKm(10, 20, 10, 20), 0);
});

test("longitudes come to the near side", () => {
  assert.equal(unwrap(-179, 178), 181);
  assert.equal(unwrap(179, -178), -181);
  assert.equal(unwrap(20, 30), 20);
});
