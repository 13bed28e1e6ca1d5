// What stands out: while anything is pointed at, found or selected, everything else steps back.

import { isShown, isTieShown, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */

/**
 * @typedef {object} Focus
 * @property {Thing | null} main the thing whose ties are named
 * @property {Set<Thing>} things
 * @property {Set<Tie>} ties
 */

/**
 * What stands out now; null when nothing does.
 * @param {import("./data.js").Page} page
 * @returns {Focus | null}
 */
export function currentFocus(page) {
  if (state.spotlight) {
    const ties = new Set(page.ties.filter((tie) => isTieShown(tie) && state.spotlight.tie?.(tie)));
    const things = new Set(page.things.filter((thing) => isShown(thing) && state.spotlight.thing?.(thing)));
    for (const tie of ties) things.add(tie.from).add(tie.to);
    return { main: null, things, ties };
  }
  if (state.found) {
    return { main: null, things: new Set([...state.found].filter(isShown)), ties: new Set() };
  }
  const main = state.selected ?? state.hovered;
  return main && around(main);
}

/** @param {Thing} main */
function around(main) {
  const ties = new Set(main.ties.filter(isTieShown));
  const things = new Set([main]);
  for (const tie of ties) things.add(tie.from).add(tie.to);
  return { main, things, ties };
}
