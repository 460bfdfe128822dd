// The address holds the view, the filters and the open place, so that a link restores them.

import { addressWriter, embedded, fragmentOf, onHistory } from "./address.js";
import { places } from "./data.js";
import { find, listen } from "./dom.js";
import { MAX_ZOOM, fly, map } from "./stage.js";
import { FILTERS, openPlace, change, open, state, watch } from "./store.js";
import { freeView } from "./views.js";

/** @param {string} value  of which "text" is the default */
const unlessText = (value) => (value === "text" ? "" : value);

/**
 * Values that are written only where they differ from the default: parameter, key of the state, to text, and back.
 * @type {[string, keyof typeof state, (value: any) => string, (text: string) => any][]}
 */
const KEPT = [
  ["hide", "hidden", (kinds) => [...kinds].sort().join(), (text) => new Set(text.split(",").filter(Boolean))],
  ["institutions", "metonymic", (on) => (on ? "" : "off"), (text) => text !== "off"],
  ["p", "floor", (floor) => (floor ? String(floor) : ""), (text) => Math.max(0, Math.min(0.95, Number(text) || 0))],
  ["in", "country", String, String],
  ["sort", "sort", unlessText, (text) => (/^(name|mentions|probability)$/.test(text) ? text : "text")],
  ["q", "query", String, String],
  ["tab", "tab", unlessText, (text) => (text === "places" ? text : "text")],
];

function written() {
  const { lat, lng } = map.getCenter();
  const place = openPlace();
  const turn = place && state.mention ? place.mentions.indexOf(state.mention) : 0;
  const parts = [
    ["map", [map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/")],
    ["place", place ? place.id + (turn ? `*${turn + 1}` : "") : ""],
    ...KEPT.map(([name, key, write]) => [name, write(state[key])]),
  ];
  return (embedded ? "#embed&" : "#") + fragmentOf(parts);
}

const writeSoon = addressWriter(written);

const address = () => new URLSearchParams(location.hash.slice(1));

/** Show the view of the address. */
export function readView() {
  const view = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(address().get("map") || "");
  if (!view) return;
  const [zoom, lat, lon] = view.slice(1).map(Number);
  // A broken address shows the scene, not an empty ocean.
  if (!(zoom >= 1 && zoom <= MAX_ZOOM + 5 && Math.abs(lat) <= 85 && Math.abs(lon) <= 540)) return;
  freeView();
  fly([lat, lon], zoom, false);
}

/** Apply the other values of the address. */
function read() {
  if (!location.hash.includes("=")) return;
  const parts = address();
  change(Object.fromEntries(KEPT.map(([name, key, , back]) => [key, back(parts.get(name) || "")])));
  find("#search").value = state.query;
  find("#sort").value = state.sort;
  const [id, turn] = (parts.get("place") || "").split("*");
  const place = places.find((one) => one.id === id && one.mentions.length);
  if (place || state.mention) open(place ? place.mentions[Number(turn) - 1] || place.mentions[0] : null);
}

/** The address under the entry of the history that an open card has, "" without one. */
let below = "";

/** Give an open card an entry of the history, so that Back closes it. */
function enterCard() {
  if (below || !state.mention) return;
  onHistory(() => {
    history.replaceState(null, "", location.hash || written());
    below = location.href;
    history.pushState(null, "", written());
  });
}

/** Close the card when the reader goes back. Whether that was all. */
function leaveCard() {
  if (!below || location.href !== below) return false;
  below = "";
  if (state.mention) open(null);
  writeSoon();
  return true;
}

export function startFragment() {
  read();
  map.on("moveend", writeSoon);
  watch([...FILTERS, "mention", "tab", "sort", "query"], writeSoon);
  watch(["mention"], enterCard);
  listen(window, "hashchange", () => {
    if (leaveCard()) return;
    readView();
    read();
  });
}
