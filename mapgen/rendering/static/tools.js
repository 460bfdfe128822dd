// The tools of the card: decisions on a name, for one mention or more.

import { registerActions } from "./actions.js";
import { nameKey } from "./changes.js";
import { decide, withdraw } from "./correct.js";
import { places, words } from "./data.js";
import { button, find, look, make, piece, put, tell } from "./dom.js";
import { described, percent, say, whyUnplaced } from "./format.js";
import { mentions, nameOf } from "./mention.js";
import { startPlacing } from "./placing.js";
import { fly, map, position } from "./stage.js";
import { state } from "./store.js";
import { freeView } from "./views.js";

const scope = find("#scope");
const buttonFor = (/** @type {string} */ deed) => find(`#card [data-do=${deed}]`);

/** @type {Mention | null} */
let scopeOf = null;

/** @param {Mention} mention */
const namesakes = (mention, key = nameKey(nameOf(mention))) => mentions.filter((one) => nameKey(nameOf(one)) === key);

/**
 * Places that a mention may mean instead.
 * @param {Mention} mention
 * @returns {{place: any, p: number}[]}
 */
export function others(mention) {
  if (mention.place || mention.rivals.length) return mention.rivals;
  return [...new Set(namesakes(mention).map((one) => one.place))].filter(Boolean).map((place) => ({ place, p: 0 }));
}

/** Decide what the open card's name means: a place, or none. @param {any} place */
export const choose = (place) => state.mention && decide(state.mention, scope.value, place);

/** @param {any} place */
function showRival(place) {
  freeView();
  fly(position(place), Math.min(map.getZoom(), 6));
}

/** @param {{place: any, p: number}} rival */
function rivalItem({ place, p }) {
  const { name } = places.find((one) => one.id === place.id) || place;
  return make(
    "li",
    {},
    make(
      "span",
      {},
      button({ class: "rival", title: say("also_show", { name }), click: () => showRival(place) }, name),
      ` ${described(place)} `,
      piece("share", p ? percent(p) : ""),
    ),
    button(
      {
        class: "choose",
        "aria-label": say("choose_name", { name: `${name}, ${described(place)}` }),
        click: () => choose(place),
      },
      words.choose,
    ),
  );
}

/**
 * The scope of a choice: all mentions of the name where they have the same place now.
 * @param {Mention} mention
 */
function fillScope(mention) {
  const same = namesakes(mention);
  const [, all] = scope.options;
  tell(all, same.length > 1 ? say("scope_document", { n: same.length }) : "");
  if (scopeOf !== mention)
    scope.value = same.length > 1 && same.every((one) => one.place === mention.place) ? "document" : "here";
  scopeOf = mention;
}

/**
 * Fill the card's alternatives, the current decision and the possible ones.
 * @param {Mention} mention
 */
export function fillTools(mention) {
  const { place, decided } = mention;
  const rivals = others(mention);
  find("#card .also").hidden = !rivals.length;
  put(find("#card .rivals"), ...rivals.map(rivalItem));
  find("#card .verdict").hidden = !decided;
  put(find("#card .verdict span"), `✓ ${place ? words.decided : whyUnplaced(mention)}`);
  buttonFor("confirm").hidden = !place || decided;
  buttonFor("refuse").hidden = !place && decided;
  put(buttonFor("place"), place ? words.move : words.place_it);
  look(buttonFor("place"), { main: !place });
  fillScope(mention);
}

export function startTools() {
  registerActions({
    confirm: () => choose(state.mention?.place),
    refuse: () => choose(null),
    place: () => state.mention && startPlacing(state.mention, choose),
    withdraw: () => state.mention?.decided && withdraw(state.mention.decided),
  });
}
