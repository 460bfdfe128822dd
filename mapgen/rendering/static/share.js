// What leaves the page: a link, the picture, code for an iframe; the embedded page, the full screen, one pane alone.

import { registerActions } from "./actions.js";
import { embedded } from "./address.js";
import { all, body, find, html, listen, look, make } from "./dom.js";
import { save } from "./download.js";
import { say } from "./format.js";
import { notice } from "./notice.js";
import { map } from "./stage.js";

const SHARP = 2; // pixels of the saved picture for one of the written one
const wholePage = () => location.href.split("#")[0];

/** @param {string} text  @param {string} told  key of the line that tells it */
async function copyText(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Old browsers, and pages in a frame without the permission.
    const field = make("textarea", { class: "unseen" }, text);
    body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  notice(say(told));
}

/** Save the picture of the first view as PNG. */
async function savePicture() {
  const svg = find("#picture svg");
  const [width, height] = ["width", "height"].map((side) => SHARP * Number(svg.getAttribute(side)));
  const image = new Image(width, height);
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await image.decode();
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  canvas.toBlob((/** @type {Blob} */ made) => save(made, "image/png", ".png"));
}

function embedCode() {
  const frame = make("iframe", {
    src: `${wholePage()}#embed&${location.hash.slice(1).replace(/^embed&?/, "")}`,
    width: 640,
    height: 420,
    title: find("#caption span").textContent,
    loading: "lazy",
    allowfullscreen: true,
    sandbox: "allow-scripts allow-popups",
  });
  return new XMLSerializer().serializeToString(frame).replace(' xmlns="http://www.w3.org/1999/xhtml"', "");
}

/** Show one pane alone, or both again. @param {HTMLElement} button */
function showOnly(button) {
  const only = button.ariaPressed === "true" ? "" : button.dataset.only;
  for (const one of all("[data-only]")) one.ariaPressed = one.dataset.only === only;
  look(html, { "map-only": only === "map", "text-only": only === "text" });
}

/** The page in a frame of another: the map and one sentence; one finger scrolls the page around it. */
function embedPage() {
  look(html, { embedded: true });
  find("#caption a").href = wholePage();
  map.scrollWheelZoom.disable();
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}

export function startShare() {
  registerActions({
    link: () => copyText(location.href, "copied_link"),
    embed: () => copyText(embedCode(), "copied_code"),
    image: savePicture,
    only: showOnly,
    full: () => (document.fullscreenElement ? document.exitFullscreen() : find("#stage").requestFullscreen()),
  });
  find("[data-do=full]").hidden = !document.fullscreenEnabled;
  listen(find("#share"), "click", ({ target }) => {
    if (/** @type {Element} */ (target).matches("button")) find("#share").open = false;
  });
  if (embedded) embedPage();
}
