// What stands out: while anything is pointed at, found or selected, everything else steps back.

import { isShown, isTieShown } from "./filters.js";
import { state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */

/**
 * @typedef {object} Focus
 * @property {Thing | null} main the thing whose ties are named
 * @property {Set<Thing>} things
 * @property {Set<Tie>} ties
 * @property {boolean} [isPath] whether it is a path between two things
 */

/**
 * What stands out now; null when nothing does.
 * @param {import("./data.js").Page} page
 * @returns {Focus | null}
 */
export function currentFocus(page) {
  const { spotlight } = state;
  if (spotlight) {
    const ties = new Set(page.ties.filter((tie) => isTieShown(tie) && spotlight.tie?.(tie)));
    const things = new Set(page.things.filter((thing) => isShown(thing) && spotlight.thing?.(thing)));
    for (const tie of ties) things.add(tie.from).add(tie.to);
    return { main: null, things, ties };
  }
  if (state.found) {
    return { main: null, things: new Set([...state.found].filter(isShown)), ties: new Set() };
  }
  const { path } = state;
  if (path) {
    const ties = new Set([...path.ties].filter(isTieShown));
    return { main: null, things: new Set([...path.things].filter(isShown)), ties, isPath: true };
  }
  const main = state.selected ?? state.hovered;
  if (!main) return null;
  const found = around(main);
  // What was asked for by steps, or added by hand, does not step back.
  if (state.steps !== null) for (const thing of page.things) if (isShown(thing)) found.things.add(thing);
  return found;
}

/** @param {Thing} main */
function around(main) {
  const ties = new Set(main.ties.filter(isTieShown));
  const things = new Set([main]);
  for (const tie of ties) things.add(tie.from).add(tie.to);
  return { main, things, ties };
}
