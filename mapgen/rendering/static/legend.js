// The legend is the filter; beside it how far to trust the map, and the views.

import { mentions, places, shapes, words } from "./data.js";
import { button, find, make } from "./dom.js";
import { kindName, number, say } from "./format.js";
import { KINDS, sign } from "./shapes.js";
import { freeView, map, showAll, showScene, still } from "./stage.js";
import { FILTERS, change, fits, shownPlaces, speaks, state, watch } from "./store.js";
import { tileButtons } from "./tiles.js";

/** @param {string} kind */
function toggleKind(kind) {
  const hidden = new Set(state.hidden);
  if (!hidden.delete(kind)) hidden.add(kind);
  change({ hidden });
}

/** @param {string} look  @param {string} kind  @param {string} word  @param {any} attributes */
const chip = (look, kind, word, attributes) =>
  button("", { class: `chip ${look}`, "data-kind": kind, ...attributes }, sign(kind), make("span", { class: "word" }, word), make("span", { class: "count" }));

/** What is pressed, and how many each chip stands for among what the other filters leave. */
function press() {
  for (const one of find(".legend").children) {
    const { kind } = one.dataset;
    const [on, n] = one.matches(".institution")
      ? [state.metonymic, mentions.filter(({ metonymic, place }) => metonymic && place && fits(place) && !state.hidden.has(place.kind)).length]
      : [!state.hidden.has(kind), places.filter((place) => place.kind === kind && fits(place) && speaks(place)).length];
    one.setAttribute("aria-pressed", String(on));
    one.querySelector(".count").textContent = number(n);
  }
}

function chips() {
  const made = [];
  for (const kind of KINDS) {
    const n = places.filter((place) => place.kind === kind && place.mentions.length).length;
    if (n) made.push(chip(`k-${kind}`, kind, kindName(kind, n), { click: () => toggleKind(kind) }));
  }
  const n = mentions.filter((mention) => mention.metonymic && mention.place).length;
  const look = { title: words.institution_title, click: () => change({ metonymic: !state.metonymic }) };
  if (n) made.push(chip("institution", "city", words[n === 1 ? "institution_one" : "institution_many"], look));
  find(".legend").replaceChildren(...made);
  find("#stage").classList.toggle("empty", !made.length);
  press();
}

/** How many of the shown markers are likely to be wrong, in words. */
function trust() {
  const shown = shownPlaces();
  const wrong = shown.reduce((sum, place) => sum + 1 - place.p, 0);
  const parts = [];
  if (shapes.some((shape) => shape.type === "area" && !shape.exact)) parts.push(words.approximate);
  if (shown.length) {
    const key = wrong < 0.05 ? "trust_none" : wrong < 0.75 ? "trust_few" : wrong < 1.5 ? "trust_one" : "trust_many";
    parts.push(say(key, { n: shown.length, wrong: number(Math.round(wrong)) }));
  }
  const line = parts.join(" · ");
  find(".trust").textContent = line.charAt(0).toUpperCase() + line.slice(1);
}

/** @param {number} by */
function zoom(by) {
  freeView();
  map.setZoom(map.getZoom() + by, { animate: !still.matches });
}

function views() {
  const box = find(".views");
  box.append(
    button(words.scene, { class: "view", title: words.scene_title, click: () => showScene() }),
    button(words.all, { class: "view", title: words.all_title, click: () => showAll() }),
    button("+", { class: "zoom", "aria-label": words.zoom_in, click: () => zoom(1) }),
    button("−", { class: "zoom", "aria-label": words.zoom_out, click: () => zoom(-1) }),
    ...tileButtons(),
  );
}

export function startLegend() {
  chips();
  watch(["changes"], chips);
  watch(FILTERS, press);
  views();
  trust();
  watch(FILTERS, trust);
  find("#edge").append(make("p", { class: "nothing" }, mentions.length ? words.no_placed : words.no_places));
}
