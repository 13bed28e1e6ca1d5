// Of a network with very many things the page first shows its communities: each a bubble that opens.

import { isShown, isTieShown } from "./filters.js";
import { inLanguage, number, say } from "./language.js";
import { typeface, widthOf } from "./names.js";
import { Room } from "./room.js";
import { change, state } from "./state.js";
import { colour } from "./theme.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Text} Text */
/** @typedef {import("./view.js").View} View */

/**
 * A community, which is a bubble until it is open: how much it holds of what is shown, and its disc in
 * units of the layout, which meets no other. `apart` is none, but holds what is in no community.
 * @typedef {{id: number, label: Text, count: number, whole: number, apart: boolean, open: boolean, x: number, y: number, r: number}} Bubble
 */

/** Ties between two bubbles, together. @typedef {{from: Bubble, to: Bubble, count: number}} Bundle */

/** More things than this are not shown all at once. */
const most = 20_000;
/** The strongest bundles tell how communities hang together; all of them would tell nothing. */
const mostBundles = 400;
/** What a finger or a pointer finds, however small the bubble is. */
const leastTarget = 12;

/** How `state.expanded` names a community that is open. */
export const communityKey = (id) => `community:${id}`;

/**
 * Whether a page opens on its communities.
 * @param {Page} page
 */
export function isFolding(page) {
  if (page.communities.length < 2 || state.steps !== null) return false;
  return page.things.length > most || page.communities.every(({ r }) => r !== undefined);
}

/**
 * The discs of all communities, as the page data tells them; where it does not, they are drawn round
 * their things. What is selected, or on a path, opens its community.
 * @param {Page} page
 * @param {boolean} turned whether x and y of the layout have changed places
 * @returns {Bubble[]}
 */
function discsOf(page, turned) {
  const chosen = new Set([state.selected, ...(state.path?.things ?? [])].map((thing) => thing?.community));
  const discs = page.communities.map(({ label, count, apart, x = 0, y = 0, r = 0 }, id) => ({
    ...{ id, label, count: 0, whole: count, apart: apart !== undefined, open: chosen.has(id) || state.expanded.has(communityKey(id)), r },
    ...(turned ? { x: y, y: x } : { x, y }),
  }));
  if (page.communities.every(({ r }) => r !== undefined)) return discs;
  const sums = discs.map(() => ({ x: 0, y: 0, n: 0 }));
  for (const { community, x, y } of page.things) {
    if (community === undefined) continue;
    const sum = sums[community];
    [sum.x, sum.y, sum.n] = [sum.x + x, sum.y + y, sum.n + 1];
  }
  for (const disc of discs) [disc.x, disc.y] = [sums[disc.id].x / sums[disc.id].n, sums[disc.id].y / sums[disc.id].n];
  for (const { community, x, y, size } of page.things) {
    if (community === undefined) continue;
    const disc = discs[community];
    disc.r = Math.max(disc.r, Math.hypot(x - disc.x, y - disc.y) + size);
  }
  return discs;
}

/**
 * What is shown of a page that opens on its communities.
 * @param {Page} page
 * @param {boolean} turned whether x and y of the layout have changed places
 * @returns {{isFolded: (thing: Thing) => boolean, discs: Bubble[], shown: Bubble[], bubbles: Bubble[], bundles: Bundle[]}}
 *   all discs; those of them that hold anything shown, the largest first; and of these the bubbles
 */
export function foldedOf(page, turned) {
  const discs = discsOf(page, turned);
  for (const thing of page.things) {
    if (thing.community !== undefined && isShown(thing)) discs[thing.community].count += 1;
  }
  const shown = discs.filter(({ count }) => count > 0).sort((a, b) => b.r - a.r);
  /** @type {Map<number, Bundle>} */
  const bundles = new Map();
  for (const tie of page.ties) {
    const { community: one } = tie.from;
    const { community: other } = tie.to;
    if (one === undefined || other === undefined || one === other || !isTieShown(tie)) continue;
    const [from, to] = [discs[one], discs[other]];
    if (from.open || to.open) continue;
    const key = Math.min(one, other) * discs.length + Math.max(one, other);
    const bundle = bundles.get(key) ?? { from, to, count: 0 };
    bundle.count += 1;
    bundles.set(key, bundle);
  }
  return {
    isFolded: ({ community }) => community !== undefined && !discs[community].open,
    discs,
    shown,
    bubbles: shown.filter(({ open }) => !open),
    bundles: [...bundles.values()].sort((a, b) => b.count - a.count).slice(0, mostBundles),
  };
}

