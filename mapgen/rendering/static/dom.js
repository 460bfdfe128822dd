// Finds, makes and fills elements. No markup is made from strings, so that text stays text.

/** @typedef {Record<string, string | number | boolean | ((event: any) => void)>} Attributes */
export const { documentElement: html, body } = document;
const OVERRIDES = /([\u202a-\u202e\u2066-\u2069])/;

/**
 * The first element that matches; the template guarantees it.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {any}
 */
export const find = (selector, root = document) => root.querySelector(selector);

/** @param {string} selector  @param {ParentNode} [root] @returns {any[]} */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/**
 * Listen to events.
 * @param {EventTarget} target
 * @param {string} types  with spaces between them
 * @param {(event: any) => void} then
 * @param {boolean | AddEventListenerOptions} [options]
 */
export const listen = (target, types, then, options) =>
  types.split(" ").forEach((type) => target.addEventListener(type, then, options));

/**
 * Append children; strings become text. Characters that would change the direction of the text after them are kept and
 * made visible, each in an isolate of its own where it has no effect.
 * @param {Element} element
 * @param {(Node | string)[]} children
 */
export function write(element, ...children) {
  const shown = (/** @type {string} */ part) =>
    OVERRIDES.test(part)
      ? make(
          "bdi",
          { class: "control", "data-code": "U+" + part.charCodeAt(0).toString(16).toUpperCase() },
          new Text(part),
        )
      : part;
  for (const child of children)
    element.append(...(typeof child === "string" ? child.split(OVERRIDES).filter(Boolean).map(shown) : [child]));
}

/** Give an element other children. @param {Element} element  @param {(Node | string)[]} children */
export function put(element, ...children) {
  element.replaceChildren();
  write(element, ...children);
}

/**
 * Fill an element, or hide it where there is no content.
 * @param {HTMLElement} element
 * @param {(Node | string)[]} children
 */
export function tell(element, ...children) {
  element.hidden = !children.some(Boolean);
  put(element, ...children);
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]  functions become listeners, `true` an empty attribute, `false` none
 * @param {(Node | string)[]} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  write(element, ...children);
  return element;
}

/** @param {string} name  its class  @param {(Node | string)[]} children */
export const piece = (name, ...children) => make("span", { class: name }, ...children);

/** The numbers of places, as `data-place` has them. @param {any[]} some */
export const numbersOf = (some) => some.map((place) => place.number).join(" ");

/** Press a button, or release it. @param {HTMLElement} pressed @returns {boolean} whether it is pressed now */
export function toggle(pressed) {
  const on = pressed.ariaPressed !== "true";
  pressed.ariaPressed = String(on);
  return on;
}

/** @param {Attributes} attributes  @param {(Node | string)[]} children */
export const button = (attributes, ...children) => make("button", { type: "button", ...attributes }, ...children);

/** A copy of what a template of the page holds. @param {string} id */
export const copy = (id) => document.importNode(find(`#${id}`).content.firstElementChild, true);

/**
 * The sign of a kind, with a number in it.
 * @param {string} kind
 * @param {string | number} [label]
 */
export function sign(kind, label = "") {
  const made = copy(`sign-${kind}`);
  find("text", made).textContent = label;
  return made;
}

/**
 * Turn the classes of an element on and off.
 * @param {Element} element
 * @param {Record<string, any>} looks
 */
export function look(element, looks) {
  for (const [name, on] of Object.entries(looks)) element.classList.toggle(name, Boolean(on));
}

/**
 * Give a class to all elements of a place, and to no others: `data-place` has the numbers of places.
 * @param {string} name
 * @param {string | number} [places]
 */
export function markPlace(name, places = "") {
  for (const one of all(`.${name}[data-place]`)) one.classList.remove(name);
  for (const number of String(places).split(" ").filter(Boolean))
    for (const one of all(`[data-place~="${number}"]`)) one.classList.add(name);
}
