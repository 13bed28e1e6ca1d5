// Writes the names: hubs first, more when zoomed in, never one over another.

import { inLanguage, language } from "./language.js";
import { Room } from "./room.js";
import { state } from "./state.js";
import { colour } from "./theme.js";
import { course, isOutside, pointOn } from "./ties.js";
import { radius } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./focus.js").Focus} Focus */
/** @typedef {{size: number, family: string}} Type size in CSS pixels, never under 12 */

/**
 * A name that found its place; coordinates are those of the screen before panning.
 * @typedef {object} Placed
 * @property {string} text
 * @property {string} font
 * @property {number} size
 * @property {number} width
 * @property {string} ink name of the palette colour
 * @property {number} x centre
 * @property {number} y middle
 * @property {number} angle
 * @property {Thing} [whole] the thing of which this is the whole name
 */

const strongNames = 8;
/** What it costs a name to lie half outside the map, as against covering a small shape. */
const cut = 20;
/** Part of the map, in square CSS pixels, in which one name stands when the whole network is in view. */
const areaOfName = 19000;
/** From how many times the whole view on all relations are named, not only those of the thing in focus. */
const zoomOfRelations = 2.5;
/** Of more things than this only those near the view are looked at. */
const many = 2000;
/** How many of these at most keep their shape free of names, and how many at most try to place their own. */
const mostShapes = 1500;
const mostTried = 500;
const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

/**
 * What is to be named.
 * @typedef {object} Shown
 * @property {Thing[]} ranked the things that are shown, in the order of their names
 * @property {import("./data.js").Tie[]} ties
 * @property {import("./network_groups.js").Group[]} groups
 * @property {import("./room.js").Box[]} taken boxes on the map before panning, where no name may stand
 */

/** @type {Map<string, number>} */
const widths = new Map();
let cachedFor = "";
/** @type {Placed[]} */
let cached = [];
/** The part of the map, before panning, for which names were placed. */
let cachedIn = everywhere;

/** Forgets the places: what is shown or what stands out has changed. */
export function forgetNames() {
  cachedFor = "";
}

/**
 * Draws the names that have room.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Shown} shown
 * @param {Focus | null} focus
 */
export function drawNames(context, view, shown, focus) {
  const large = shown.ranked.length > many;
  const zoom = view.scale / view.home;
  const still = !large && (focus || view.whole || zoom >= zoomOfRelations);
  const pan = still ? `${Math.round(view.left)} ${Math.round(view.top)}` : "";
  const key = `${view.scale.toFixed(5)} ${view.width} ${view.height} ${language()} ${pan}`;
  if (key !== cachedFor || (large && !holds(cachedIn, partInView(view, 0)))) {
    cachedIn = large ? partInView(view, 0.4) : everywhere;
    cached = place(context, view, shown, focus);
    cachedFor = key;
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const name of cached) write(context, view, name);
  const { hovered } = state;
  if (!hovered || cached.some((name) => name.whole === hovered)) return;
  writeOnPlate(context, view, inLanguage(hovered.label), hovered.x * view.scale + view.left, hovered.y * view.scale + view.top, radius(hovered, view));
}

/** What is in view of the map before panning, wider on each side by a part of itself. */
function partInView(view, wider) {
  const [aside, above] = [view.width * wider, view.height * wider];
  return { left: -view.left - aside, top: -view.top - above, right: view.width - view.left + aside, bottom: view.height - view.top + above };
}

