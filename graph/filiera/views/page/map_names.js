// The names on the map: towns and things beside their marks, provinces and countries in their land, never one over another.

import { inLanguage, number, say } from "./language.js";
import { innerPoints } from "./map_land.js";
import { typeface, widthOf } from "./names.js";
import { Room } from "./room.js";
import { state } from "./state.js";
import { colour } from "./theme.js";
import { words } from "./words.js";

/** @typedef {import("./map_land.js").Shape} Shape */
/** @typedef {import("./map_land.js").Box} Box */
/** @typedef {import("./map_marks.js").Mark} Mark */
/** @typedef {import("./view.js").View} View */

/** A name in its place; x (left) and y (middle) are those of the screen. @typedef {{text: string, font: string, x: number, y: number, ink: string, spacing?: string, count?: {text: string, x: number}, shape?: Shape, box: Box}} Written */

/** Names of the sea and where they may stand: longitude, and y of the projection. */
const seas = [
  { word: "seaAdriatic", x: 13.6, y: -47.9 },
  { word: "seaLigurian", x: 9.1, y: -47.4 },
  { word: "seaTyrrhenian", x: 11.6, y: -42.9 },
  { word: "seaMediterranean", x: 5.6, y: -42 },
];

const spacing = 0.08;
const tries = 24;

/**
 * Draws the names that have room.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {{marks: Mark[], land: import("./map_land.js").Land | null, counts: Map<string, number>,
 *   focus: import("./focus.js").Focus | null}} drawn the marks that are on screen, and how many things each province and country has
 * @returns {{shape: Shape, box: Box}[]} where the names of provinces and countries stand on screen
 */
