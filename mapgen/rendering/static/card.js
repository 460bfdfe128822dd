// The card of a place: when it opens and closes.

import { registerActions } from "./actions.js";
import { body, find, listen, look } from "./dom.js";
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
  look(body, mention ? { "with-card": true } : { "with-card": false, "card-left": false });
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
    if (focused !== body && (now === body || !now?.getClientRects().length)) card.focus();
  });
}

/** Close the card, or the form in it; the focus returns to the element that had it before. */
function leave() {
  if (state.placing) {
    change({ placing: null });
    find(".tools button:not([hidden])", card).focus();
    return;
  }
  const inside = card.contains(document.activeElement) || document.activeElement === body;
  const others = [
    `.pin[data-place="${openPlace()?.number}"]`,
    ".mention.current",
    "[role=tab][aria-selected=true]",
  ].map((selector) => find(selector));
  const back = [opener, ...others].find((one) => one && one !== body && one.getClientRects().length);
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
      if (all && state.mention)
        open(/** @type {Mention} */ (all.at((all.indexOf(state.mention) + Number(step)) % all.length)));
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
