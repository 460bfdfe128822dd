// The address holds the state, so that a link restores it.

import { addressWriter, fragmentOf } from "../address.js";
import { places, raw } from "./data.js";
import { isoDay, readDay } from "./dates.js";
import { map } from "./map.js";
import { change, settle, state, watch } from "./state.js";

/** A floor of probability that the bins of the page allow. @param {string} text */
function readFloor(text) {
  const bins = Math.round(1 / raw.step);
  return Math.max(0, Math.min(bins - 1, Math.round((Number(text) || 0) * bins))) / bins;
}

/** @param {string[]} known  the first where the address has none of them */
const oneOf =
  (...known) =>
  (/** @type {string} */ text) =>
    known.includes(text) ? text : known[0];

/** @type {[string, keyof typeof state, (value: any) => string, (text: string) => any][]} */
const KEPT = [
  ["from", "from", (day) => (day === -Infinity ? "" : isoDay(day)), (text) => readDay(text) || -Infinity],
  ["to", "to", (day) => (day === Infinity ? "" : isoDay(day)), (text) => readDay(text) || Infinity],
  ["undated", "undated", (on) => (on ? "" : "off"), (text) => text !== "off"],
  ["p", "floor", (floor) => (floor ? String(floor) : ""), readFloor],
  ["duplicates", "without", (on) => (on ? "off" : ""), (text) => text === "off"],
  [
    "sense",
    "sense",
    (sense) => (sense === "all" ? "" : sense),
    (text) => (/^(literal|metonymic)$/.test(text) ? text : "all"),
  ],
  [
    "sort",
    "sort",
    (sort) => (sort === "expected" ? "" : sort),
    (text) => (/^(documents|name)$/.test(text) ? text : "expected"),
  ],
  ["q", "query", String, String],
  [
    "place",
    "place",
    (at) => (at < 0 ? "" : places[at].id || "-"),
    (text) => (text ? places.findIndex(({ id }) => (id || "-") === text) : -1),
  ],
  ["list", "list", (list) => (list === "places" ? "" : list), (text) => (text === "texts" ? "texts" : "places")],
  ["order", "order", (order) => (order === "date" ? "" : order), oneOf("date", "mentions", "doubt", "title")],
  ["only", "only", (only) => (only === "all" ? "" : only), oneOf("all", "duplicates", "undated", "errors")],
  ["text", "text", String, String],
];

function written() {
  const { lat, lng } = map.getCenter();
  const parts = KEPT.map(([name, key, write]) => [name, write(state[key])]);
  return "#" + fragmentOf([["map", [map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/")], ...parts]);
}

const writeSoon = addressWriter(written);

function read() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const view = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(parts.get("map") || "");
  if (view) map.setView([Number(view[2]), Number(view[3])], Number(view[1]), { animate: false });
  change(Object.fromEntries(KEPT.map(([name, key, , back]) => [key, back(parts.get(name) || "")])));
  settle();
}

export function startFragment() {
  if (location.hash.includes("=")) read();
  map.on("moveend", writeSoon);
  watch(
    KEPT.map(([, key]) => key),
    writeSoon,
  );
  window.addEventListener("hashchange", read);
}
