// The one state of the page: which view, what is selected, filtered, searched, and at what time.
// Everything on screen follows from it, and everything that lasts stands in the address.

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./dimensions.js").FacetName} FacetName */

/**
 * @typedef {object} State
 * @property {string} view name of the view that is open, as in views.js
 * @property {Thing | null} selected
 * @property {Thing | null} to the other end of a path that starts at `selected`
 * @property {Set<string>} hidden keys of the legend entries that are switched off
 * @property {Partial<Record<FacetName, Set<string>>>} chosen ids that a facet is narrowed to; no set, no narrowing
 * @property {number | null} moment index into `page.moments`; null for all times together
 * @property {number | null} compared another moment, where a view compares two
 * @property {string | null} chain id of the value chain that the chain view shows; null for its choice
 * @property {string | null} opened id of the stage whose evidence the chain view shows
 * @property {string} layout
 * @property {string} colouring
 * @property {string} sizing
 * @property {number | null} steps only what is this many ties away from the selection; null for everything
 * @property {Set<string>} expanded ids of things whose neighbours are shown all the same
 * @property {string | null} question name of the question or analysis that is open
 * @property {Record<string, string>} parameters what the question is asked with
 * @property {string | null} sort column of the table, with a leading "-" for descending
 * @property {string[] | null} columns of the table; null for the usual ones
 * @property {import("./network_path.js").Path | null} path what leads from `selected` to `to`, once it is known
 * @property {boolean} picking the next thing that is selected becomes the other end of a path
 * @property {Thing | null} hovered
 * @property {Tie | null} hoveredTie
 * @property {string} query what is typed into the search box
 * @property {Set<Thing> | null} found what the query matches, while there is one
 * @property {{thing?: (thing: Thing) => boolean, tie?: (tie: Tie) => boolean} | null} spotlight
 *   what the legend entry under the pointer stands for
 */

/** What the address leaves out. */
export const usual = Object.freeze({
  view: "network",
  layout: "force",
  colouring: "kind",
  sizing: "ties",
});

/** @type {State} */
export const state = {
  ...usual,
  selected: null,
  to: null,
  hidden: new Set(),
  chosen: {},
  moment: null,
  compared: null,
  chain: null,
  opened: null,
  steps: null,
  expanded: new Set(),
  question: null,
  parameters: {},
  sort: null,
  columns: null,
  path: null,
  picking: false,
  hovered: null,
  hoveredTie: null,
  query: "",
  found: null,
  spotlight: null,
};

/** @type {((changed: Set<string>) => void)[]} */
const listeners = [];

/**
 * Calls back after each change, with the names of what changed.
 * @param {(changed: Set<string>) => void} listener
 */
export function onChange(listener) {
  listeners.push(listener);
}

/**
 * Changes the state, and tells all listeners once.
 * @param {Partial<State>} patch
 */
export function change(patch) {
  const changed = new Set(Object.keys(patch).filter((key) => state[key] !== patch[key]));
  if (changed.size === 0) return;
  Object.assign(state, patch);
  for (const listener of listeners) listener(changed);
}

/**
 * Narrows a facet to one id more, or to one fewer.
 * @param {FacetName} facet
 * @param {string} id
 */
export function toggleChosen(facet, id) {
  const ids = new Set(state.chosen[facet]);
  if (!ids.delete(id)) ids.add(id);
  choose(facet, ids);
}

/**
 * Narrows a facet to some ids; to none means to all.
 * @param {FacetName} facet
 * @param {Iterable<string>} ids
 */
export function choose(facet, ids) {
  const set = new Set(ids);
  const chosen = { ...state.chosen, [facet]: set };
  if (set.size === 0) delete chosen[facet];
  change({ chosen });
}

/** Shows everything again. */
export function clearFilters() {
  change({ hidden: new Set(), chosen: {}, steps: null, expanded: new Set() });
}

/** Whether anything is filtered out on purpose. */
export function isFiltered() {
  return state.hidden.size > 0 || Object.keys(state.chosen).length > 0 || state.steps !== null;
}
