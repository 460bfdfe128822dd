// The address keeps the view, the filters and the open place, so that a link leads back to them.

import { places } from "./data.js";
import { freeView, map } from "./stage.js";
import { FILTERS, change, state, watch } from "./store.js";

/** @returns {string} */
function written() {
  const parts = new URLSearchParams();
  const centre = map.getCenter();
  parts.set("map", [map.getZoom(), centre.lat.toFixed(4), centre.lng.toFixed(4)].join("/"));
  if (state.place) parts.set("place", state.place.id + (state.turn ? `*${state.turn + 1}` : ""));
  if (state.hidden.size) parts.set("hide", [...state.hidden].sort().join(","));
  if (!state.metonymic) parts.set("institutions", "off");
  if (state.floor) parts.set("p", String(state.floor));
  if (state.country) parts.set("in", state.country);
  if (state.tab !== "text") parts.set("tab", state.tab);
  return "#" + parts.toString().replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%2C/g, ",");
}

let writing = 0;
function writeSoon() {
  clearTimeout(writing);
  writing = window.setTimeout(() => {
    try {
      history.replaceState(null, "", written());
    } catch {
      // A page inside a notebook or a sandbox has no address of its own.
    }
  }, 150);
}

/**
 * Take over what the address says.
 * @param {string} hash
 * @returns {boolean} whether it holds a view
 */
export function read(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const view = (parts.get("map") || "").split("/").map(Number);
  const framed = view.length === 3 && view.every(Number.isFinite);
  if (framed) freeView();
  if (framed) map.setView([view[1], view[2]], view[0], { animate: false });
  const [id, turn] = (parts.get("place") || "").split("*");
  const place = places.find((one) => one.id === id && one.mentions.length) || null;
  const floor = Number(parts.get("p"));
  change({
    hidden: new Set((parts.get("hide") || "").split(",").filter(Boolean)),
    metonymic: parts.get("institutions") !== "off",
    floor: floor > 0 && floor < 1 ? floor : 0,
    country: parts.get("in") || "",
    tab: parts.get("tab") === "places" ? "places" : "text",
  });
  if (place) change({ place, turn: Math.max(0, Math.min(place.mentions.length - 1, Number(turn || 1) - 1)) });
  return framed;
}

export function startFragment() {
  const framed = location.hash.includes("=") && read(location.hash);
  map.on("moveend", writeSoon);
  watch([...FILTERS, "place", "turn", "tab"], writeSoon);
  window.addEventListener("hashchange", () => location.hash.includes("=") && read(location.hash));
  return framed;
}
