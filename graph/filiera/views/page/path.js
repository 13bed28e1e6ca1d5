// A path that a canvas draws, and that can be written down as SVG too.

/** Remembers its steps: a browser's own path cannot be read. */
export class Path extends Path2D {
  /** @param {string} [outline] as in the `d` of an SVG path */
  constructor(outline = "") {
    super(outline);
    /** @type {(string | number | Path)[]} letters of SVG, each with its numbers after it; whole paths */
    this.steps = outline === "" ? [] : [outline];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    super.moveTo(x, y);
    this.steps.push("M", x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    super.lineTo(x, y);
    this.steps.push("L", x, y);
  }

  closePath() {
    super.closePath();
    this.steps.push("Z");
  }

  /** @param {Path} path */
  addPath(path) {
    super.addPath(path);
    this.steps.push(path);
  }

  /**
   * The `d` of an SVG path.
   * @param {number} digits after the point
   * @returns {string}
   */
  outline(digits) {
    const factor = 10 ** digits;
    return this.steps
      .map((step) => {
        if (typeof step === "number") return ` ${Math.round(step * factor) / factor}`;
        return typeof step === "string" ? step : step.outline(digits);
      })
      .join("");
  }
}
