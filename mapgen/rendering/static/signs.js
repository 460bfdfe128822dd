// The marker of a place: its size, its element, its look.

import { gathering, places } from "./data.js";
import { button, find, look, markPlace, piece, sign } from "./dom.js";
import { kindName, count, say } from "./format.js";
import { clamp } from "./geo.js";
import { position } from "./stage.js";
import { isDoubtful, looksOf, onlyMetonymic, openPlace, visibleMentions } from "./store.js";

/** Highlight all elements of the open place. */
export const markOpen = () => markPlace("open", openPlace()?.number);

/** Kinds that extend around their point: their markers may move aside. */
export const WIDE = new Set(["country", "region", "district", "water", "area", "continent", "terrain"]);

/** Mentions beyond the first of the place that has most, once they are known. */
let mostMentions = 0;

/** Half the size of a marker, pixels: its area grows with the mentions. @param {number} n */
function radius(n) {
  const [least, most] = gathering.radii;
  mostMentions ||= Math.max(gathering.usual, ...places.map((place) => place.mentions.length - 1));
  return Math.sqrt(least ** 2 + ((most ** 2 - least ** 2) * clamp(n - 1, 0, mostMentions)) / mostMentions);
}

/** A sign at its place that has not been drawn. @param {Omit<Sign, "dx" | "dy" | "pin">} own @returns {Sign} */
export const newSign = (own) => ({ ...own, dx: 0, dy: 0, pin: null });

/** @param {Place} place */
export const makeMarker = (place) =>
  newSign({ place, members: [], at: position(place), r: radius(place.mentions.length) });

/** @param {Place} place */
export const drawMarker = (place) =>
  button({ class: `pin k-${place.kind}`, "data-place": place.number }, piece("box", sign(place.kind)));

/**
 * Set a marker's accessible name, number and look.
 * @param {HTMLElement} element
 * @param {Place} place
 */
export function dress(element, place) {
  const n = visibleMentions(place).length;
  const values = { name: place.name, kind: kindName(place.kind), mentions: count("mention", n) };
  element.ariaLabel = say(isDoubtful(place) ? "marker_doubtful" : "marker", values);
  find("text", element).textContent = String(n);
  look(element, looksOf(place));
}

/** @param {Sign} one */
export const mobility = ({ place }) => (!place ? 0.3 : WIDE.has(place.kind) ? 1 : onlyMetonymic(place) ? 0.5 : 0.12);
