// What the card says of a mention: its place, its probability, the passages.

import { source, words } from "./data.js";
import { find, make, piece, put, sign, tell } from "./dom.js";
import { oneLine } from "./fold.js";
import { whyUnplaced, coordinates, count, described, kilometres, percent, say } from "./format.js";
import { nameOf } from "./mention.js";
import { cited, passages } from "./quote.js";
import { isDoubtful, visibleMentions, open } from "./store.js";
import { fillTools } from "./tools.js";

export const card = find("#card");
export const part = (/** @type {string} */ selector) => find(selector, card);

/** @param {Place} place */
function heading(place) {
  const names = [...new Set(place.mentions.map(nameOf))];
  const written =
    names.some((name) => name !== place.name) &&
    names.map((name) => words.quoted.replace("{name}", () => name)).join(", ");
  const id = place.geonameid ? `GeoNames ${place.geonameid}` : say("source", { source: place.source });
  const inhabitants = place.population ? " · " + say("inhabitants", { n: place.population }) : "";
  const lines = [
    [described(place)],
    [written && say("written", { names: written })],
    [place.own && say("own_name", { name: place.own })],
    [piece("at", coordinates(place.at)), ` · ${id}${inhabitants}`],
  ];
  return lines.filter(([first]) => first).map((line) => make("p", { class: "facts" }, ...line));
}

/** @param {Mention} mention */
function fillCertainty({ place, p, decided, metonymic, reasons }) {
  part(".certainty").hidden = !place || decided;
  part(".bar").style.width = `${100 * p}%`;
  Object.assign(part(".meter"), { ariaValueNow: p, ariaValueText: percent(p) });
  put(part(".certainty strong"), percent(p));
  tell(part(".doubt"), place?.radius && isDoubtful(place) ? say("doubt_radius", { km: kilometres(place.radius) }) : "");
  tell(part(".reasons"), ...(place ? reasons.map((reason) => make("li", {}, reason)) : []));
  tell(part(".note"), place && metonymic ? words.metonymic_note : "");
}

/** @param {Mention[]} all  @param {Mention} one */
function fillExcerpts(all, one) {
  const quotes = passages(all).map(({ span, inside }) => {
    const here = inside.includes(one);
    const [start, end] = span;
    return make(
      "blockquote",
      { class: here ? "current" : "", "data-start": start, "data-end": end, click: () => open(here ? one : inside[0]) },
      ...cited(span, inside, one),
    );
  });
  put(part(".excerpts"), ...quotes);
}

/** @param {Mention[]} all  @param {Mention} one */
function fillSteps(all, one) {
  const n = all.length;
  for (const step of ["-1", "1"]) part(`[data-step="${step}"]`).hidden = n === 1;
  put(part(".turn"), n === 1 ? count("mention", 1) : say("mention_of", { i: all.indexOf(one) + 1, n }));
}

/** @param {Mention} mention */
export function fillCard(mention) {
  const { place } = mention;
  const all = place ? place.mentions : [mention];
  const name = place ? place.name : nameOf(mention);
  card.className = `k-${place ? place.kind : "none"}`;
  put(part(".kind"), place ? sign(place.kind) : "");
  put(part("h2"), name);
  put(part(".about-place"), ...(place ? heading(place) : [make("p", { class: "facts" }, words.unplaced)]));
  fillCertainty(mention);
  if (!place && !mention.decided) tell(part(".note"), whyUnplaced(mention));
  fillExcerpts(place ? visibleMentions(place) : all, mention);
  fillTools(mention);
  fillSteps(all, mention);
  find("#said").textContent =
    `${name}, ${place ? described(place) : words.unplaced}. ${part(".turn").textContent}. ${oneLine(source.slice(...mention.excerpt))}`;
}
