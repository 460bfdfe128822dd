// What is shown, as files: CSV and GeoJSON, made in the page and saved by the browser.

import { csv } from "./changes.js";
import { nameOf, source, words } from "./data.js";
import { button, find, make } from "./dom.js";
import { countryName } from "./format.js";
import { listed } from "./list.js";
import { visibleMentions } from "./store.js";

/** @typedef {import("./data.js").Place} Place */

/** @param {Place} place */
const properties = (place) => ({
  name: place.name,
  gazetteer_name: place.own || place.name,
  written: [...new Set(place.mentions.map(nameOf))].join(" | "),
  kind: place.kind,
  country: place.country,
  country_name: countryName(place.country),
  region: (place.admin || []).at(-1) || "",
  lat: place.at[0],
  lon: place.at[1],
  geonameid: place.geonameid || "",
  place_id: place.id,
  source: place.source,
  mentions: visibleMentions(place).length,
  probability: place.p,
});

/** @param {Place[]} places */
function table(places) {
  const rows = places.map(properties);
  const columns = Object.keys(rows[0] || properties(/** @type {any} */ ({ mentions: [], at: [0, 0] })));
  return csv([columns, ...rows.map((row) => Object.values(row))]);
}

/** @param {Place[]} places */
function geojson(places) {
  const features = places.map((place) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [place.at[1], place.at[0]] },
    properties: { ...properties(place), excerpts: visibleMentions(place).map((mention) => source.slice(...mention.excerpt)) },
  }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

/** Letters and digits of a title, for the name of a file. @param {string} title */
const fileName = (title) => title.slice(0, 60).replace(/[^\p{L}\p{N}]+/gu, "-");

/** @param {string} content  @param {string} type  @param {string} ending  @param {string} [title] */
export function save(content, type, ending, title = document.title) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: fileName(title) + ending }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export function startSave() {
  find("#places").append(
    make(
      "div",
      { class: "save", role: "group", "aria-label": words.save_title },
      make("span", {}, words.save_title),
      button("CSV", { click: () => save(table(listed()), "text/csv", ".csv") }),
      button("GeoJSON", { click: () => save(geojson(listed()), "application/geo+json", ".geojson") }),
    ),
  );
}
