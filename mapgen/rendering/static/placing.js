// Places a name by hand: with a marker that is dragged or moved by arrow keys, a click on the map or a place, or
// coordinates.

import { readPoint } from "./changes.js";
import { words } from "./data.js";
import { body, button, find, listen, look, put, sign } from "./dom.js";
import { described } from "./format.js";
import { makePin } from "./pins.js";
import { reveal } from "./reveal.js";
import { STEPS, fillNames, known, spotAt } from "./spots.js";
import { map, position } from "./stage.js";
import { change, state, watch } from "./store.js";

const [form, field, kindField, placeButton] = [".placer", "#point", "#kind", ".placer .main"].map((selector) =>
  find(selector),
);

/** @type {any} Leaflet's marker */
let pinned = null;

/** @type {any} the place at the point, if it was one */
let picked = null;

/** @type {Mention} that is being placed, and what is placeAt with its place */
let placed;

/** @type {(spot: any) => void} */
let placeAt;

/** @param {Event} [event] */
function confirmPoint(event) {
  event?.preventDefault();
  const at = readPoint(field.value);
  if (at) placeAt(picked || spotAt(at, placed, kindField.value));
}

function nameTyped() {
  const one = known.get(field.value);
  if (!one) typed();
  else {
    take(one.id ? one : L.latLng(one.at));
    put(find(".picked"), one.name);
  }
}

/** Take what the field says. @param {any} [one]  the place at that point */
function typed(one) {
  const at = readPoint(field.value);
  picked = one;
  put(find(".picked"), one ? `${one.name}, ${described(one)}` : "");
  placeButton.disabled = !at;
  field.ariaInvalid = !at && field.value !== "";
  if (at) putPin(position({ at }));
  else dropPin();
}

/** Take a place of the page, or a point of the map. @param {any} one */
function take(one) {
  const { lat, lng } = L.latLng(one.at || one).wrap();
  field.value = [lat, lng].map((degrees) => Number(degrees.toFixed(5))).join(", ");
  typed(one.at && one);
  if (one.at) reveal(position(one));
}

/**
 * Show the form that places a mention in its card.
 * @param {Mention} mention
 * @param {(spot: any) => void} then
 */
export function startPlacing(mention, then) {
  [placed, placeAt] = [mention, then];
  field.value = mention.place ? mention.place.at.join(", ") : "";
  kindField.value = mention.kind || "city";
  kindField.parentElement.hidden = mention.place !== null;
  fillNames();
  change({ placing: take });
  typed();
  // On a phone, focus in the field opens the keyboard over the map.
  (matchMedia("(pointer: coarse)").matches ? placeButton : field).focus();
}

/** @param {KeyboardEvent} event */
function moveByKey(event) {
  const step = STEPS[event.key];
  if (!step && event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  if (!step) {
    confirmPoint();
    return;
  }
  take(map.unproject(map.project(pinned.getLatLng()).add(L.point(step).multiplyBy(event.shiftKey ? 1 : 10))));
  reveal(pinned.getLatLng());
}

/** @param {any} at */
function putPin(at) {
  if (pinned) {
    pinned.setLatLng(at);
    return;
  }
  const kind = kindField.value;
  const element = button({ class: `mover k-${kind}`, "aria-label": words.mover, keydown: moveByKey }, sign(kind, "+"));
  pinned = makePin(at, 17, element, { interactive: true, draggable: true, autoPan: true, zIndexOffset: 9999 });
  pinned.addTo(map).on("drag", () => take(pinned.getLatLng()));
}

function dropPin() {
  pinned?.remove();
  pinned = null;
}

export function startPlacer() {
  listen(form, "submit", confirmPoint);
  listen(field, "input", nameTyped);
  listen(field, "change", () => pinned && reveal(pinned.getLatLng()));
  listen(kindField, "change", () => {
    dropPin();
    typed(picked);
  });
  watch(["placing"], () => {
    look(body, { choosing: state.placing });
    if (!state.placing) dropPin();
  });
}
