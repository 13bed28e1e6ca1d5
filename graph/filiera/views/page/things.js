// Draws the things: filled where members, hollow where not, each in the shape of its kind and its hue.

import { shapePath } from "./shapes.js";
import { isMember } from "./filters.js";
import { state } from "./state.js";
import { colour } from "./theme.js";
import { radius, screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./view.js").View} View */

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Iterable<Thing>} things
 * @param {Uint8Array} hues by the index of the thing
 * @param {boolean} back whether they step back
 */
export function drawThings(context, view, things, hues, back) {
  for (const thing of things) {
    const at = { x: screenX(thing, view), y: screenY(thing, view), r: radius(thing, view) };
    if (!isBeside(at.x, at.y, at.r, view)) drawThing(context, thing, at, back, hues[thing.index]);
  }
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Thing} thing
 * @param {{x: number, y: number, r: number}} at its middle and radius on screen
 * @param {boolean} back whether it steps back
 * @param {number} [hue] that of its kind, if not told
 */
export function drawThing(context, thing, { x, y, r }, back, hue = thing.kind.colour) {
  const ratio = context.getTransform().a;
  context.lineJoin = "round";
  context.setTransform(ratio * r, 0, 0, ratio * r, ratio * x, ratio * y);
  paint(context, thing, r, hue, back);
  if (thing === state.selected || thing === state.hovered || thing === state.to) ring(context, r);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

const isBeside = (x, y, r, view) => x < -r * 2 || y < -r * 2 || x > view.width + r * 2 || y > view.height + r * 2;

/** One thing at (0, 0), where 1 is its radius of `r` CSS pixels. */
function paint(context, thing, r, hue, back) {
  const path = shapePath(thing.kind.shape);
  const member = isMember(thing);
  if (!back) {
    context.strokeStyle = colour("ground");
    context.lineWidth = 3 / r;
    context.stroke(path);
    context.fillStyle = colour("ground");
    context.fill(path);
  }
  context.globalAlpha = (back ? 0.16 : 1) * (member ? 1 : 0.3);
  context.fillStyle = colour(`hue-${hue}`);
  context.fill(path);
  if (!member) {
    context.globalAlpha = back ? 0.2 : 1;
    context.strokeStyle = colour(`hue-${hue}`);
    context.lineWidth = 1.4 / r;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function ring(context, r) {
  context.strokeStyle = colour("ink");
  context.lineWidth = 2 / r;
  context.beginPath();
  context.arc(0, 0, 1.5 + 3 / r, 0, 2 * Math.PI);
  context.stroke();
}

/** @type {Map<string, HTMLCanvasElement>} */
const stamps = new Map();
const largestStamp = 9;

/**
 * Draws very many things: small ones are stamped, which is much quicker than drawing their outlines.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Thing[]} things
 * @param {number} start place of the first
 * @param {number} end place after the last
 * @param {Uint8Array} hues
 */
export function stampThings(context, view, things, start, end, hues) {
  const ratio = context.getTransform().a;
  const large = [];
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let place = start; place < end; place += 1) {
    const thing = things[place];
    const r = Math.round(radius(thing, view) * 2) / 2;
    const x = screenX(thing, view);
    const y = screenY(thing, view);
    if (isBeside(x, y, r, view)) continue;
    if (r > largestStamp) {
      large.push(thing);
      continue;
    }
    const image = stamp(thing, r, hues[thing.index], ratio);
    context.drawImage(image, Math.round(x * ratio - image.width / 2), Math.round(y * ratio - image.height / 2));
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawThings(context, view, large, hues, false);
}

function stamp(thing, r, hue, ratio) {
  const key = `${thing.kind.shape} ${colour(`hue-${hue}`)} ${isMember(thing)} ${r} ${ratio}`;
  let image = stamps.get(key);
  if (!image) {
    image = document.createElement("canvas");
    image.width = image.height = 2 * Math.ceil((1.5 * r + 2) * ratio);
    const context = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
    context.lineJoin = "round";
    context.setTransform(ratio * r, 0, 0, ratio * r, image.width / 2, image.height / 2);
    paint(context, thing, r, hue, false);
    stamps.set(key, image);
  }
  return image;
}

/**
 * The thing at a point of the screen.
 * @param {Thing[]} things those that are shown
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @param {number} reach how far beside its border still counts, in CSS pixels
 * @returns {Thing | null}
 */
export function thingAt(things, view, point, reach) {
  /** @type {Thing | null} */
  let nearest = null;
  let best = reach;
  for (const thing of things) {
    const distance = Math.hypot(point.x - screenX(thing, view), point.y - screenY(thing, view));
    const beyond = distance - radius(thing, view);
    if (beyond <= best) {
      best = beyond;
      nearest = thing;
    }
  }
  return nearest;
}
