import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amend,
  cell,
  changesFile,
  codePoints,
  csv,
  nameKey,
  readPoint,
  ruling,
} from "../../mapgen/rendering/static/changes.js";

const ALEPPO = { id: "gn:170063", name: "Alep", kind: "city", country: "SY", at: [36.20124, 37.16117] };
const ELSEWHERE = { id: "said:alep@1.00000,2.00000", name: "Alep", kind: "village", country: "", at: [1, 2] };
const change = (scope, decision, place = null, start = 10, name = "Alep") => ({
  start,
  end: start + name.length,
  name,
  scope,
  decision,
  place,
});

const at = (start, name = "Alep") => ({ start, name });

test("offsets count code points", () => {
  const text = "😀 à 𝒜lep, Alep";
  assert.equal(codePoints(text), [...text].length);
  assert.equal(codePoints("\ud83d"), 1, "half a pair counts as one, as in the program");
  const one = change("here", "no-place", null, text.indexOf("Alep"));
  const [, row] = changesFile([one], "a.txt", text).split("\r\n");
  const [start, end] = row.split(",").slice(1, 3).map(Number);
  assert.equal([...text].slice(start, end).join(""), "Alep");
});

test("the narrowest change decides, then the latest", () => {
  const here = change("here", "no-place");
  const changes = [here, change("document", "place", ALEPPO), change("everywhere", "place", ELSEWHERE)];
  assert.equal(ruling(changes, at(10)), here);
  assert.equal(ruling(changes, at(99, "alep")).place, ALEPPO);
  assert.equal(ruling(changes, at(99, "Hama")), null);
  const later = amend([change("document", "place", ALEPPO)], change("document", "place", ELSEWHERE, 50));
  assert.equal(ruling(later, at(1)).place, ELSEWHERE);
});

test("a name that was only marked leaves its place to wider changes", () => {
  const changes = [change("here", "missing"), change("everywhere", "place", ALEPPO)];
  assert.equal(ruling(changes, at(10)).place, ALEPPO);
  assert.deepEqual(ruling([change("here", "missing")], at(10)), change("here", "missing"));
});

test("a change takes the place of what it overrules, and of nothing else", () => {
  const other = change("here", "no-place", null, 50, "Hama");
  const wide = change("everywhere", "place", ELSEWHERE);
  const before = [other, change("here", "no-place"), change("here", "place", ALEPPO, 30), wide];
  assert.deepEqual(amend(before, change("here", "place", ALEPPO)), [
    other,
    before[2],
    wide,
    change("here", "place", ALEPPO),
  ]);
  assert.deepEqual(amend(before, change("document", "no-place")), [other, wide, change("document", "no-place")]);
  assert.deepEqual(amend(before, change("everywhere", "no-place")), [other, change("everywhere", "no-place")]);
  assert.equal(before.length, 4, "what was before stays for undoing");
});

test("a missed name that is placed stays one; one that is none goes", () => {
  const marked = [change("here", "missing")];
  assert.deepEqual(amend(marked, change("here", "place", ALEPPO)), [change("here", "missing", ALEPPO)]);
  assert.deepEqual(amend(marked, change("document", "place", ALEPPO)), [
    change("here", "missing"),
    change("document", "place", ALEPPO),
  ]);
  assert.deepEqual(amend(marked, change("document", "no-place")), [change("document", "no-place")]);
});

test("names are the same whatever their capitals, spaces and composition", () => {
  assert.equal(nameKey("  Deir\n ez-Zor"), nameKey("deir ez-zor"));
  assert.equal(nameKey("Lattaquie\u0301"), nameKey("Lattaquié"));
});

test("coordinates as people write them", () => {
  for (const text of [
    "36.2, 37.16",
    "36.2,37.16",
    "36,2 ; 37,16",
    "36,2, 37,16",
    " 36.2 37.16 ",
    "36.2° N 37.16° E",
    "36.2N 37.16E",
  ])
    assert.deepEqual(readPoint(text), [36.2, 37.16], text);
  assert.deepEqual(readPoint("33,9 S, 70.5 O"), [-33.9, -70.5]);
  assert.deepEqual(readPoint("−33.9; -70.5"), [-33.9, -70.5]);
  for (const text of ["", "36.2", "Alep", "91, 0", "0, 181", "1, 2, 3", "36° 12′ N 37° E"])
    assert.equal(readPoint(text), null, text);
});

test("the file is what --corrections reads", () => {
  const rows = changesFile(
    [
      change("here", "place", ALEPPO),
      change("everywhere", "no-place"),
      change("here", "missing", ELSEWHERE),
      change("document", "place", { ...ALEPPO, id: "gn:1@-1.00000,2.00000", at: [-1, 2] }),
    ],
    'le "texte".txt',
    "𝒜 et encore Alep",
  ).split("\r\n");
  assert.deepEqual(rows, [
    "\ufeffdocument,start,end,name,scope,decision,place,label,kind,country,lat,lon,note",
    '"le ""texte"".txt",9,13,Alep,here,place,gn:170063,Alep,city,SY,36.20124,37.16117,',
    ",,,Alep,everywhere,no-place,,,,,,,",
    '"le ""texte"".txt",9,13,Alep,here,missing,,Alep,village,,1,2,',
    '"le ""texte"".txt",,,Alep,document,place,"gn:1@-1.00000,2.00000",Alep,city,SY,-1,2,',
    "",
  ]);
});

test("a cell stays a cell", () => {
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  assert.equal(cell("a;b"), '"a;b"');
  assert.equal(cell(-3.5), "-3.5");
  assert.equal(csv([["a", 1]]), "\ufeffa,1\r\n");
});

test("a name is never taken for a formula", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell("@SUM(A1)"), "'@SUM(A1)");
  assert.equal(cell("-"), "'-");
});
