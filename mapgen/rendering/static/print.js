// On paper: the picture of the map, then every place with its number in the picture and its passages.

import { cited, passages } from "./quote.js";
import { mentions, nameOf, words } from "./data.js";
import { all, find, make } from "./dom.js";
import { coordinates, described, percent, whyUnplaced } from "./format.js";
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
      make(
        "section",
        {},
        make("h3", {}, `${place.number + 1} `, make("bdi", {}, place.name)),
        make("p", {}, facts.join(" · ")),
        ...quotes,
      ),
    );
  }
  const lost = mentions.filter((mention) => !mention.place);
  if (!lost.length) return;
  const items = lost.map((mention) => make("p", {}, make("bdi", {}, nameOf(mention)), `: ${whyUnplaced(mention)}`));
  find("#print").append(make("section", {}, make("h3", {}, words.unplaced), ...items));
}

/** Light colours on paper; the map is printed as the picture of the first view. @param {boolean} on */
const toPaper = (on) => document.documentElement.classList.toggle("paper", on);

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
