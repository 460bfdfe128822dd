// Placing a name by hand: a marker to drag or move with the arrow keys, a click on the map or on a place, or coordinates.

import { nameKey, readPoint } from "./changes.js";
import { decide } from "./correct.js";
import { kinds, nameOf, words } from "./data.js";
import { button, find, make, select } from "./dom.js";
import { described, kindName } from "./format.js";
import { sign } from "./shapes.js";
import { map, position, reveal } from "./stage.js";
import { change, state, watch } from "./store.js";

/** @typedef {import("./data.js").Mention} Mention */

/** @type {any} */
let pin = null;
const STEPS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

/** A place where nothing is known but the point, or one that was moved. @param {Mention} mention  @param {[number, number]} at  @param {string} kind */
function spot(mention, at, kind) {
  const { place } = mention;
  const point = "@" + at.map((degrees) => degrees.toFixed(5));
  if (place) return { ...place, id: place.id.replace(/@[^@]*$/, "") + point, at };
  const name = nameOf(mention);
  return { id: `said:${nameKey(name)}${point}`, name, kind, country: "", at, source: words.you };
}

/** Turn the card of a mention into the form that places it. @param {Mention} mention  @param {() => string} scope */
export function startPlacing(mention, scope) {
  const { place } = mention;
  /** @type {any} */
  let picked = null;
  let kind = mention.kind || "city";
  const field = make("input", { id: "point", spellcheck: false, autocomplete: "off", value: place ? place.at.join(", ") : "", input: () => typed(), change: () => pin && reveal(pin.getLatLng()) });
  const told = make("p", { class: "picked", role: "status" });
  const go = make("button", { class: "main" }, words.place_here);
  /** Take a place of the page, or a point of the map. @param {any} one */
  const take = (one) => {
    const { lat, lng } = L.latLng(one.at || one).wrap();
    field.value = [lat, lng].map((degrees) => Number(degrees.toFixed(5))).join(", ");
    typed(one.at && one);
    if (one.at) reveal(position(one));
  };
  /** @param {any} [one]  the place at that point */
  function typed(one) {
    const at = readPoint(field.value);
    picked = one;
    told.textContent = one ? `${one.name}, ${described(one)}` : "";
    go.disabled = !at;
    field.setAttribute("aria-invalid", String(!at && field.value !== ""));
    if (at) putPin(position({ at }), kind, take, confirm);
    else dropPin();
  }
  /** @param {Event} [event] */
  function confirm(event) {
    event?.preventDefault();
    const at = readPoint(field.value);
    if (at) decide(mention, scope(), picked || spot(mention, at, kind));
  }
  find("#card").replaceChildren(
    find("#card .title"),
    make(
      "form",
      { class: "placer", submit: confirm },
      make("p", { class: "note" }, words.placing),
      make("label", {}, make("span", {}, words.coordinates), field),
      ...(place ? [] : [select(words.kind, Object.keys(kinds).map((key) => [key, kindName(key)]), kind, (value) => (kind = value))]),
      told,
      make("div", { class: "tools" }, go, button(words.cancel, { click: () => change({ placing: null }) })),
    ),
  );
  change({ placing: take });
  typed();
  // On a phone the field would call up the keyboard, over the map.
  (matchMedia("(pointer: coarse)").matches ? go : field).focus();
}

/** @param {any} at  @param {string} kind  @param {(at: any) => void} take  @param {() => void} confirm */
function putPin(at, kind, take, confirm) {
  if (pin) {
    pin.setLatLng(at);
    return;
  }
  const icon = L.divIcon({ html: make("span", { class: "box" }, sign(kind, "+")), className: `mover k-${kind}`, iconSize: [34, 34] });
  pin = L.marker(at, { icon, draggable: true, autoPan: true, zIndexOffset: 9999 }).addTo(map);
  pin.on("drag", () => take(pin.getLatLng()));
  const element = pin.getElement();
  element.setAttribute("aria-label", words.mover);
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = STEPS[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) {
      confirm();
      return;
    }
    take(map.unproject(map.project(pin.getLatLng()).add(L.point(step).multiplyBy(event.shiftKey ? 1 : 10))));
    reveal(pin.getLatLng());
  });
}

function dropPin() {
  pin?.remove();
  pin = null;
}

watch(["placing"], () => {
  document.body.classList.toggle("choosing", state.placing !== null);
  if (!state.placing) dropPin();
});
