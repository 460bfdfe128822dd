// In the card: what the reader can do about a name, for this mention or for more.

import { changes, decide, mark, unmarked, withdraw } from "./correct.js";
import { nameKey } from "./changes.js";
import { mentions, nameOf, places, words } from "./data.js";
import { button, find, make, select } from "./dom.js";
import { kindName, percent, say, whereabouts } from "./format.js";
import { placingForm } from "./placing.js";
import { freeView, map, position, still } from "./stage.js";

/** @typedef {import("./data.js").Mention} Mention */

/** What the choice is for. @type {{mention: Mention | null, scope: string}} */
const choice = { mention: null, scope: "here" };

/** @param {Mention} mention */
function scopes(mention) {
  const key = nameKey(nameOf(mention));
  const same = mentions.filter((one) => nameKey(nameOf(one)) === key);
  if (choice.mention !== mention) {
    const alike = same.length > 1 && same.every((one) => one.place === mention.place);
    Object.assign(choice, { mention, scope: alike ? "document" : "here" });
  }
  const options = [["here", words.scope_here], ["document", say("scope_document", { n: same.length })], ["everywhere", words.scope_everywhere]];
  return select(words.scope, options.filter(([scope]) => scope !== "document" || same.length > 1), choice.scope, (scope) => (choice.scope = scope));
}

/** Places that a mention may mean instead. @param {Mention} mention @returns {{place: any, p: number}[]} */
export function others(mention) {
  if (mention.rivals.length || mention.place) return mention.rivals;
  const key = nameKey(nameOf(mention));
  const namesakes = places.filter((place) => place.mentions.some((one) => nameKey(nameOf(one)) === key));
  return namesakes.map((place) => ({ place, p: 0 }));
}

/** Make a place the choice. @param {Mention} mention  @param {any} place */
export const choose = (mention, place) => decide(mention, choice.mention === mention ? choice.scope : "here", place);

/** Go and see where another place of the name lies. @param {any} place */
function visit(place) {
  freeView();
  map.setView(position(place), Math.min(map.getZoom(), 6), { animate: !still.matches });
}

/** @param {Mention} mention */
function rivals(mention) {
  const items = others(mention).map(({ place, p }) => {
    const { name } = places.find((one) => one.id === place.id) || place;
    const where = [kindName(place.kind), whereabouts(place)].filter(Boolean).join(", ");
    const go = button(name, { class: "rival", title: say("also_show", { name }), click: () => visit(place) });
    const told = make("span", {}, go, ` ${where} `, make("span", { class: "share" }, p ? percent(p) : ""));
    return make("li", {}, told, button(words.choose, { class: "choose", "aria-label": say("choose_name", { name: `${name}, ${where}` }), click: () => choose(mention, place) }));
  });
  return items.length ? [make("h3", {}, words.also), make("ul", { class: "rivals" }, ...items)] : [];
}

/** @param {Mention} mention */
function startPlacingIt(mention) {
  const form = placingForm(mention, () => choice.scope);
  find("#card").replaceChildren(find("#card .title"), form);
  form.begin();
}

/** Runners-up, and what else can be done. @param {Mention} mention */
export function tools(mention) {
  const { place, decided, missed } = mention;
  const more = missed ? unmarked(nameOf(mention)) : [];
  const scope = scopes(mention);
  const actions = [
    ...(place && !decided ? [button(words.confirm, { click: () => choose(mention, place) })] : []),
    button(place ? words.move : words.place_it, { class: place ? "" : "main", click: () => startPlacingIt(mention) }),
    ...(missed || (decided && !place) ? [] : [button(words.refuse, { click: () => decide(mention, choice.scope, null) })]),
    ...(more.length ? [button(say("mark_more", { n: more.length }), { click: () => mark(more, mention) })] : []),
    ...(missed && !decided ? [button(words.remove, { click: () => changes.filter((one) => one.start === mention.point).forEach(withdraw) })] : []),
  ];
  return [...rivals(mention), make("h3", {}, words.correct), make("div", { class: "tools" }, ...actions), make("div", { class: "scope" }, scope)];
}

/** That the reader has decided, and the way back. @param {Mention} mention */
export const verdict = (mention) =>
  make(
    "p",
    { class: "verdict" },
    make("span", {}, `✓ ${mention.place ? words.decided : words.refused}`),
    button(words.undo, { click: () => mention.decided && withdraw(mention.decided) }),
  );
