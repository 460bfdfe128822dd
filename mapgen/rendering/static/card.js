// The card of a place: what is known of it, how surely, and every passage that speaks of it.

import { current } from "./correct.js";
import { nameOf, source, words } from "./data.js";
import { button, find, make, write } from "./dom.js";
import { coordinates, count, described, kilometres, number, percent, say, whyUnplaced } from "./format.js";
import { showRivals } from "./ghosts.js";
import { tools, verdict } from "./tools.js";
import { sign } from "./shapes.js";
import { keeps, map, position, reframe, reveal } from "./stage.js";
import { change, close, isDoubtful, openMention, state, visibleMentions, watch } from "./store.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Mention} Mention */

const card = find("#card");

/** @param {Place} place */
function heading(place) {
  const names = [...new Set(place.mentions.map(nameOf))];
  const asWritten = names.filter((name) => name !== place.name);
  const lines = [make("p", { class: "facts" }, described(place))];
  if (asWritten.length) lines.push(make("p", { class: "facts" }, say("written", { names: names.map((name) => `« ${name} »`).join(", ") })));
  if (place.own) lines.push(make("p", { class: "facts" }, say("own_name", { name: place.own })));
  const id = place.geonameid ? `GeoNames ${place.geonameid}` : say("source", { source: place.source });
  const more = place.population ? [" · " + say("inhabitants", { n: number(place.population) })] : [];
  lines.push(make("p", { class: "facts" }, make("span", { class: "at" }, coordinates(...place.at)), ` · ${id}`, ...more));
  return lines;
}

/** @param {Place} place  @param {Mention} mention */
function certainty(place, mention) {
  const bar = make("span", { class: "bar" });
  bar.style.width = `${100 * mention.p}%`;
  const value = { "aria-valuemin": 0, "aria-valuemax": 1, "aria-valuenow": mention.p, "aria-valuetext": percent(mention.p) };
  const meter = make("span", { class: "meter", role: "meter", "aria-label": words.certainty, ...value }, bar);
  const measured = make("div", { class: "certainty" }, make("span", {}, words.certainty), meter, make("strong", {}, percent(mention.p)));
  const parts = [mention.decided?.place ? verdict(mention) : measured];
  if (place.radius && isDoubtful(place)) parts.push(make("p", { class: "doubt" }, say("doubt_radius", { km: kilometres(place.radius) })));
  if (mention.metonymic) parts.push(make("p", { class: "note" }, words.metonymic_note));
  if (mention.reasons.length) {
    parts.push(make("ul", { class: "reasons", "aria-label": words.reasons }, ...mention.reasons.map((reason) => make("li", {}, reason))));
  }
  return parts;
}

/**
 * A passage of the source, word for word, with the place's names marked.
 * @param {[number, number]} span
 * @param {Mention[]} inside
 * @param {Mention | null} one
 */
export function quote(span, inside, one) {
  const text = make("q", { dir: "auto" });
  const phrases = inside.flatMap((mention) => (mention.relation ? [mention.relation] : []));
  /** Text without names; the words that place something against one are set off. @param {number} from  @param {number} to */
  const plain = (from, to) => {
    let done = from;
    for (const [start, end] of phrases) {
      const [first, last] = [Math.max(start, done), Math.min(end, to)];
      if (first >= last) continue;
      write(text, source.slice(done, first));
      text.append(make("span", { class: "phrase" }, source.slice(first, last)));
      done = last;
    }
    write(text, source.slice(done, to));
  };
  let at = span[0];
  for (const mention of inside) {
    plain(at, mention.start);
    const name = make("mark", { class: mention === one ? "current" : "" });
    write(name, nameOf(mention));
    text.append(name);
    at = mention.end;
  }
  plain(at, span[1]);
  return text;
}

/**
 * The passages of a place, those that are the same sentence as one.
 * @param {Mention[]} all
 * @returns {{span: [number, number], inside: Mention[]}[]}
 */
export function passages(all) {
  /** @type {{span: [number, number], inside: Mention[]}[]} */
  const found = [];
  for (const mention of all) {
    const last = found[found.length - 1];
    if (last && mention.excerpt[0] < last.span[1]) {
      last.inside.push(mention);
      last.span = [Math.min(last.span[0], mention.excerpt[0]), Math.max(last.span[1], mention.excerpt[1])];
    } else found.push({ span: [...mention.excerpt], inside: [mention] });
  }
  return found;
}

