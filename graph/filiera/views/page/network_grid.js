// What is near a point of the layout: a grid made once for each arrangement, so that a pointer over a
// very large network need not look at everything.

import { thingAt } from "./things.js";
import { tieAt } from "./ties.js";
import { radius } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./view.js").View} View */
/** @typedef {{x: number, y: number}} Point */

/** Of fewer things and ties each is looked at. */
const few = 500;
/** Things in a cell, about. */
const inCell = 4;
/** Cells of ties along the longer side. */
const cellsOfTies = 96;
/** How far beside a tie a pointer still finds it, in CSS pixels. */
const besideTie = 6;
/** Part of the things that are too large for a grid of the others: they are looked at one by one. */
const largePart = 0.005;

/** Lists of numbers by cell, one after another. */
class Cells {
  /**
   * @param {Point[]} points what is to be held
   * @param {number} side of a cell
   */
  constructor(points, side) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of points) {
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    this.side = side;
    this.left = left;
    this.top = top;
    this.columns = Math.floor((right - left) / side) + 1;
    this.rows = Math.floor((bottom - top) / side) + 1;
    /** @type {number[]} */
    this.cells = [];
    /** @type {number[]} */
    this.items = [];
    this.starts = new Uint32Array(0);
    this.sorted = new Uint32Array(0);
  }

  /** @param {number} x @param {number} y */
  cellOf(x, y) {
    const column = Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / this.side)));
    const row = Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.top) / this.side)));
    return row * this.columns + column;
  }

  /** @param {number} cell @param {number} item */
  add(cell, item) {
    this.cells.push(cell);
    this.items.push(item);
  }

  /** Sorts what has been added by its cells. */
  close() {
    const starts = new Uint32Array(this.columns * this.rows + 1);
    for (const cell of this.cells) starts[cell + 1] += 1;
    for (let cell = 1; cell < starts.length; cell += 1) starts[cell] += starts[cell - 1];
    const next = starts.slice();
    const sorted = new Uint32Array(this.items.length);
    this.cells.forEach((cell, place) => (sorted[next[cell]++] = this.items[place]));
    this.starts = starts;
    this.sorted = sorted;
    this.cells = this.items = [];
  }

  /**
   * What is in the cells around a point.
   * @param {Point} point
   * @param {number} reach
   * @returns {Set<number>}
   */
  around({ x, y }, reach) {
    const found = new Set();
    const first = this.cellOf(x - reach, y - reach);
    const last = this.cellOf(x + reach, y + reach);
    const [left, right] = [first % this.columns, last % this.columns];
    for (let row = first - left; row <= last - right; row += this.columns) {
      for (let place = this.starts[row + left]; place < this.starts[row + right + 1]; place += 1) found.add(this.sorted[place]);
    }
    return found;
  }
}

/** Finds what is under the pointer among things and ties that stay where they are. */
export class Grid {
  /**
   * @param {Thing[]} things
   * @param {Tie[]} ties
   */
  constructor(things, ties) {
    this.things = things;
    this.ties = ties;
    /** @type {Cells | null} */
    this.ofThings = null;
    /** @type {Cells | null} */
    this.ofTies = null;
    /** @type {Thing[]} */
    this.large = [];
    /** The largest thing that is in a cell. @type {Thing | null} */
    this.largest = null;
  }

  /**
   * @param {View} view
   * @param {Point} point of the screen
   * @param {number} reach
   */
  thingAt(view, point, reach) {
    if (this.things.length < few) return thingAt(this.things, view, point, reach);
    this.ofThings ??= this.#holdThings();
    const beside = (reach + (this.largest ? radius(this.largest, view) : 0)) / view.scale;
    const near = [...this.ofThings.around(inLayout(view, point), beside)].sort((a, b) => a - b).map((place) => this.things[place]);
    return thingAt([...near, ...this.large], view, point, reach);
  }

  /**
   * @param {View} view
   * @param {Point} point of the screen
   */
  tieAt(view, point) {
    if (this.ties.length < few) return tieAt(this.ties, view, point);
    this.ofTies ??= this.#holdTies();
    const near = this.ofTies.around(inLayout(view, point), besideTie / view.scale);
    return tieAt([...near].map((place) => this.ties[place]), view, point);
  }

  #holdThings() {
    const sizes = Float64Array.from(this.things, ({ size }) => size).sort();
    const most = sizes[Math.floor((sizes.length - 1) * (1 - largePart))];
    this.large = this.things.filter(({ size }) => size > most);
    this.largest = this.things.find(({ size }) => size === most) ?? null;
    const { columns, rows } = new Cells(this.things, 1);
    const cells = new Cells(this.things, Math.max(1, Math.sqrt((columns * rows * inCell) / this.things.length)));
    this.things.forEach(({ x, y, size }, place) => size <= most && cells.add(cells.cellOf(x, y), place));
    cells.close();
    return cells;
  }

  /** Ties by the cells that they cross: straight, as they are drawn when there are very many. */
  #holdTies() {
    const ends = this.ties.flatMap(({ from, to }) => [from, to]);
    const { columns, rows } = new Cells(ends, 1);
    const cells = new Cells(ends, Math.max(1, Math.max(columns, rows) / cellsOfTies));
    this.ties.forEach(({ from, to }, place) => {
      const steps = Math.ceil((2 * Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))) / cells.side) + 1;
      let before = -1;
      for (let step = 0; step <= steps; step += 1) {
        const part = step / steps;
        const cell = cells.cellOf(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
        if (cell !== before) cells.add(cell, place);
        before = cell;
      }
    });
    cells.close();
    return cells;
  }
}

/** A point of the screen in units of the layout. */
function inLayout(view, { x, y }) {
  return { x: (x - view.left) / view.scale, y: (y - view.top) / view.scale };
}
