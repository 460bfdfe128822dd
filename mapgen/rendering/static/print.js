// On paper: the map, then every place with its passages.

import { passages, quote } from "./quote.js";
import { words } from "./data.js";
import { all, find, make } from "./dom.js";
import { coordinates, described, percent } from "./format.js";
import { map } from "./stage.js";
import { shownPlaces, visibleMentions } from "./store.js";

const clearPaper = () => all("#print section").forEach((section) => section.remove());

function fillPaper() {
  clearPaper();
  for (const place of shownPlaces()) {
    const facts = [described(place), coordinates(place.at), place.decided ? words.decided : percent(place.p)];
    const quotes = passages(visibleMentions(place)).map(({ span, inside }) => make("blockquote", {}, quote(span, inside, null)));
    find("#print").append(make("section", {}, make("h3", {}, make("bdi", {}, place.name)), make("p", {}, facts.join(" · ")), ...quotes));
  }
  map.invalidateSize({ animate: false });
}

export function startPrint() {
  window.addEventListener("beforeprint", fillPaper);
  window.addEventListener("afterprint", clearPaper);
}