export function drawMapNames(context, view, { marks, land, counts, focus }) {
  const names = new Room();
  const discs = new Room();
  for (const mark of marks) {
    const [x, y, r] = [mark.x + view.left, mark.y + view.top, mark.r + 2];
    discs.take({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  }
  const type = typeface();
  const first = marks.filter((mark) => mark.things.length > 1 || stands(mark, focus)).sort((a, b) => rank(b, focus) - rank(a, focus));
  const rest = marks.filter((mark) => !first.includes(mark));
  const room = { names, discs };
  /** @type {Written[]} */
  const written = [];
  const put = (one) => one && written.push(one);
  for (const mark of first) put(nameOfMark(context, view, room, mark, type, focus));
  for (const shape of land?.shapes ?? []) if (land) put(nameOfShape(context, view, room, shape, land.frame, type, counts));
  for (const mark of rest) put(nameOfMark(context, view, room, mark, type, focus));
  if (land) for (const sea of seas) put(nameOfSea(context, view, room, sea, land.frame, type));
  write(context, written);
  return written.flatMap(({ shape, box }) => (shape ? [{ shape, box }] : []));
}

/** Whether a mark stands out. */
function stands(mark, focus) {
  const [thing] = mark.things;
  return thing === state.selected || thing === state.hovered || (focus?.main && focus.things.has(thing));
}

function rank(mark, focus) {
  const own = mark.things.length === 1 && mark.things[0] === state.selected;
  return (own ? 1e6 : 0) + (focus && mark.things.some((thing) => focus.things.has(thing)) ? 1e4 : 0) + mark.things.length;
}

/** What is written beside a mark: the name of its one thing, or of its largest town. */
export function markName(mark) {
  if (mark.things.length === 1) return inLanguage(mark.things[0].label);
  const town = inLanguage(mark.towns[0].place.label);
  return mark.towns.length === 1 ? town : `${town} +${number(mark.towns.length - 1)}`;
}

function nameOfMark(context, view, room, mark, type, focus) {
  const back = focus !== null && !mark.things.some((thing) => focus.things.has(thing));
  if (back && mark.things.length === 1) return null;
  const strong = mark.things.length > 1 || mark.things[0] === state.selected;
  const whole = markName(mark);
  const longest = view.width > 600 ? 32 : 22;
  const text = whole.length <= longest ? whole : `${whole.slice(0, longest - 1).trimEnd()}…`;
  const font = `${strong && !back ? 600 : 400} ${type.size}px ${type.family}`;
  const width = widthOf(context, text, font);
  const [x, y] = [mark.x + view.left, mark.y + view.top];
  const aside = mark.r + 5;
  const under = mark.r + 4 + type.size * 0.6;
  for (const [left, middle] of [
    [x + aside, y],
    [x - aside - width, y],
    [x - width / 2, y + under],
    [x - width / 2, y - under],
    [x - mark.r * 0.5, y + under],
    [x - mark.r * 0.5, y - under],
    [x + mark.r * 0.5 - width, y + under],
    [x + mark.r * 0.5 - width, y - under],
    [x + aside * 0.75, y + aside * 0.75],
    [x + aside * 0.75, y - aside * 0.75],
    [x - aside * 0.75 - width, y + aside * 0.75],
    [x - aside * 0.75 - width, y - aside * 0.75],
  ]) {
    const box = around(left, middle, width, type.size);
    if (room.names.cost(box) + room.discs.cost(box) > 0 || !isOpen(box, view)) continue;
    room.names.take(box);
    return { text, font, x: left, y: middle, ink: back ? "quiet" : "ink", box };
  }
  return null;
}

/**
 * A province in spaced capitals, a country in the face of titles, with its number.
 * @returns {Written | null}
 */
function nameOfShape(context, view, room, shape, frame, type, counts) {
  const wide = (shape.box.right - shape.box.left) * view.scale;
  const count = shape.place ? (counts.get(shape.place.id) ?? 0) : 0;
  const home = shape.name === "Italy";
  if (home || wide < 46 || (!shape.province && wide < (count > 0 ? 30 : 80))) return null;
  if (!meets(shape.box, view) || (shape.province && wide > view.width * 4)) return null;
  const font = shape.province ? `400 ${type.size}px ${type.family}` : `500 ${type.size + 2}px ${titleFamily()}`;
  const letters = shape.province ? `${(spacing * type.size).toFixed(2)}px` : "0px";
  const text = shape.province ? shapeName(shape).toUpperCase() : shapeName(shape);
  context.letterSpacing = letters;
  const width = widthOf(context, text, `${font}${shape.province ? " " : ""}`);
  context.letterSpacing = "0px";
  const countText = count > 0 ? number(count) : "";
  const countFont = `600 ${type.size}px ${type.family}`;
  const countWidth = countText ? widthOf(context, countText, countFont) + 6 : 0;
  const whole = width + countWidth;
  if (whole > wide * 1.15 && count === 0) return null;
  for (const point of innerPoints(shape, frame).slice(0, tries * 3)) {
    const x = point.x * view.scale + view.left - whole / 2;
    const y = point.y * view.scale + view.top;
    const box = around(x, y, whole, type.size + 4);
    const within = box.left - view.left > frame.left * view.scale && box.right - view.left < frame.right * view.scale;
    if (!within || room.names.cost(box) + room.discs.cost(box) > 0 || !isOpen(box, view)) continue;
    room.names.take(box);
    return { text, font, x, y, ink: "quiet", spacing: letters, count: countText ? { text: countText, x: x + width + 6 } : undefined, shape, box };
  }
  return null;
}

function nameOfSea(context, view, room, { word, x, y }, frame, type) {
  const text = say(word);
  const font = `italic 400 ${type.size + 1}px ${titleFamily()}`;
  const width = widthOf(context, text, font);
  const left = x * view.scale + view.left - width / 2;
  const middle = y * view.scale + view.top;
  const box = around(left, middle, width, type.size);
  const within = x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
  if (!within || view.scale < 24 || room.names.cost(box) + room.discs.cost(box) > 0 || !isOpen(box, view)) return null;
  room.names.take(box);
  return { text, font, x: left, y: middle, ink: "quiet", box };
}

/** The name of a province or country as it is written on the map. */
export function shapeName(shape) {
  if (shape.province) return shape.name;
  if (shape.place) return inLanguage(shape.place.label);
  const key = `land_${shape.name}`;
  return key in words.it ? say(key) : shape.name;
}

const titleFamily = () => getComputedStyle(document.documentElement).getPropertyValue("--title");

function around(left, middle, width, size) {
  return { left: left - 3, right: left + width + 3, top: middle - size * 0.62, bottom: middle + size * 0.62 };
}

/** Whether a box lies wholly in the part of the map that nothing covers. */
function isOpen({ left, right, top, bottom }, { inset, width, height }) {
  return left >= inset.left && right <= width - inset.right && top >= inset.top && bottom <= height - inset.bottom;
}

function meets(box, { scale, left, top, width, height }) {
  return box.left * scale + left < width && box.right * scale + left > 0 && box.top * scale + top < height && box.bottom * scale + top > 0;
}

/** @param {CanvasRenderingContext2D} context @param {Written[]} written */
function write(context, written) {
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = colour("land");
  context.lineWidth = 3;
  for (const { text, font, x, y, ink, spacing: letters = "0px", count } of written) {
    context.font = font;
    context.letterSpacing = letters;
    context.globalAlpha = 0.8;
    if (ink === "ink") context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = colour(ink);
    context.fillText(text, x, y);
    context.letterSpacing = "0px";
    if (!count) continue;
    const { size, family } = typeface();
    context.font = `600 ${size}px ${family}`;
    context.fillStyle = colour("ink");
    context.fillText(count.text, count.x, y);
  }
}
