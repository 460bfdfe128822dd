// The card of a place: its facts, its probability, and all passages that name it.

import { nameOf, source, words } from "./data.js";
import { registerActions, find, make, put, sign, tell } from "./dom.js";
import { oneLine } from "./fold.js";
import { coordinates, count, described, kilometres, percent, say, whyUnplaced } from "./format.js";
import { showGhosts } from "./ghosts.js";
import { markers } from "./markers.js";
import { startPlacing } from "./placing.js";
import { cited, passages } from "./quote.js";
import { map, position, reveal } from "./stage.js";
import { change, isDoubtful, open, openPlace, state, visibleMentions, watch } from "./store.js";
import { choose, fillTools } from "./tools.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Mention} Mention */

const card = find("#card");
const part = (/** @type {string} */ selector) => find(selector, card);

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
    [make("span", { class: "at" }, coordinates(place.at)), ` · ${id}${inhabitants}`],
  ];
  return lines.filter(([first]) => first).map((line) => make("p", { class: "facts" }, ...line));
}

/** @param {Mention} mention */
function fillCertainty({ place, p, decided, metonymic, reasons }) {
  part(".certainty").hidden = !place || decided;
  part(".bar").style.width = `${100 * p}%`;
  part(".meter").setAttribute("aria-valuenow", p);
  part(".meter").setAttribute("aria-valuetext", percent(p));
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
function fillCard(mention) {
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

/** @type {Mention | null} */
let shown = null;
/** What had the focus when the card was opened. @type {any} */
let opener = null;

function showCard() {
  const { mention } = state;
  if (state.placing) return;
  if (mention && card.hidden) opener = document.activeElement;
  const focused = document.activeElement;
  card.hidden = !mention;
  document.body.classList.toggle("with-card", mention !== null);
  if (!mention) document.body.classList.remove("card-left");
  showGhosts(mention);
  if (!mention) return;
  fillCard(mention);
  if (mention !== shown) card.scrollTop = 0;
  shown = mention;
  const quoted = part("blockquote.current");
  if (quoted !== part("blockquote")) quoted?.scrollIntoView({ block: "nearest" });
  // The element that was pressed may be removed by now.
  queueMicrotask(() => {
    const now = document.activeElement;
    if (focused !== document.body && (now === document.body || !now?.getClientRects().length)) card.focus();
  });
}

/** Close the card, or the form in it; the focus returns to the element that had it before. */
function leave() {
  if (state.placing) {
    change({ placing: null });
    find(".tools button:not([hidden])", card).focus();
    return;
  }
  const place = openPlace();
  const inside = card.contains(document.activeElement) || document.activeElement === document.body;
  const others = [
    place ? `.pin[data-place="${place.number}"]` : ".mention.current",
    ".mention.current",
    "[role=tab][aria-selected=true]",
  ].map((selector) => find(selector));
  const back = [opener, ...others].find((one) => one && one !== document.body && one.getClientRects().length);
  open(null);
  if (inside) back?.focus();
}

export function startCard() {
  watch(["mention", "metonymic", "placing", "changes"], showCard);
  watch(["mention"], () => {
    const place = openPlace();
    if (place) reveal(position(place), markers[place.number]);
  });
  registerActions({
    close: leave,
    step: ({ dataset: { step } }) => {
      const all = openPlace()?.mentions;
      if (all && state.mention) open(all[(all.indexOf(state.mention) + Number(step) + all.length) % all.length]);
    },
  });
  map.on("click", (/** @type {any} */ { latlng, originalEvent }) => {
    if (/** @type {any} */ (originalEvent.target).closest("button, [data-place]")) return;
    const { mention } = state;
    // A click on the map places a name that has just been marked.
    if (!state.placing && mention && !mention.place && mention.missed) startPlacing(mention, choose);
    if (state.placing) state.placing(latlng);
    else open(null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.mention && /** @type {any} */ (event.target).id !== "search") leave();
  });
}
