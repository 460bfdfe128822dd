// On paper: the map, then every place with its passages.

import { cited, passages } from "./quote.js";
import { mentions, nameOf, words } from "./data.js";
import { all, find, make } from "./dom.js";
import { coordinates, described, percent, whyUnplaced } from "./format.js";
import { label } from "./labels.js";
import { map, reframe } from "./stage.js";
import { shownPlaces, visibleMentions } from "./store.js";

const clearPaper = () => all("#print section").forEach((section) => section.remove());

function fillPaper() {
  clearPaper();
  for (const place of shownPlaces()) {
    const facts = [described(place), coordinates(place.at), place.decided ? words.decided : percent(place.p)];
    const quotes = passages(visibleMentions(place)).map(({ span, inside }) =>
      make("blockquote", {}, ...cited(span, inside, null)),
    );
    find("#print").append(
      make("section", {}, make("h3", {}, make("bdi", {}, place.name)), make("p", {}, facts.join(" · ")), ...quotes),
    );
  }
  const lost = mentions.filter((mention) => !mention.place);
  if (!lost.length) return;
  const items = lost.map((mention) => make("p", {}, make("bdi", {}, nameOf(mention)), `: ${whyUnplaced(mention)}`));
  find("#print").append(make("section", {}, make("h3", {}, words.unplaced), ...items));
}

/**
 * Lay the map out for paper, with light colours, before the browser prints it; and restore it.
 * @param {boolean} on
 */
function toPaper(on) {
  document.documentElement.classList.toggle("paper", on);
  map.invalidateSize({ animate: false, pan: false });
  reframe(false);
  label();
}

export function startPrint() {
  window.addEventListener("beforeprint", () => {
    fillPaper();
    toPaper(true);
  });
  window.addEventListener("afterprint", () => {
    clearPaper();
    toPaper(false);
  });
}
