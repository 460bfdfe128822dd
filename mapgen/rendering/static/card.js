// The card of a place: when it opens and closes.

import { registerActions } from "./actions.js";
import { find, listen } from "./dom.js";
import { card, fillCard, part } from "./facts.js";
import { showGhosts } from "./ghosts.js";
import { markers } from "./markers.js";
import { startPlacing } from "./placing.js";
import { reveal } from "./reveal.js";
import { map, position } from "./stage.js";
import { change, open, openPlace, state, watch } from "./store.js";
import { choose } from "./tools.js";

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
  listen(document, "keydown", (event) => {
    if (event.key === "Escape" && state.mention && /** @type {any} */ (event.target).id !== "search") leave();
  });
}
