// In the card: what the reader can do about a name, for this mention or for more.

import { nameKey } from "./changes.js";
import { decide, withdraw } from "./correct.js";
import { mentions, nameOf, places, words } from "./data.js";
import { button, make, select } from "./dom.js";
import { described, percent, say, whyUnplaced } from "./format.js";
import { startPlacing } from "./placing.js";
import { freeView, map, position, still } from "./stage.js";

/** @typedef {import("./data.js").Mention} Mention */

/** @type {Mention | null} */
let owner = null;
let scope = "here";

/** @param {Mention} mention */
const namesakes = (mention, key = nameKey(nameOf(mention))) => mentions.filter((one) => nameKey(nameOf(one)) === key);

/** What a choice is for: all mentions of the name where they mean the same now. @param {Mention} mention */
function scopes(mention) {
  const same = namesakes(mention);
  if (owner !== mention) scope = same.length > 1 && same.every((one) => one.place === mention.place) ? "document" : "here";
  owner = mention;
  const options = [["here", words.scope_here], ["document", say("scope_document", { n: same.length })], ["everywhere", words.scope_everywhere]];
  return select(words.scope, options.filter(([key]) => key !== "document" || same.length > 1), scope, (value) => (scope = value));
}

/** Places that a mention may mean instead. @param {Mention} mention @returns {{place: any, p: number}[]} */
export function others(mention) {
  if (mention.place || mention.rivals.length) return mention.rivals;
  return [...new Set(namesakes(mention).map((one) => one.place))].filter(Boolean).map((one) => ({ place: one, p: 0 }));
}

/** Make a place the choice. @param {Mention} mention  @param {any} place */
export const choose = (mention, place) => decide(mention, scope, place);

/** Go and see where another place of the name lies. @param {any} place */
function visit(place) {
  freeView();
  map.setView(position(place), Math.min(map.getZoom(), 6), { animate: !still.matches });
}

/** @param {Mention} mention */
function rivalList(mention) {
  const items = others(mention).map(({ place, p }) => {
    const { name } = places.find((one) => one.id === place.id) || place;
    const go = button(name, { class: "rival", title: say("also_show", { name }), click: () => visit(place) });
    const label = say("choose_name", { name: `${name}, ${described(place)}` });
    const told = make("span", {}, go, ` ${described(place)} `, make("span", { class: "share" }, p ? percent(p) : ""));
    return make("li", {}, told, button(words.choose, { class: "choose", "aria-label": label, click: () => choose(mention, place) }));
  });
  return items.length ? [make("h3", {}, words.also), make("ul", { class: "rivals" }, ...items)] : [];
}

/** Runners-up, and what else can be done. @param {Mention} mention */
export function tools(mention) {
  const { place, decided } = mention;
  /** @type {[any, string, () => void][]} */
  const actions = [
    [place && !decided, words.confirm, () => choose(mention, place)],
    [true, place ? words.move : words.place_it, () => startPlacing(mention, () => scope)],
    [place || !decided, words.refuse, () => decide(mention, scope, null)],
  ];
  const buttons = actions.filter(([wanted]) => wanted).map(([, label, click]) => button(label, { class: label === words.place_it ? "main" : "", click }));
  return [...rivalList(mention), make("h3", {}, words.correct), make("div", { class: "tools" }, ...buttons), make("div", { class: "scope" }, scopes(mention))];
}

/** What the reader has decided, and the way back. @param {Mention} mention */
export const verdict = (mention) =>
  make("p", { class: "verdict" }, make("span", {}, `✓ ${mention.place ? words.decided : whyUnplaced(mention)}`), button(words.undo, { click: () => mention.decided && withdraw(mention.decided) }));
