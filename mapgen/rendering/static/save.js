// Exports the shown places as CSV and GeoJSON, made in the page and saved by the browser.

import { registerActions } from "./actions.js";
import { csv } from "./changes.js";
import { source } from "./data.js";
import { save } from "./download.js";
import { oneLine } from "./fold.js";
import { countryName } from "./format.js";
import { nameOf } from "./mention.js";
import { listed } from "./search.js";
import { visibleMentions } from "./store.js";

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

function table() {
  const columns = Object.keys(properties(/** @type {any} */ ({ mentions: [], at: [], country: "" })));
  return csv([columns, ...listed().map((place) => Object.values(properties(place)))]);
}

function geojson() {
  const features = listed().map((place) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [place.at[1], place.at[0]] },
    properties: {
      ...properties(place),
      excerpts: visibleMentions(place).map((mention) => oneLine(source.slice(...mention.excerpt))),
    },
  }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

export function startSave() {
  registerActions({
    csv: () => save(table(), "text/csv", ".csv"),
    geojson: () => save(geojson(), "application/geo+json", ".geojson"),
  });
}
