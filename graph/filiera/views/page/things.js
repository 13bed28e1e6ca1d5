// Draws the things: filled where members, hollow where not, each in the shape and hue of its kind.

import { shapePath } from "./shapes.js";
import { isShown, state } from "./state.js";
import { colour } from "./theme.js";
import { radius, screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./view.js").View} View */

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Iterable<Thing>} things
 * @param {boolean} back whether they step back
 */
export function drawThings(context, view, things, back) {
  const ratio = context.getTransform().a;
  const ground = colour("ground");
  context.lineJoin = "round";
  for (const thing of things) {
    const r = radius(thing, view);
    const x = screenX(thing, view);
    const y = screenY(thing, view);
    if (x < -r * 2 || y < -r * 2 || x > view.width + r * 2 || y > view.height + r * 2) continue;
    const path = shapePath(thing.kind.shape);
    const hue = colour(`hue-${thing.kind.colour}`);
    context.setTransform(ratio * r, 0, 0, ratio * r, ratio * x, ratio * y);
    if (!back) {
      context.strokeStyle = ground;
      context.lineWidth = 3 / r;
      context.stroke(path);
      context.fillStyle = ground;
      context.fill(path);
    }
    context.globalAlpha = (back ? 0.16 : 1) * (thing.member ? 1 : 0.3);
    context.fillStyle = hue;
    context.fill(path);
    if (!thing.member) {
      context.globalAlpha = back ? 0.2 : 1;
      context.strokeStyle = hue;
      context.lineWidth = 1.4 / r;
      context.stroke(path);
    }
    context.globalAlpha = 1;
    if (thing === state.selected || thing === state.hovered) ring(context, r);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function ring(context, r) {
  context.strokeStyle = colour("ink");
  context.lineWidth = 2 / r;
  context.beginPath();
  context.arc(0, 0, 1.5 + 3 / r, 0, 2 * Math.PI);
  context.stroke();
}

/**
 * The thing at a point of the screen.
 * @param {Thing[]} things
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @param {number} reach how far beside its border still counts, in CSS pixels
 * @returns {Thing | null}
 */
export function thingAt(things, view, point, reach) {
  let nearest = null;
  let best = reach;
  for (const thing of things) {
    if (!isShown(thing)) continue;
    const distance = Math.hypot(point.x - screenX(thing, view), point.y - screenY(thing, view));
    const beyond = distance - radius(thing, view);
    if (beyond <= best) {
      best = beyond;
      nearest = thing;
    }
  }
  return nearest;
}