/**
 * Points that, all in view, show all of some discs.
 * @param {Bubble[]} discs
 */
export function corners(discs) {
  return discs.flatMap(({ x, y, r }) => [
    { x: x - r, y: y - r },
    { x: x + r, y: y + r },
  ]);
}

/**
 * Opens a community: its things are shown instead of the bubble.
 * @param {Bubble} bubble
 */
export function openCommunity(bubble) {
  change({ expanded: new Set([...state.expanded, communityKey(bubble.id)]) });
}

/**
 * Folds a community again.
 * @param {Bubble} bubble
 */
export function foldCommunity(bubble) {
  change({ expanded: new Set([...state.expanded].filter((key) => key !== communityKey(bubble.id))) });
}

/** How much is in a community, in words. @param {Bubble} bubble */
export const sizeOf = ({ count }) => `${number(count)} ${say("countNodes", { n: count })}`;

/**
 * A ring round a community, on screen.
 * @param {Bubble} bubble
 * @param {View} view
 */
export function ringOf(bubble, view) {
  const reach = bubble.open ? bubble.r * view.scale : reachOf(bubble, view);
  return { x: screenX(bubble, view), y: screenY(bubble, view), r: reach + 4 };
}

/** Radius on screen: what filters leave of a community fills so much of its disc. */
function reachOf({ r, count, whole }, view) {
  return Math.max(1.5, r * view.scale * Math.sqrt(count / (whole || 1)));
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {{bubbles: Bubble[], bundles: Bundle[]}} folded
 * @param {boolean} back whether they step back
 */
export function drawBubbles(context, view, { bubbles, bundles }, back) {
  const strongest = bundles[0]?.count ?? 1;
  context.strokeStyle = colour("edge-strong");
  for (const { from, to, count } of bundles) {
    const share = count / strongest;
    context.globalAlpha = (back ? 0.25 : 1) * (0.1 + 0.3 * share);
    context.lineWidth = 0.7 + 3.5 * share;
    context.beginPath();
    context.moveTo(screenX(from, view), screenY(from, view));
    context.lineTo(screenX(to, view), screenY(to, view));
    context.stroke();
  }
  context.lineWidth = 1.4;
  for (const bubble of bubbles) {
    const hue = colour(bubble.apart ? "quiet" : "hue-1");
    context.beginPath();
    context.arc(screenX(bubble, view), screenY(bubble, view), reachOf(bubble, view), 0, 2 * Math.PI);
    context.globalAlpha = back ? 0.25 : 1;
    context.fillStyle = colour("ground");
    context.fill();
    context.globalAlpha = (back ? 0.4 : 1) * (bubble.apart ? 0.07 : 0.2);
    context.fillStyle = hue;
    context.fill();
    context.globalAlpha = back ? 0.25 : 1;
    context.strokeStyle = hue;
    context.setLineDash(bubble.apart ? [4, 3] : []);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * Writes the names and numbers of the bubbles: inside where they fit, else above or below where they
 * cover no other; those of the largest first.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Bubble[]} bubbles
 */
export function nameBubbles(context, view, bubbles) {
  const { size, family } = typeface();
  const room = new Room();
  const discs = new Room();
  for (const bubble of bubbles) discs.take(inner(bubble, view));
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const bubble of bubbles) {
    const [x, y, reach] = [screenX(bubble, view), screenY(bubble, view), reachOf(bubble, view)];
    if (x + reach < 0 || y + reach < 0 || x - reach > view.width || y - reach > view.height) continue;
    const [name, count] = [inLanguage(bubble.label), number(bubble.count)];
    const whole = inside(context, name, reach, { size, family }, false);
    if (whole) {
      writeInside(context, whole, count, x, y);
      continue;
    }
    const said = `${name.length > 30 ? `${name.slice(0, 29).trimEnd()}…` : name} · ${count}`;
    const small = `400 ${size}px ${family}`;
    const half = widthOf(context, said, small) / 2;
    const beside = [-1, 1].map((side) => y + side * (reach + size * 0.75));
    const boxes = beside.map((middle) => ({ left: x - half - 4, right: x + half + 4, top: middle - size * 0.65, bottom: middle + size * 0.65 }));
    const place = boxes.findIndex((box) => room.cost(box) + discs.cost(box) === 0 && !(view.whole && isCut(box, view)));
    if (place < 0) {
      const part = inside(context, name, reach, { size, family }, true);
      if (part) writeInside(context, part, count, x, y);
      continue;
    }
    const box = boxes[place];
    room.take(box);
    context.font = small;
    context.globalAlpha = 0.82;
    context.fillStyle = colour("ground");
    context.fillRect(box.left + 2, box.top, box.right - box.left - 4, box.bottom - box.top);
    context.globalAlpha = 1;
    context.fillStyle = colour("ink");
    context.fillText(said, x, beside[place]);
  }
}

/** The square inside a bubble: its corners cover next to nothing. */
function inner(bubble, view) {
  const [x, y, half] = [screenX(bubble, view), screenY(bubble, view), reachOf(bubble, view) * 0.8];
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

const isCut = (box, view) =>
  box.left < view.inset.left || box.top < view.inset.top || box.right > view.width - view.inset.right || box.bottom > view.height - view.inset.bottom;

function writeInside(context, { lines, font, high }, count, x, y) {
  [...lines, count].forEach((line, place) => {
    context.font = place < lines.length ? font : font.replace("600", "400");
    context.fillStyle = colour(place < lines.length ? "ink" : "quiet");
    context.fillText(line, x, y + (place - lines.length / 2) * high);
  });
}

/** The least radius of a bubble that holds a part of its name, in CSS pixels. */
const leastNamed = 22;

/** The lines of a name inside a bubble, as large as they fit, or cut off; null where it is too small. */
function inside(context, name, reach, { size, family }, cut) {
  if (cut && reach < leastNamed) return null;
  const largest = size + Math.min(5, Math.max(0, (reach - 40) / 12));
  for (let large = cut ? size : largest; large >= size - 0.01; large = large > size ? Math.max(size, large - 1) : 0) {
    const font = `600 ${large}px ${family}`;
    const lines = linesOf(context, name, font, 2 * reach * 0.86, cut);
    const high = large * 1.25;
    const most = Math.floor((2 * reach * 0.85) / high) - 1;
    if (!lines || most < 1) continue;
    if (lines.length <= Math.min(4, most)) return { lines, font, high };
    if (cut) return { lines: [...lines.slice(0, most - 1), `${lines[most - 1].slice(0, -1)}…`], font, high };
  }
  return null;
}

/** A text in lines of a width; a longer word is cut, or else makes it null. */
function linesOf(context, text, font, width, cut) {
  /** @type {string[]} */
  const lines = [];
  for (let word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(context, longer, font) <= width) {
      lines[lines.length - 1] = longer;
      continue;
    }
    const whole = word;
    while (widthOf(context, word, font) > width && word.length > 2) {
      if (!cut) return null;
      word = `${word.slice(0, -2)}…`;
    }
    lines.push(word);
    if (word !== whole) break;
  }
  return lines;
}

/**
 * @param {Bubble[]} bubbles
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @returns {Bubble | null}
 */
export function bubbleAt(bubbles, view, point) {
  const far = (bubble) => Math.hypot(point.x - screenX(bubble, view), point.y - screenY(bubble, view));
  const inside = bubbles.find((bubble) => far(bubble) <= reachOf(bubble, view));
  return inside ?? bubbles.find((bubble) => far(bubble) <= leastTarget) ?? null;
}
