// The address of a selection: #/<id>. Back and forward walk through what was selected.

/** The id in the address, or null. */
export function addressedId() {
  const match = /^#\/([^/]+)$/.exec(location.hash);
  if (!match) return null;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}

/**
 * Writes a selection into the address, as a new step of the history.
 * @param {string | null} id
 */
export function address(id) {
  if (addressedId() !== id) location.hash = id === null ? "#/" : `#/${encodeURIComponent(id)}`;
}

/**
 * Calls back when the address changes from outside: Back, a link, a person typing.
 * @param {() => void} listener
 */
export function onAddress(listener) {
  addEventListener("hashchange", listener);
}
