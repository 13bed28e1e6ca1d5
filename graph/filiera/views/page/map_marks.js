// The marks on the map: a thing alone as its shape, those that share a town as one disc with their number.

import { isMember } from "./filters.js";
import { number } from "./language.js";
import { project } from "./map_land.js";
import { state } from "./state.js";
import { drawThing } from "./things.js";
import { colour } from "./theme.js";
import { typeface } from "./names.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./camera.js").Point} Point */
/** @typedef {import("./dimensions.js").Place} Place */
/** @typedef {import("./view.js").View} View */

/** Things at one point of the map. @typedef {{place: Place, point: Point, things: Thing[]}} Town */

/**
 * What is drawn in one place; x and y are those of the screen before panning.
 * @typedef {object} Mark
 * @property {Point} point of the map
 * @property {number} x
 * @property {number} y
 * @property {number} r
 * @property {Town[]} towns those with most things first
 * @property {Thing[]} things
 * @property {Mark} [out] the mark out of which this one, of one thing, is drawn
 */

/** What stays between two marks, in CSS pixels; towns of two provinces become one mark only when they must. */
const gap = 10;
const gapBetweenProvinces = 1;
const cell = 80;
const ringWidth = 5;

/**
 * @param {Thing[]} things
 * @returns {Town[]} those with most things first
 */
export function townsOf(things) {
  /** @type {Map<string, Town>} */
  const towns = new Map();
  for (const thing of things) {
    for (const place of thing.seats) {
      if (!place.at) continue;
      const town = towns.get(place.id);
      if (town) town.things.push(thing);
      else towns.set(place.id, { place, point: project(place.at), things: [thing] });
    }
  }
  return [...towns.values()].sort((a, b) => b.things.length - a.things.length);
}

/**
 * The marks at a scale: towns that would cover each other become one, at the place of the largest.
 * @param {Town[]} towns those with most things first
 * @param {number} scale
 * @param {Thing | null} apart a thing that gets a mark of its own beside that of its town
 * @returns {Mark[]}
 */
export function marksAt(towns, scale, apart) {
  /** @type {Map<number, Mark[]>} */
  const cells = new Map();
  /** @type {Mark[]} */
  const marks = [];
  for (const town of towns) {
    const x = town.point.x * scale;
    const y = town.point.y * scale;
    const r = radiusOf(town.things);
    const near = around(cells, x, y).find((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.r + r + between(mark.towns[0], town));
    if (near) {
      near.towns.push(town);
      near.things = [...new Set([...near.things, ...town.things])];
      near.r = radiusOf(near.things);
      continue;
    }
    const mark = { point: town.point, x, y, r, towns: [town], things: town.things };
    marks.push(mark);
    const key = keyOf(x, y, 0, 0);
    cells.set(key, [...(cells.get(key) ?? []), mark]);
  }
  const home = apart && marks.find((mark) => mark.things.length > 1 && isSeat(mark, apart));
  if (home) {
    const r = radiusOf([apart]);
    const aside = (home.r + r + 10) * Math.SQRT1_2;
    marks.push({ ...home, x: home.x + aside, y: home.y - aside, r, things: [apart], out: home });
  }
  return marks;
}

/** Whether a mark stands for the seat of a thing. @param {Mark} mark @param {Thing} thing */
export const isSeat = (mark, thing) => mark.things.includes(thing) && mark.towns.some((town) => town.place === thing.place);

const between = (one, other) => (one.place.province === other.place.province ? gap : gapBetweenProvinces);

const keyOf = (x, y, dx, dy) => (Math.floor(x / cell) + dx) * 65536 + Math.floor(y / cell) + dy;

function around(cells, x, y) {
  const found = [];
  for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) found.push(...(cells.get(keyOf(x, y, dx, dy)) ?? []));
  return found;
}

/** @param {Thing[]} things */
function radiusOf(things) {
  return things.length === 1 ? 6 + 3 * things[0].weight : Math.min(34, 10 + 2.2 * Math.sqrt(things.length));
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Mark[]} marks
 * @param {import("./focus.js").Focus | null} focus
 * @param {(mark: Mark) => boolean} isOpen
 */
