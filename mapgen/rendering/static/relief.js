// Paints the relief of the land: shadows and lights, made of an image in which flat land is of a middle grey.

import { find } from "./dom.js";

const FLAT = 128; // of ground/relief.py
const COARSEST = 16; // screen pixels for one of the image: beyond it there is nothing to see

/** @type {ImageData} */
let greys;
/** @type {number[]} south, west, north, east */
let sides = [];
/** The image in the colours of the page. */
const tinted = document.createElement("canvas");
/** @type {CanvasRenderingContext2D} */
let tinter;
let tints = "";

/** @param {{frame: number[], image: string}} relief */
export async function loadRelief(relief) {
  const image = new Image();
  image.src = relief.image || find("#picture image").getAttribute("href");
  await image.decode().catch(() => {}); // a browser without the format shows none
  if (!image.naturalWidth) return;
  [tinted.width, tinted.height] = [image.width, image.height];
  tinter = /** @type {CanvasRenderingContext2D} */ (tinted.getContext("2d"));
  tinter.drawImage(image, 0, 0);
  greys = tinter.getImageData(0, 0, image.width, image.height);
  sides = relief.frame;
}

/**
 * Colour the image: what is darker than flat land is shadow, what is brighter light.
 * @param {string[]} colours  as the style sheet has them: "r g b", and the strength
 */
function tint(colours) {
  if (tints === colours.join()) return;
  tints = colours.join();
  const [shadow, light] = colours.map((colour) => colour.split(" ").map(Number));
  const made = tinter.createImageData(greys);
  for (let at = 0; at < made.data.length; at += 4) {
    const height = greys.data[at] - FLAT;
    const [red, green, blue, strength] = height < 0 ? shadow : light;
    made.data.set([red, green, blue, Math.abs(height) * 2 * strength], at);
  }
  tinter.putImageData(made, 0, 0);
}

/**
 * Paint the relief on the land of a window, in degrees.
 * @param {CanvasRenderingContext2D} ink
 * @param {Path2D} land
 * @param {number[]} within the window's frame
 * @param {number} degree  pixels
 * @param {Record<string, string>} colours  "" where there is to be no relief
 */
export function paintRelief(ink, land, within, degree, { shadow, light }) {
  const [south, west, north, east] = sides;
  if (!greys || !shadow || within[3] < west || within[1] > east || within[2] < south || within[0] > north) return;
  if (((east - west) * degree) / greys.width > COARSEST) return;
  tint([shadow, light]);
  ink.save();
  ink.clip(land);
  ink.imageSmoothingQuality = "high";
  ink.scale(1, -1);
  ink.drawImage(tinted, west, -north, east - west, north - south);
  ink.restore();
}
