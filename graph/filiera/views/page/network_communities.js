// Of a network with very many things the page first shows its communities: each a bubble that opens.

import { isShown } from "./filters.js";
import { inLanguage, number } from "./language.js";
import { change, state } from "./state.js";
import { colour } from "./theme.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./view.js").View} View */

/** A folded community: what it holds of what is shown, round their middle. @typedef {{id: number, things: Thing[], x: number, y: number}} Bubble */

/** Ties between two bubbles, together. @typedef {{from: Bubble, to: Bubble, count: number}} Bundle */

/** More things than this are not shown all at once. */
const most = 20_000;
/** The strongest bundles tell how communities hang together; all of them would tell nothing. */
const mostBundles = 400;

/** How `state.expanded` names a community that is open. */
export const communityKey = (id) => `community:${id}`;

/**
 * Whether a page opens on its communities.
 * @param {Page} page
 */
export function isFolding(page) {
  return page.things.length > most && page.communities.length > 1 && state.steps === null;
}

/**
 * Whether a thing is inside a bubble: what is selected, or on a path, opens its community.
 * @param {Thing} thing
 */
function isFolded(thing) {
  return thing.community !== undefined && !state.expanded.has(communityKey(thing.community));
}

/**
 * What is shown of a page that opens on its communities.
 * @param {Page} page
 * @returns {{isFolded: (thing: Thing) => boolean, bubbles: Bubble[], bundles: Bundle[]}}
 */
export function foldedOf(page) {
  const open = new Set([state.selected, ...(state.path?.things ?? [])].map((thing) => thing?.community));
  const folded = (thing) => isFolded(thing) && !open.has(thing.community);
  /** @type {Map<number, Bubble>} */
  const bubbles = new Map();
  for (const thing of page.things) {
    if (thing.community === undefined || !isShown(thing) || !folded(thing)) continue;
    const bubble = bubbles.get(thing.community) ?? { id: thing.community, things: [], x: 0, y: 0 };
    bubble.things.push(thing);
    bubbles.set(thing.community, bubble);
  }
  for (const bubble of bubbles.values()) {
    bubble.x = bubble.things.reduce((sum, thing) => sum + thing.x, 0) / bubble.things.length;
    bubble.y = bubble.things.reduce((sum, thing) => sum + thing.y, 0) / bubble.things.length;
  }
  /** @type {Map<number, Bundle>} */
  const bundles = new Map();
  for (const tie of page.ties) {
    const from = bubbles.get(tie.from.community ?? -1);
    const to = bubbles.get(tie.to.community ?? -1);
    if (!from || !to || from === to) continue;
    const key = Math.min(from.id, to.id) * page.communities.length + Math.max(from.id, to.id);
    const bundle = bundles.get(key) ?? { from, to, count: 0 };
    bundle.count += 1;
    bundles.set(key, bundle);
  }
  return {
    isFolded: folded,
    bubbles: [...bubbles.values()].sort((a, b) => b.things.length - a.things.length),
    bundles: [...bundles.values()].sort((a, b) => b.count - a.count).slice(0, mostBundles),
  };
}

/**
 * Opens a community: its things are shown instead of the bubble.
 * @param {Bubble} bubble
 */
export function openCommunity(bubble) {
  change({ expanded: new Set([...state.expanded, communityKey(bubble.id)]) });
}

/** Radius on screen, by the area. */
function reachOf(bubble, view) {
  return (4 + 0.9 * Math.sqrt(bubble.things.length)) * Math.min(2.6, Math.max(0.7, Math.sqrt(view.scale / view.home)));
}

/**
 * The names of bubbles, as those of groups: the largest first, above them.
 * @param {Page} page
 * @param {Bubble[]} bubbles
 * @param {View} view
 * @returns {import("./network_groups.js").Group[]}
 */
export function bubbleNames(page, bubbles, view) {
  return bubbles.map((bubble) => {
    const { length } = bubble.things;
    const text = `${inLanguage(page.communities[bubble.id].label)} · ${number(length)}`;
    const top = bubble.y - (reachOf(bubble, view) - 10) / view.scale;
    return { text, count: length, left: bubble.x, right: bubble.x, top, bottom: bubble.y };
  });
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {{bubbles: Bubble[], bundles: Bundle[]}} folded
 * @param {boolean} back whether they step back
 */
export function drawBubbles(context, view, { bubbles, bundles }, back) {
  const strongest = bundles[0]?.count ?? 1;
  context.globalAlpha = back ? 0.25 : 0.8;
  context.strokeStyle = colour("edge");
  for (const { from, to, count } of bundles) {
    context.lineWidth = 0.7 + (3.5 * count) / strongest;
    context.beginPath();
    context.moveTo(screenX(from, view), screenY(from, view));
    context.lineTo(screenX(to, view), screenY(to, view));
    context.stroke();
  }
  context.lineWidth = 1.4;
  context.strokeStyle = colour("hue-0");
  for (const bubble of bubbles) {
    context.beginPath();
    context.arc(screenX(bubble, view), screenY(bubble, view), reachOf(bubble, view), 0, 2 * Math.PI);
    context.globalAlpha = back ? 0.25 : 1;
    context.fillStyle = colour("ground");
    context.fill();
    context.globalAlpha = back ? 0.1 : 0.3;
    context.fillStyle = colour("hue-0");
    context.fill();
    context.globalAlpha = back ? 0.25 : 1;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * @param {Bubble[]} bubbles
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @returns {Bubble | null}
 */
export function bubbleAt(bubbles, view, point) {
  const near = (bubble) => Math.hypot(point.x - screenX(bubble, view), point.y - screenY(bubble, view));
  return bubbles.find((bubble) => near(bubble) <= Math.max(12, reachOf(bubble, view))) ?? null;
}