export function drawMarks(context, view, marks, focus, isOpen) {
  for (const mark of marks) {
    const back = focus !== null && !mark.things.some((thing) => focus.things.has(thing));
    const at = { x: mark.x + view.left, y: mark.y + view.top, r: mark.r };
    if (mark.out) drawLeg(context, view, mark, mark.out);
    if (mark.things.length === 1) drawThing(context, mark.things[0], at, back);
    else drawDisc(context, mark, at, back, isOpen(mark));
  }
}

function drawLeg(context, view, mark, from) {
  context.beginPath();
  context.moveTo(from.x + view.left, from.y + view.top);
  context.lineTo(mark.x + view.left, mark.y + view.top);
  context.strokeStyle = colour("edge-strong");
  context.lineWidth = 1.5;
  context.stroke();
}

/** A disc with the number; its ring has the hues of the kinds, full for members and pale for others. */
function drawDisc(context, mark, { x, y, r }, back, open) {
  const disc = (radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  context.fillStyle = colour("ground");
  disc(r + (back ? 0 : 1.5));
  context.fill();
  context.globalAlpha = back ? 0.35 : 1;
  drawRing(context, mark.things, x, y, r - ringWidth / 2, back);
  const { size, family } = typeface();
  context.font = `600 ${size + (r > 20 ? 2 : 0)}px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour(back ? "quiet" : "ink");
  context.globalAlpha = 1;
  context.fillText(number(mark.things.length), x, y + 0.5);
  if (!open && !(state.hovered && mark.things.includes(state.hovered))) return;
  context.strokeStyle = colour("ink");
  context.lineWidth = 2;
  disc(r + 3);
  context.stroke();
}

function drawRing(context, things, x, y, r, back) {
  /** @type {Map<string, {hue: number, member: boolean, count: number}>} */
  const parts = new Map();
  for (const thing of things) {
    const member = isMember(thing);
    const key = `${member ? 0 : 1} ${thing.kind.colour}`;
    const part = parts.get(key);
    if (part) part.count += 1;
    else parts.set(key, { hue: thing.kind.colour, member, count: 1 });
  }
  context.lineWidth = ringWidth;
  let angle = -Math.PI / 2;
  for (const [, { hue, member, count }] of [...parts].sort(([a], [b]) => a.localeCompare(b))) {
    const end = angle + (2 * Math.PI * count) / things.length;
    context.globalAlpha = (member ? 1 : 0.42) * (back ? 0.3 : 1);
    context.strokeStyle = colour(`hue-${hue}`);
    context.beginPath();
    context.arc(x, y, r, angle, end);
    context.stroke();
    angle = end;
  }
}

/**
 * Lines between the marks of things that are tied; ties between the same two marks are one line, the thicker.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Map<Thing, Mark>} markOf
 * @param {Iterable<import("./data.js").Tie>} ties
 */
export function drawLines(context, view, markOf, ties) {
  /** @type {Map<Mark, Map<Mark, number>>} */
  const lines = new Map();
  for (const tie of ties) {
    const [one, other] = [markOf.get(tie.from), markOf.get(tie.to)];
    if (!one || !other || one === other) continue;
    const [a, b] = one.x < other.x ? [one, other] : [other, one];
    const ends = lines.get(a) ?? new Map();
    lines.set(a, ends.set(b, (ends.get(b) ?? 0) + 1));
  }
  context.strokeStyle = colour("edge-strong");
  context.lineCap = "round";
  for (const [a, ends] of lines) {
    for (const [b, count] of ends) {
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      context.lineWidth = Math.min(4, 0.9 + 0.5 * count);
      context.beginPath();
      context.moveTo(a.x + view.left, a.y + view.top);
      context.quadraticCurveTo((a.x + b.x) / 2 + dy * 0.12 + view.left, (a.y + b.y) / 2 - dx * 0.12 + view.top, b.x + view.left, b.y + view.top);
      context.stroke();
    }
  }
  context.lineCap = "butt";
}

/**
 * The mark at a point of the screen.
 * @param {Mark[]} marks
 * @param {View} view
 * @param {Point} point
 * @param {number} reach how far beside its border still counts, in CSS pixels
 * @returns {Mark | null}
 */
export function markAt(marks, view, point, reach) {
  /** @type {Mark | null} */
  let nearest = null;
  let best = reach;
  for (const mark of marks) {
    const beyond = Math.hypot(point.x - mark.x - view.left, point.y - mark.y - view.top) - mark.r;
    if (beyond > best || (nearest && beyond === best)) continue;
    best = beyond;
    nearest = mark;
  }
  return nearest;
}
