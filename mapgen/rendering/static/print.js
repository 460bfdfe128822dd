// On paper: the picture of the map, then every place with its number in the picture and its passages.

import { registerActions } from "./actions.js";
import { words } from "./data.js";
import { all, find, html, listen, look, make } from "./dom.js";
import { whyUnplaced, coordinates, described, percent } from "./format.js";
import { nameOf, mentions } from "./mention.js";
import { cited, passages } from "./quote.js";
import { shownPlaces, visibleMentions } from "./store.js";

const clearPaper = () => all("#print section").forEach((section) => section.remove());

/** @param {(Node | string)[]} title  @param {Node[]} content */
const addSection = (title, ...content) =>
  find("#print").append(make("section", {}, make("h3", {}, ...title), ...content));

function fillPaper() {
  clearPaper();
  for (const place of shownPlaces()) {
    const facts = [described(place), coordinates(place.at), place.decided ? words.decided : percent(place.p)];
    const quotes = passages(visibleMentions(place)).map(({ span, inside }) =>
      make("blockquote", {}, ...cited(span, inside, null)),
    );
    addSection([`${place.number + 1} `, make("bdi", {}, place.name)], make("p", {}, facts.join(" · ")), ...quotes);
  }
  const lost = mentions.filter((mention) => !mention.place);
  if (!lost.length) return;
  const items = lost.map((mention) => make("p", {}, make("bdi", {}, nameOf(mention)), `: ${whyUnplaced(mention)}`));
  addSection([words.unplaced], ...items);
}

/** Print the text too; its names have the numbers that the picture and the list have. */
function printText() {
  for (const one of all(".mention[data-place]")) one.dataset.key = Number(one.dataset.place) + 1;
  look(html, { "with-text": true });
  window.print();
}

export function startPrint() {
  registerActions({ print: printText });
  // Light colours on paper; the map is printed as the picture of the first view.
  listen(window, "beforeprint", () => {
    fillPaper();
    look(html, { paper: true });
  });
  listen(window, "afterprint", () => {
    clearPaper();
    look(html, { paper: false, "with-text": false });
  });
}
