// What the page remembers between visits: language and theme. Without storage it just forgets.

const prefix = "filiera.";

/** @param {string} key */
export function remembered(key) {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(prefix + key, value);
  } catch {
    // Storage is off or full: the choice holds for this visit.
  }
}