function holds(outer, inner) {
  return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

/** @returns {Type} */
export function typeface() {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { size: Math.max(12, 0.75 * size), family: getComputedStyle(document.body).fontFamily };
}

/** @returns {number} */
export function widthOf(context, text, font) {
  const key = `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context.font = font;
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}

function shortened(text, longest) {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

function write(context, view, name) {
  const x = name.x + view.left;
  const y = name.y + view.top;
  if (x < -200 || y < -200 || x > view.width + 200 || y > view.height + 200) return;
  context.font = name.font;
  context.save();
  context.translate(x, y);
  context.rotate(name.angle);
  context.globalAlpha = 0.82;
  context.fillStyle = colour("ground");
  context.beginPath();
  context.roundRect(-name.width / 2 - 2, -name.size * 0.6, name.width + 4, name.size * 1.2, 3);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colour(name.ink);
  context.fillText(name.text, 0, 0);
  context.restore();
}

/**
 * The full name of what is pointed at, on a plate, over everything: below its shape, or above.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {string} name
 * @param {number} centre
 * @param {number} middle
 * @param {number} r radius of the shape
 * @param {string} [after] what follows the name, and is never cut off
 */
export function writeOnPlate(context, view, name, centre, middle, r, after = "") {
  const { size, family } = typeface();
  const font = `600 ${size + 1}px ${family}`;
  let text = name.slice(0, 90) + after;
  for (let long = 90; long > 10 && widthOf(context, text, font) > view.width - 24; long -= 5) text = shortened(name, long) + after;
  const width = widthOf(context, text, font) + 16;
  context.font = font;
  const height = size + 14;
  const below = r + height / 2 + 4;
  const x = Math.min(view.width - width / 2 - 4, Math.max(width / 2 + 4, centre));
  const y = middle + below + height / 2 > view.height - 4 ? Math.max(height / 2 + 4, middle - below) : middle + below;
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, 6);
  context.fillStyle = colour("ink");
  context.fill();
  context.fillStyle = colour("ground");
  context.fillText(text, x, y + 0.5);
}

/** @returns {Placed[]} */
function place(context, view, network, focus) {
  const type = typeface();
  const inPart = (thing) => {
    const [x, y] = [thing.x * view.scale, thing.y * view.scale];
    return x > cachedIn.left && x < cachedIn.right && y > cachedIn.top && y < cachedIn.bottom;
  };
  const shown = network.ranked.filter((thing) => (!focus || focus.things.has(thing)) && inPart(thing));
  if (focus?.main) shown.sort((a, b) => Number(b === focus.main) - Number(a === focus.main));
  const room = { names: new Room(), discs: new Room() };
  for (const thing of shown.slice(0, mostShapes)) room.discs.take(discBox(thing, view), thing.weight > 0.3 ? 3 : 1);
  for (const box of network.taken) room.names.take(box);

  const zoom = view.scale / view.home;
  const placed = focus ? [] : placeGroups(context, view, room, network.groups, type);
  const enough = focus ? shown.length : Math.ceil(((view.width * view.height) / areaOfName) * zoom * zoom);
  for (const [rank, thing] of shown.slice(0, Math.min(enough, mostTried)).entries()) {
    const strong = focus ? thing === focus.main || focus.isPath === true : rank < strongNames;
    const name = placeName(context, view, room, thing, type, strong, focus);
    if (name) placed.push(name);
  }
  const near = () => network.ties.filter((tie) => inPart(tie.from) || inPart(tie.to)).slice(0, mostShapes);
  const ties = focus?.main || focus?.isPath ? focus.ties : zoom >= zoomOfRelations && !focus ? near() : [];
  placed.push(...placeRelations(context, view, room, ties, type));
  return placed;
}

/** Captions of groups, above them; the largest first, and no more than there is room for. */
function placeGroups(context, view, room, groups, type) {
  const placed = [];
  const size = type.size + (view.width > 600 ? 3 : 1);
  const font = `600 ${size}px ${type.family}`;
  for (const group of groups) {
    const text = shortened(group.text, 40);
    const width = widthOf(context, text, font);
    const middle = ((group.left + group.right) / 2) * view.scale;
    const inside = (x) => Math.min(view.width - view.inset.right - view.left - width / 2 - 8, Math.max(view.inset.left - view.left + width / 2 + 8, x));
    const x = view.whole ? inside(middle) : middle;
    const y = group.top * view.scale - 16 - size * 0.6;
    const box = { left: x - width / 2 - 6, right: x + width / 2 + 6, top: y - size * 0.65, bottom: y + size * 0.65 };
    if (room.names.cost(box) > 0 || (group.count < 3 && room.discs.cost(box) > 0)) continue;
    room.names.take(box);
    placed.push({ text, font, size, width, ink: "quiet", x, y, angle: 0 });
  }
  return placed;
}

function discBox(thing, view) {
  const r = radius(thing, view) * 0.9;
  const x = thing.x * view.scale;
  const y = thing.y * view.scale;
  return { left: x - r, top: y - r, right: x + r, bottom: y + r };
}

/**
 * Tries below, right, left and above, and takes the place that covers the fewest shapes.
 * A strong name may cover many; others give way.
 */
function placeName(context, view, room, thing, type, strong, focus) {
  const wide = view.width > 600;
  const text = shortened(inLanguage(thing.label), strong && wide ? 44 : wide ? 30 : 22);
  const size = strong && wide ? type.size + 1.5 : type.size;
  const font = `${strong ? 600 : 400} ${size}px ${type.family}`;
  const width = widthOf(context, text, font);
  const r = radius(thing, view);
  const beside = r + 5 + width / 2;
  const under = r + 3 + size * 0.55;
  /** @type {{box: {left: number, right: number, top: number, bottom: number}, x: number, y: number} | null} */
  let best = null;
  let least = strong ? Infinity : 3;
  for (const [dx, dy] of [[0, under], [beside, 0], [-beside, 0], [0, -under]]) {
    const y = thing.y * view.scale + dy;
    const x = thing.x * view.scale + (dx === 0 && strong && focus ? within(thing.x * view.scale, width, view) : dx);
    const box = {
      left: x - width / 2 - 3,
      right: x + width / 2 + 3,
      top: y - size * 0.58,
      bottom: y + size * 0.58,
    };
    if (room.names.cost(box) > 0) continue;
    const cost = room.discs.cost(box) + ((focus || view.whole) && !isUncovered(box, view) ? cut : 0);
    if (cost < least) {
      best = { box, x, y };
      least = cost;
    }
  }
  if (!best) return null;
  room.names.take(best.box);
  const whole = text === inLanguage(thing.label) ? thing : undefined;
  return { text, font, size, width, ink: "ink", x: best.x, y: best.y, angle: 0, whole };
}

/** How far a name above or below its shape moves aside, so that it is not cut where the map ends; it stays at the shape. */
function within(centre, width, view) {
  const half = width / 2 + 4;
  const first = view.inset.left - view.left + half;
  const last = view.width - view.inset.right - view.left - half;
  const aside = Math.max(Math.min(last, centre), first) - centre;
  return Math.abs(aside) < width / 2 ? aside : 0;
}

/** Whether a box lies wholly in the part of the map that nothing covers. */
function isUncovered(box, view) {
  return (
    box.left + view.left >= view.inset.left &&
    box.right + view.left <= view.width - view.inset.right &&
    box.top + view.top >= view.inset.top &&
    box.bottom + view.top <= view.height - view.inset.bottom
  );
}

/** Names of relations along their ties. */
function placeRelations(context, view, room, ties, type) {
  const font = `400 ${type.size}px ${type.family}`;
  const still = { ...view, left: 0, top: 0 };
  const placed = [];
  for (const tie of ties) {
    const text = inLanguage(tie.relation.label);
    const width = widthOf(context, text, font);
    const c = course(tie, still);
    if (c.length < width + 44 || isOutside(c, view, view.left, view.top)) continue;
    for (const part of [0.5, 0.6, 0.4, 0.7, 0.3]) {
      const name = { text, font, width, size: type.size, ink: "quiet", ...along(c, part) };
      const boxes = boxesAlong(name, width, type.size);
      if (boxes.some((box) => room.names.cost(box) + room.discs.cost(box) > 0)) continue;
      for (const box of boxes) room.names.take(box);
      placed.push(name);
      break;
    }
  }
  return placed;
}

/** A point of a course and its slope there, never upside down. */
function along(c, part) {
  const { x, y } = pointOn(c, part);
  const before = pointOn(c, part - 0.02);
  let angle = Math.atan2(y - before.y, x - before.x);
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle < -Math.PI / 2) angle += Math.PI;
  return { x, y, angle };
}

/** A slanted text as a row of small upright boxes. */
function boxesAlong(name, width, size) {
  const boxes = [];
  const half = size * 0.55;
  for (let at = -width / 2; at <= width / 2; at += size) {
    const x = name.x + at * Math.cos(name.angle);
    const y = name.y + at * Math.sin(name.angle);
    boxes.push({ left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  return boxes;
}
