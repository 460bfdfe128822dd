import assert from "node:assert/strict";
import { test } from "node:test";
import { anywhere, fold, oneLine, plainName } from "../../mapgen/rendering/static/fold.js";
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

test("a name is read on one line, without what is not seen", () => {
  assert.equal(plainName(" Val\r\nd\u2019Is\u00ad\u00e8re\u200b "), "Val d'Isère");
  assert.equal(plainName("Bourg-\nen\u2011Bresse"), "Bourg-en-Bresse");
  assert.equal(plainName("E\u0301vry  \ufb01n"), "Évry fin");
});

test("a name is found in whatever form the text has it", () => {
  const text = "Val\n d\u2019I\u00adse\u0300re, Bourg-\nen\u2010Bresse, Gre-\nnoble; Grenobles";
  for (const name of ["val d'isère", "bourg-en-bresse", "grenoble"])
    assert.equal([...text.matchAll(anywhere(name))].length, 1, name);
  assert.equal([..."a.b axb".matchAll(anywhere("a.b"))].length, 1);
});

test("a passage is shown on one line", () => {
  assert.equal(oneLine("de Bourg-\nen-Bresse à\r\n  Val"), "de Bourg-en-Bresse à Val");
});
