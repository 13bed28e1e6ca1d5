// The land behind the map: provinces and countries in Mercator's projection, with room for their names.

import { Path } from "./path.js";

/** @typedef {import("./camera.js").Point} Point */
/** @typedef {import("./dimensions.js").Place} Place */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/**
 * A province or a country.
 * @typedef {object} Shape
 * @property {string} name as Natural Earth has it
 * @property {boolean} province
 * @property {Place | null} place among the places of the page
 * @property {Path} path
 * @property {Box} box around its largest ring
 * @property {Point[]} corners of its largest ring
 * @property {Point[] | null} inner points where its name may stand, best first; null before anyone asks
 */

/**
 * @typedef {object} Land
 * @property {Shape[]} shapes countries first
 * @property {Path} provinces all of them
 * @property {Path} countries all of them
 * @property {Box} frame beyond it the outlines are not whole
 */

/** @typedef {{name: string, place?: number, rings: number[][]}} RawShape */
/** @typedef {{scale: number, box: number[], arcs: number[][], provinces: RawShape[], countries: RawShape[]}} Outline */

const steps = 9;

/**
 * Where a point of the Earth is on the map: x in degrees, y (downwards) as long as degrees are at the equator.
 * @param {readonly number[]} at latitude and longitude in degrees
 * @returns {Point}
 */
export function project([latitude, longitude]) {
  const north = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
  return { x: longitude, y: (-north * 180) / Math.PI };
}

/**
 * @param {Outline | null} outline
 * @param {Place[]} places
 * @returns {Land | null}
 */
export function readLand(outline, places) {
  if (!outline) return null;
  const arcs = outline.arcs.map((arc) => readArc(arc, outline.scale));
  const shape = (raw, province) => readShape(raw, province, arcs, places);
  const countries = outline.countries.map((raw) => shape(raw, false));
  const provinces = outline.provinces.map((raw) => shape(raw, true));
  const [west, south, east, north] = outline.box;
  const [first, last] = [project([north, west]), project([south, east])];
  return {
    shapes: [...countries, ...provinces],
    provinces: together(provinces),
    countries: together(countries),
    frame: { left: first.x, top: first.y, right: last.x, bottom: last.y },
  };
}

function readArc(numbers, scale) {
  const points = [];
  let [x, y] = [0, 0];
  for (let step = 0; step < numbers.length; step += 2) {
    x += numbers[step];
    y += numbers[step + 1];
    points.push(project([y / scale, x / scale]));
  }
  return points;
}

function readShape(raw, province, arcs, places) {
  const path = new Path();
  let corners = [];
  let largest = 0;
  for (const ring of raw.rings) {
    const points = ring.flatMap((arc) => (arc < 0 ? arcs[~arc].toReversed() : arcs[arc]).slice(1));
    points.forEach(({ x, y }, place) => (place === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
    path.closePath();
    const { left, right, top, bottom } = boxAround(points);
    if ((right - left) * (bottom - top) <= largest) continue;
    largest = (right - left) * (bottom - top);
    corners = points;
  }
  const place = raw.place === undefined ? null : places[raw.place];
  return { name: raw.name, province, place, path, corners, box: boxAround(corners), inner: null };
}

/** @param {Shape[]} shapes */
function together(shapes) {
  const path = new Path();
  for (const shape of shapes) path.addPath(shape.path);
  return path;
}

/**
 * @param {Point[]} points
 * @returns {Box}
 */
export function boxAround(points) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/**
 * The corners of a box.
 * @param {Box} box
 * @returns {Point[]}
 */
export function cornersOf({ left, top, right, bottom }) {
  return [{ x: left, y: top }, { x: right, y: bottom }];
}

/**
 * The smallest shape at a point of the map.
 * @param {Land} land
 * @param {Point} point
 */
export function shapeAt(land, { x, y }) {
  return land.shapes.findLast((shape) => isIn(shape, x, y)) ?? null;
}

/** @type {CanvasRenderingContext2D | null} of nothing: whether a point is in a path, without a scale */
let asked = null;

function isIn({ path }, x, y) {
  asked ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  return asked.isPointInPath(path, x, y, "evenodd");
}

/**
 * Points within a shape and the frame where its name may stand, those near its middle first.
 * @param {Shape} shape
 * @param {Box} frame
 * @returns {Point[]}
 */
export function innerPoints(shape, frame) {
  if (shape.inner) return shape.inner;
  const left = Math.max(shape.box.left, frame.left);
  const right = Math.min(shape.box.right, frame.right);
  const top = Math.max(shape.box.top, frame.top);
  const bottom = Math.min(shape.box.bottom, frame.bottom);
  const points = [];
  for (let column = 1; column < steps; column += 1) {
    for (let row = 1; row < steps * 2; row += 1) {
      const point = { x: left + ((right - left) * column) / steps, y: top + ((bottom - top) * row) / (steps * 2) };
      if (left < right && top < bottom && isIn(shape, point.x, point.y)) points.push(point);
    }
  }
  const middle = {
    x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
    y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
  };
  const far = (point) => Math.hypot(point.x - middle.x, point.y - middle.y);
  shape.inner = points.sort((a, b) => far(a) - far(b));
  return shape.inner;
}
