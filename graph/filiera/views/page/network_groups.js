// The captions of the groups that a layout makes: chains, or towns.

import { isShown } from "./filters.js";
import { inLanguage, say } from "./language.js";
import { mainChain } from "./network_looks.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */

/** A group with the box round the middles of its things. @typedef {{text: string, count: number, left: number, right: number, top: number, bottom: number}} Group */

/**
 * The groups of a layout in view, the largest first; none where the layout makes none.
 * @param {Page} page
 * @param {string} layout
 * @returns {Group[]}
 */
export function groupsOf(page, layout) {
  const key = { chain: chainKey(page), place: placeKey }[layout];
  if (!key) return [];
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const thing of page.things) {
    if (!isShown(thing)) continue;
    const [id, text] = key(thing);
    const group = groups.get(id);
    if (!group) {
      groups.set(id, { text, count: 1, left: thing.x, right: thing.x, top: thing.y, bottom: thing.y });
      continue;
    }
    group.count += 1;
    group.left = Math.min(group.left, thing.x);
    group.right = Math.max(group.right, thing.x);
    group.top = Math.min(group.top, thing.y);
    group.bottom = Math.max(group.bottom, thing.y);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/**
 * As the layout groups them: the chain in which a thing covers most stages, of equals the smaller
 * chain; the working group of a chain stands with it, and what the page is about with none.
 * @param {Page} page
 */
function chainKey(page) {
  const members = new Map(page.chains.map((chain) => [chain, 0]));
  for (const thing of page.things) {
    for (const chain of new Set(thing.stages.map((stage) => stage.chain))) members.set(chain, (members.get(chain) ?? 0) + 1);
  }
  const byGroup = new Map(page.chains.map((chain) => [chain.group, chain]));
  return (thing) => {
    const chain = thing === page.focus ? null : (mainChain(thing, members) ?? byGroup.get(thing));
    return chain ? [chain.id, inLanguage(chain.label)] : ["", say("groupNoChain")];
  };
}

/** Things stand together that have the same point on earth. */
function placeKey(thing) {
  if (!thing.at) return ["", say("groupNoPlace")];
  return [thing.at.join(" "), thing.place ? inLanguage(thing.place.label) : (thing.town ?? "")];
}
