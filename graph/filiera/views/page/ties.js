// Draws the ties: thin and pale at rest, dark and with their direction when they stand out.

import { certainty, isTieShown } from "./filters.js";
import { Path } from "./path.js";
import { state } from "./state.js";
import { colour } from "./theme.js";
import { radius, screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./view.js").View} View */

/** How what is only possible is drawn, in CSS pixels. */
const dashes = [4, 4];
/** More ties than this are drawn the paler the more they are. */
const mostOpaque = 10_000;

/**
 * The course of a tie on screen: a quadratic curve from border to border.
 * @typedef {object} Course
 * @property {number} x1
 * @property {number} y1
 * @property {number} cx control point
 * @property {number} cy
 * @property {number} x2
 * @property {number} y2
 * @property {number} length
 */

/**
 * @param {Tie} tie
 * @param {View} view
 * @returns {Course}
 */
export function course(tie, view) {
  const ax = screenX(tie.from, view);
  const ay = screenY(tie.from, view);
  const bx = screenX(tie.to, view);
  const by = screenY(tie.to, view);
  if (tie.from === tie.to) return loop(ax, ay, radius(tie.from, view), tie.bend);
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const aside = tie.bend * Math.min(26, Math.max(10, length * 0.16));
  const cx = (ax + bx) / 2 - ((by - ay) / length) * aside * 2;
  const cy = (ay + by) / 2 + ((bx - ax) / length) * aside * 2;
  const start = toward(ax, ay, cx, cy, radius(tie.from, view) + 1);
  const end = toward(bx, by, cx, cy, radius(tie.to, view) + 2);
  return { x1: start.x, y1: start.y, cx, cy, x2: end.x, y2: end.y, length };
}

/** A tie of a thing with itself: a drop above it. */
function loop(x, y, r, bend) {
  const height = r * 6 + Math.abs(bend) * 12;
  return { x1: x - r, y1: y - r, cx: x, cy: y - height, x2: x + r, y2: y - r, length: height };
}

function toward(x, y, tx, ty, distance) {
  const length = Math.hypot(tx - x, ty - y) || 1;
  const part = Math.min(distance, length * 0.9) / length;
  return { x: x + (tx - x) * part, y: y + (ty - y) * part };
}

/**
 * A point of a course, `part` of the way along it.
 * @param {Course} c
 * @param {number} part 0 to 1
 */
export function pointOn(c, part) {
  const rest = 1 - part;
  return {
    x: rest * rest * c.x1 + 2 * rest * part * c.cx + part * part * c.x2,
    y: rest * rest * c.y1 + 2 * rest * part * c.cy + part * part * c.y2,
  };
}

/**
 * Draws ties at rest, or those that step back.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Iterable<Tie>} ties
 * @param {boolean} back
 * @param {boolean} pale whether things do not stand where their ties would have them, so that these cross everything
 */
export function drawTies(context, view, ties, back, pale) {
  const zoom = Math.sqrt(view.scale / view.home);
  const width = Math.min(1.3, Math.max(0.8, 0.9 * zoom));
  context.globalAlpha = (back ? 0.32 : 1) * (pale ? 0.45 : 1);
  stroke(context, view, ties, colour("edge"), width, back ? 0 : 4.5 * Math.min(1.6, zoom));
  context.globalAlpha = 1;
}

/**
 * Draws some of very many ties: straight, and one pixel of the screen wide, which is by far the quickest.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Tie[]} ties
 * @param {number} start place of the first
 * @param {number} end place after the last
 */
export function drawManyTies(context, view, ties, start, end) {
  context.strokeStyle = colour("edge");
  context.globalAlpha = Math.min(1, Math.max(0.3, (mostOpaque / ties.length) * (view.scale / view.home)));
  context.lineWidth = 1 / context.getTransform().a;
  for (const possible of state.moment === null ? [false] : [false, true]) {
    context.setLineDash(possible ? dashes : []);
    context.beginPath();
    for (let place = start; place < end; place += 1) {
      const tie = ties[place];
      if (isPossible(tie) !== possible) continue;
      const x1 = screenX(tie.from, view);
      const y1 = screenY(tie.from, view);
      const x2 = screenX(tie.to, view);
      const y2 = screenY(tie.to, view);
      if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0)) continue;
      if ((x1 > view.width && x2 > view.width) || (y1 > view.height && y2 > view.height)) continue;
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * Draws the ties that stand out.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {import("./focus.js").Focus} focus
 */
export function drawTiesInFocus(context, view, focus) {
  if (focus.isPath) {
    stroke(context, view, focus.ties, colour("ink"), 2.4, 9);
    return;
  }
  const around = focus.main !== null;
  stroke(context, view, focus.ties, colour(around ? "edge-strong" : "quiet"), around ? 1.4 : 1, 7);
}

/**
 * Draws the tie that is pointed at, itself or by its other end.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {import("./focus.js").Focus | null} focus
 */
export function drawPointed(context, view, focus) {
  const pointed = state.hoveredTie ?? tieToHovered(focus);
  if (pointed && isTieShown(pointed)) stroke(context, view, [pointed], colour("ink"), 2.2, 9);
}

/** Whether a tie only may hold at the moment of the page. */
const isPossible = (tie) => state.moment !== null && certainty(tie) === "possible";

/** The tie between the selected thing and the one under the pointer. */
function tieToHovered(focus) {
  const { selected, hovered } = state;
  if (!focus || !selected || !hovered || selected === hovered) return null;
  return selected.ties.find((tie) => tie.from === hovered || tie.to === hovered) ?? null;
}

/** One path for all lines and one for all arrow heads: overlapping ties do not darken each other. */
function stroke(context, view, ties, style, width, head) {
  context.strokeStyle = style;
  context.fillStyle = style;
  context.lineWidth = width;
  const heads = new Path();
  for (const possible of state.moment === null ? [false] : [false, true]) {
    context.setLineDash(possible ? dashes : []);
    context.beginPath();
    for (const tie of ties) if (isPossible(tie) === possible) trace(context, view, tie, head, heads);
    context.stroke();
  }
  context.setLineDash([]);
  context.fill(heads);
}

/** Adds the line of a tie to the path of the canvas, and its arrow head to the others. */
function trace(context, view, tie, head, heads) {
  const c = course(tie, view);
  if (isOutside(c, view, 0, 0)) return;
  const arrow = head > 0 && !tie.relation.symmetric && c.length > head * 4;
  const end = arrow ? toward(c.x2, c.y2, c.cx, c.cy, head * 0.8) : { x: c.x2, y: c.y2 };
  context.moveTo(c.x1, c.y1);
  if (tie.bend === 0 && tie.from !== tie.to) context.lineTo(end.x, end.y);
  else context.quadraticCurveTo(c.cx, c.cy, end.x, end.y);
  if (arrow) addHead(heads, c, head);
}

function addHead(path, c, size) {
  const angle = Math.atan2(c.y2 - c.cy, c.x2 - c.cx);
  path.moveTo(c.x2, c.y2);
  for (const side of [0.4, -0.4]) {
    path.lineTo(c.x2 - size * Math.cos(angle + side), c.y2 - size * Math.sin(angle + side));
  }
  path.closePath();
}

/**
 * Whether nothing of a course is on screen.
 * @param {Course} c
 * @param {View} view
 * @param {number} dx how far the course is moved
 * @param {number} dy
 */
export function isOutside(c, view, dx, dy) {
  return (
    Math.max(c.x1, c.x2, c.cx) + dx < 0 ||
    Math.max(c.y1, c.y2, c.cy) + dy < 0 ||
    Math.min(c.x1, c.x2, c.cx) + dx > view.width ||
    Math.min(c.y1, c.y2, c.cy) + dy > view.height
  );
}

/**
 * The tie under a point of the screen.
 * @param {Iterable<Tie>} ties those that can be seen well
 * @param {View} view
 * @param {{x: number, y: number}} point
 * @returns {Tie | null}
 */
export function tieAt(ties, view, point) {
  /** @type {Tie | null} */
  let nearest = null;
  let best = 6;
  for (const tie of ties) {
    if (isFar(tie, view, point)) continue;
    const c = course(tie, view);
    const steps = tie.bend === 0 && tie.from !== tie.to ? 1 : 8;
    let before = pointOn(c, 0);
    for (let step = 1; step <= steps; step += 1) {
      const after = steps === 1 ? { x: c.x2, y: c.y2 } : pointOn(c, step / steps);
      const distance = distanceToLine(point, before, after);
      if (distance < best) {
        best = distance;
        nearest = tie;
      }
      before = after;
    }
  }
  return nearest;
}

/** Whether a tie cannot be near a point, by its ends alone: loops and curves reach a little beyond. */
function isFar({ from, to, bend }, view, { x, y }) {
  const beyond = from === to ? 120 : 8 + 54 * Math.abs(bend);
  const [ax, bx] = [screenX(from, view), screenX(to, view)];
  if (x < Math.min(ax, bx) - beyond || x > Math.max(ax, bx) + beyond) return true;
  const [ay, by] = [screenY(from, view), screenY(to, view)];
  return y < Math.min(ay, by) - beyond || y > Math.max(ay, by) + beyond;
}

function distanceToLine(point, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - part * dx, point.y - a.y - part * dy);
}
