// The address of the page, which holds its state.

export const embedded = /^#embed(&|$)/.test(location.hash);

const SOON = 150; // milliseconds: changes that follow each other are written once

/**
 * Change the history. A page inside a notebook or a sandbox cannot: there nothing happens.
 * @param {() => void} deed
 */
export function onHistory(deed) {
  try {
    deed();
  } catch {
    return;
  }
}

/**
 * A function that writes the address a moment later.
 * @param {() => string} written  the fragment
 */
export function addressWriter(written) {
  let writing = 0;
  return () => {
    clearTimeout(writing);
    writing = window.setTimeout(() => onHistory(() => history.replaceState(null, "", written())), SOON);
  };
}

/** The parts of a fragment, readable where the standard allows it. @param {string[][]} parts */
export const fragmentOf = (parts) =>
  new URLSearchParams(parts.filter(([, value]) => value)).toString().replace(/%(2F|3A|2C)/g, decodeURIComponent);
