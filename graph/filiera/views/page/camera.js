// The camera over the layout: which part of it is on screen, and how it moves there.

/** @typedef {{left: number, right: number, top: number, bottom: number}} Insets */
/** @typedef {{x: number, y: number}} Point */

const nearest = 14;
const farthest = 0.6;
const flight = 450;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Middle and scale of what is on screen. Points on screen are CSS pixels of the map's element. */
export class Camera {
  /**
   * @param {() => Insets} insets what covers the borders of the map
   * @param {() => void} moved called after each move
   * @param {{nearest?: number, farthest?: number}} [limits] of the scale, as parts of the one that shows everything
   */
  constructor(insets, moved, limits = {}) {
    this.limits = { nearest, farthest, ...limits };
    this.insets = insets;
    this.moved = moved;
    this.width = 1;
    this.height = 1;
    /** CSS pixels for one unit of the layout */
    this.scale = 1;
    /** the scale at which the whole network fits */
    this.home = 1;
    /** the smallest radius of a thing at that scale, in CSS pixels: where there are very many, smaller */
    this.smallest = 3;
    /** @type {Point} of the layout */
    this.centre = { x: 0, y: 0 };
    /** nobody has moved it: it shows the whole network */
    this.whole = true;
    this.flying = 0;
  }

  /** @returns {import("./view.js").View} */
  get view() {
    return {
      scale: this.scale,
      home: this.home,
      smallest: this.smallest,
      width: this.width,
      height: this.height,
      left: this.width / 2 - this.centre.x * this.scale,
      top: this.height / 2 - this.centre.y * this.scale,
      whole: this.whole,
      inset: this.insets(),
    };
  }

  /**
   * The element has another size: the middle stays, or the whole network fits again.
   * @param {number} width
   * @param {number} height
   * @param {Point[]} everything
   * @param {number} [count] of the things that there are
   */
  resize(width, height, everything, count = everything.length) {
    this.width = width;
    this.height = height;
    this.home = this.#fitting(everything).scale;
    this.smallest = Math.min(3, Math.max(1.2, 0.28 * Math.sqrt((width * height) / Math.max(1, count))));
    if (this.whole) this.showAll(everything, false);
  }

  /**
   * @param {Point[]} points
   * @param {boolean} animate
   * @param {number} [most] how many times as large as the whole at most
   */
  showAll(points, animate, most = 1.6) {
    this.#go(this.#fitting(points, this.home * most), animate);
    this.whole = true;
  }

  /**
   * Some points, as large as they fit.
   * @param {Point[]} points
   * @param {boolean} animate
   * @param {number} [largest] scale, as a multiple of the one that shows everything
   */
  show(points, animate, largest = 3.2) {
    this.#go(this.#fitting(points, this.home * largest, 0.12), animate);
  }

  /**
   * A point with its neighbours, as large as they fit, but never smaller than the whole.
   * @param {Point} point
   * @param {Point[]} neighbours
   * @param {boolean} animate
   */
  flyTo(point, neighbours, animate) {
    const { centre, scale } = this.#fitting([point, ...neighbours], this.home * 3.2, 0.15);
    const near = scale > this.home;
    this.#go({ centre: near ? centre : this.#beside(point, this.home), scale: near ? scale : this.home }, animate);
  }

  /**
   * Moves as little as needed for a point to be seen.
   * @param {Point} point of the layout
   */
  bringIntoView(point) {
    const inset = this.insets();
    const margin = 48;
    const x = (point.x - this.centre.x) * this.scale + this.width / 2;
    const y = (point.y - this.centre.y) * this.scale + this.height / 2;
    const dx = Math.max(0, inset.left + margin - x) - Math.max(0, x - (this.width - inset.right - margin));
    const dy = Math.max(0, inset.top + margin - y) - Math.max(0, y - (this.height - inset.bottom - margin));
    if (dx !== 0 || dy !== 0) this.panBy(dx, dy, true);
  }

  /**
   * @param {number} dx CSS pixels
   * @param {number} dy
   * @param {boolean} [animate]
   */
  panBy(dx, dy, animate = false) {
    const centre = { x: this.centre.x - dx / this.scale, y: this.centre.y - dy / this.scale };
    this.#go({ centre, scale: this.scale }, animate);
  }

  /**
   * Zooms, with the point under the pointer (or the middle) staying where it is.
   * @param {number} factor
   * @param {Point} [held] on screen
   * @param {boolean} [animate]
   */
  zoomBy(factor, held = { x: this.width / 2, y: this.height / 2 }, animate = false) {
    const scale = Math.min(this.home * this.limits.nearest, Math.max(this.home * this.limits.farthest, this.scale * factor));
    const dx = held.x - this.width / 2;
    const dy = held.y - this.height / 2;
    const away = 1 / this.scale - 1 / scale;
    this.#go({ centre: { x: this.centre.x + dx * away, y: this.centre.y + dy * away }, scale }, animate);
  }

  /** Middle and scale that show these points inside what nothing covers. */
  #fitting(points, largest = Infinity, aside = 0.06) {
    const inset = this.insets();
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    const width = (this.width - inset.left - inset.right) * (1 - 2 * aside);
    const height = this.height - inset.top - inset.bottom;
    const tall = height - 2 * Math.min(48, height * 0.1);
    const scale = Math.min(width / (right - left || 1), tall / (bottom - top || 1), largest);
    return { scale, centre: this.#beside({ x: (left + right) / 2, y: (top + bottom) / 2 }, scale) };
  }

  /** The middle of the screen when this point is in the middle of what nothing covers. */
  #beside(point, scale) {
    const inset = this.insets();
    return {
      x: point.x - (inset.left - inset.right) / 2 / scale,
      y: point.y - (inset.top - inset.bottom) / 2 / scale,
    };
  }

  #go({ centre, scale }, animate) {
    cancelAnimationFrame(this.flying);
    this.whole = false;
    if (!animate || calm.matches) {
      this.centre = centre;
      this.scale = scale;
      this.moved();
      return;
    }
    const from = { centre: this.centre, scale: this.scale };
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - start) / flight));
      const eased = part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
      this.scale = from.scale * (scale / from.scale) ** eased;
      this.centre = {
        x: from.centre.x + (centre.x - from.centre.x) * eased,
        y: from.centre.y + (centre.y - from.centre.y) * eased,
      };
      this.moved();
      if (part < 1) this.flying = requestAnimationFrame(step);
    };
    this.flying = requestAnimationFrame(step);
  }
}
