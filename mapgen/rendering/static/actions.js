// What the buttons of the template do.

/**
 * What the buttons of the template do, by the word in their `data-do`.
 * @type {Map<string, (button: any) => void>}
 */
const actions = new Map();

/**
 * Set what buttons do.
 * @param {Record<string, (button: any) => void>} handlers by the word in `data-do`
 */
export function registerActions(handlers) {
  for (const [word, handler] of Object.entries(handlers)) actions.set(word, handler);
}

/** @param {Event} event */
export function act(event) {
  const done = /** @type {any} */ (event.target).closest("[data-do]");
  if (!done) return;
  if (done.matches("a")) event.preventDefault();
  actions.get(done.dataset.do)?.(done);
}
