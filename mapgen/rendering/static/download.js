// Saves a file that the page has made.

import { make } from "./dom.js";

/**
 * @param {string | Blob} content
 * @param {string} type
 * @param {string} ending
 * @param {string} [title] its letters and digits name the file
 */
export function save(content, type, ending, title = document.title) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: title.slice(0, 60).replace(/[^\p{L}\p{N}]+/gu, "-") + ending }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
