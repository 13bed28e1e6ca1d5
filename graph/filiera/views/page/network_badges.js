// The marks that say how many neighbours of a thing are hidden, and that show or hide them.

import { isShown, neighboursBeyond } from "./filters.js";
import { inLanguage, number, say } from "./language.js";
import { announce } from "./messages.js";
import { Room } from "./room.js";
import { change, state } from "./state.js";
import { colour } from "./theme.js";
import { radius, screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./view.js").View} View */

/** `beyond` is 0 where the neighbours have been added already. @typedef {{thing: Thing, beyond: number}} Badge */

const height = 18;

/**
 * The marks of what is shown: the most important first.
 * @param {Thing[]} shown
 * @returns {Badge[]}
 */
export function badgesOf(shown) {
  if (state.steps === null) return [];
  return shown
    .map((thing) => ({ thing, beyond: neighboursBeyond(thing) }))
    .filter(({ thing, beyond }) => beyond > 0 || state.expanded.has(thing.id))
    .sort((a, b) => Number(state.expanded.has(b.thing.id)) - Number(state.expanded.has(a.thing.id)) || b.beyond - a.beyond);
}

/**
 * Adds the hidden neighbours of a thing to what is shown, or takes them away again.
 * @param {Thing} thing
 * @returns {boolean} whether there was anything to add or to take away
 */
export function toggleExpanded(thing) {
  const beyond = state.steps === null ? 0 : neighboursBeyond(thing);
  const name = inLanguage(thing.label);
  const expanded = new Set(state.expanded);
  if (beyond === 0 && !expanded.delete(thing.id)) return false;
  if (beyond > 0) expanded.add(thing.id);
  change({ expanded });
  announce(beyond > 0 ? say("expanded", { n: beyond, name }) : say("collapsed", { name }));
  return true;
}

const written = ({ beyond }) => (beyond > 0 ? `+${number(beyond)}` : "−");

/**
 * Where a mark stands, in CSS pixels of the map.
 * @param {Badge} badge
 * @param {View} view
 */
function boxOf(badge, view) {
  const width = 12 + 8 * written(badge).length;
  const r = radius(badge.thing, view);
  const x = screenX(badge.thing, view) + r * 0.75 + width / 2 - 3;
  const y = screenY(badge.thing, view) - r * 0.75 - height / 2 + 4;
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * The marks that have room, and their boxes before panning, so that no name is written over them.
 * Where things stand close together the others wait for the zoom.
 * @param {Badge[]} badges the most important first
 * @param {View} view
 * @returns {{badges: Badge[], boxes: import("./room.js").Box[]}}
 */
export function badgesWithRoom(badges, view) {
  const still = { ...view, left: 0, top: 0 };
  const room = new Room();
  /** @type {{badges: Badge[], boxes: import("./room.js").Box[]}} */
  const placed = { badges: [], boxes: [] };
  for (const badge of badges) {
    const box = boxOf(badge, still);
    if (room.cost(box) > 0) continue;
    room.take(box);
    placed.badges.push(badge);
    placed.boxes.push(box);
  }
  return placed;
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Badge[]} badges
 */
export function drawBadges(context, view, badges) {
  if (badges.length === 0) return;
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const badge of badges) {
    const { left, right, top, bottom } = boxOf(badge, view);
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, height / 2);
    context.fillStyle = colour("ground");
    context.fill();
    context.strokeStyle = colour("edge-strong");
    context.stroke();
    context.fillStyle = colour("ink");
    context.fillText(written(badge), (left + right) / 2, (top + bottom) / 2 + 0.5);
  }
}

/**
 * The thing whose mark is at a point; a target is never smaller than `reach` from its middle.
 * @param {Badge[]} badges
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @param {number} reach
 * @returns {Thing | null}
 */
export function badgeAt(badges, view, point, reach) {
  for (const badge of badges) {
    if (!isShown(badge.thing)) continue;
    const { left, right, top, bottom } = boxOf(badge, view);
    const across = Math.max((right - left) / 2, reach);
    const along = Math.max((bottom - top) / 2, reach);
    if (Math.abs(point.x - (left + right) / 2) <= across && Math.abs(point.y - (top + bottom) / 2) <= along) return badge.thing;
  }
  return null;
}