/** @param {Mention[]} all  @param {Mention} one */
function excerpts(all, one) {
  const quotes = passages(all).map(({ span, inside }) => {
    const here = inside.includes(one);
    const line = make("blockquote", {
      class: here ? "current" : "",
      "data-start": span[0],
      "data-end": span[1],
      click: () => openMention(here ? one : inside[0]),
    });
    line.append(quote(span, inside, one));
    return line;
  });
  return make("div", { class: "excerpts", role: "group", "aria-label": words.excerpts }, ...quotes);
}

/** @param {Place} place  @param {number} step */
function walk(place, step) {
  const n = place.mentions.length;
  change({ turn: (state.turn + step + n) % n });
}

/** @param {Place} place */
function steps(place) {
  const n = place.mentions.length;
  const position_ = make("span", {}, n === 1 ? count("mention", 1) : say("mention_of", { i: state.turn + 1, n }));
  if (n === 1) return make("div", { class: "steps" }, position_);
  return make(
    "div",
    { class: "steps" },
    button(words.previous, { class: "step", "data-step": -1, click: () => walk(place, -1) }),
    position_,
    button(words.next, { class: "step", "data-step": 1, click: () => walk(place, 1) }),
  );
}

/** What is said of a name with a place. @param {Place} place  @param {Mention} mention */
const placed = (place, mention) => [...heading(place), ...certainty(place, mention), excerpts(visibleMentions(place), mention), ...tools(mention), steps(place)];

/** What is said of one without. @param {Mention} mention */
const unplaced = (mention) => [
  make("p", { class: "facts" }, words.unplaced),
  mention.decided ? verdict(mention) : make("p", { class: "note" }, whyUnplaced(mention)),
  excerpts([mention], mention),
  ...tools(mention),
];

/** @type {Mention | null} */
let cardOf = null;

function showCard() {
  if (state.placing) return;
  const mention = current();
  card.hidden = !mention;
  document.body.classList.toggle("with-card", mention !== null);
  showRivals(mention);
  if (mention) fillCard(mention, state.place);
  else card.replaceChildren();
}

/** @param {Mention} mention  @param {Place | null} place */
function fillCard(mention, place) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = active && card.contains(active) ? active.dataset.step : undefined;
  const [name, kind] = place ? [place.name, place.kind] : [nameOf(mention), "none"];
  if (mention !== cardOf) card.scrollTop = 0;
  cardOf = mention;
  card.className = `k-${kind}`;
  const title = make("h2", { id: "card-name", dir: "auto" }, name);
  card.replaceChildren(
    make("div", { class: "title" }, ...(place ? [sign(kind)] : []), title, button("×", { class: "close", "aria-label": words.close, click: close })),
    ...(place ? placed(place, mention) : unplaced(mention)),
  );
  if (focused) card.querySelector(`[data-step="${focused}"]`)?.focus();
  const quoted = card.querySelector("blockquote.current");
  if (quoted && state.turn) quoted.scrollIntoView({ block: "nearest" });
  find("#said").textContent = place ? `${name}, ${described(place)}` : `${name}, ${words.unplaced}`;
}

export function startCard() {
  watch(["place", "turn", "loose", "metonymic", "placing"], showCard);
  watch(["place", "loose"], () => {
    // Not both: the frame that is still being moved to would have the last word.
    if (state.place && !keeps(position(state.place))) reveal(position(state.place));
    else reframe();
  });
  map.on("click", (/** @type {any} */ event) => (state.placing ? state.placing(event.latlng) : close()));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !current()) return;
    const inside = card.contains(document.activeElement) || document.activeElement === document.body;
    const back = state.place ? `.pin[data-place="${state.place.number}"]` : ".mention.current";
    if (state.placing) {
      change({ placing: null });
      /** @type {HTMLElement | null} */ (card.querySelector(".tools button"))?.focus();
      return;
    }
    const target = /** @type {HTMLElement | null} */ (document.querySelector(back));
    close();
    if (inside) target?.focus();
  });
}
