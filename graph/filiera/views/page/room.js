// Room on the map: which boxes are taken, and what it costs to cover them.

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const cell = 48;

/** Boxes in a grid, so that only near ones are compared. */
export class Room {
  constructor() {
    /** @type {Map<number, {box: Box, cost: number}[]>} */
    this.cells = new Map();
  }

  /**
   * @param {Box} box
   * @param {number} [cost] of covering it
   */
  take(box, cost = 1) {
    const taken = { box, cost };
    for (const key of keys(box)) {
      const items = this.cells.get(key);
      if (items) items.push(taken);
      else this.cells.set(key, [taken]);
    }
  }

  /**
   * What it costs to put a box here: the sum over all boxes that it meets.
   * @param {Box} box
   */
  cost(box) {
    const met = new Set();
    for (const key of keys(box)) {
      for (const taken of this.cells.get(key) ?? []) {
        if (meet(box, taken.box)) met.add(taken);
      }
    }
    let sum = 0;
    for (const taken of met) sum += taken.cost;
    return sum;
  }
}

/** @param {Box} box */
function keys(box) {
  const found = [];
  for (let column = Math.floor(box.left / cell); column <= Math.floor(box.right / cell); column += 1) {
    for (let row = Math.floor(box.top / cell); row <= Math.floor(box.bottom / cell); row += 1) {
      found.push(column * 65536 + row);
    }
  }
  return found;
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function meet(one, other) {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}
