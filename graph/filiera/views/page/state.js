// The one state of the page: what is selected, hidden, searched. Everything on screen follows from it.

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */

/**
 * @typedef {object} State
 * @property {Thing | null} selected
 * @property {Thing | null} hovered
 * @property {Tie | null} hoveredTie
 * @property {string} query what is typed into the search box
 * @property {Set<Thing> | null} found what the query matches, while there is one
 * @property {{thing?: (thing: Thing) => boolean, tie?: (tie: Tie) => boolean} | null} spotlight
 *   what the legend entry under the pointer stands for
 * @property {Set<string>} hidden keys of the legend entries that are switched off
 */

/** @type {State} */
export const state = {
  selected: null,
  hovered: null,
  hoveredTie: null,
  query: "",
  found: null,
  spotlight: null,
  hidden: new Set(),
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

/** @param {Thing} thing */
export const kindKey = (thing) => `kind:${thing.kind.id}`;

/** @param {Thing} thing */
export const memberKey = (thing) => (thing.member ? "member:yes" : "member:no");

/** @param {Tie} tie */
export const groupKey = (tie) => `group:${tie.relation.group}`;

/**
 * What is selected is shown, whatever the legend hides.
 * @param {Thing} thing
 */
export function isShown(thing) {
  return thing === state.selected || !(state.hidden.has(kindKey(thing)) || state.hidden.has(memberKey(thing)));
}

/** @param {Tie} tie */
export function isTieShown(tie) {
  return !state.hidden.has(groupKey(tie)) && isShown(tie.from) && isShown(tie.to);
}
