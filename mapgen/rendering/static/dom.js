// Elements, built one by one: no markup is ever put together from strings, so text stays text.

/** @typedef {Record<string, string | number | boolean | ((event: any) => void)>} Attributes */

const SVG = "http://www.w3.org/2000/svg";
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * Find the element that the template promises.
 * @param {string} selector
 * @returns {any}
 */
export const find = (selector) => document.querySelector(selector);

/**
 * @param {Element} element
 * @param {Attributes} attributes  functions become listeners, `true` an empty attribute, `false` none
 * @param {(Node | string)[]} children  strings become text
 */
function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (typeof child === "string") write(element, child);
    else element.append(child);
  }
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  furnish(element, attributes, children);
  return element;
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  furnish(element, attributes, children);
  return element;
}

/**
 * Append text. Controls that would turn the direction of what follows are kept, each in an isolate of its own where it turns
 * nothing, and shown.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (!OVERRIDES.test(text)) {
    element.append(text);
    return;
  }
  for (const part of text.split(/([\u202a-\u202e\u2066-\u2069])/)) {
    if (OVERRIDES.test(part)) {
      const code = "U+" + part.charCodeAt(0).toString(16).toUpperCase();
      const isolated = make("bdi", { class: "control", "data-code": code });
      isolated.textContent = part;
      element.append(isolated);
    } else if (part) element.append(part);
  }
}

/**
 * A button with text.
 * @param {string} label
 * @param {Attributes & {click: (event: any) => void}} attributes
 * @param {...(Node | string)} children
 */
export const button = (label, attributes, ...children) =>
  make("button", { type: "button", ...attributes }, ...children, ...(label ? [label] : []));

/**
 * @param {string} label
 * @param {string[][]} options  value and words of each
 * @param {string} value
 * @param {(value: string) => void} then
 */
export function select(label, options, value, then) {
  const made = make("select", { change: () => then(made.value) }, ...options.map(([key, text]) => make("option", { value: key, selected: key === value }, text)));
  return make("label", {}, make("span", {}, label), made);
}

/** A class attribute: what always holds, and the looks that are on. @param {string} always  @param {Record<string, any>} looks */
export const classes = (always, looks) => [always, ...Object.keys(looks).filter((look) => looks[look])].join(" ");
