// Where things stand in each layout of the page, and the short move from one to another.

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */

const lasting = 550;
const mostMoving = 3000;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The positions of all things. */
export class Places {
  /**
   * @param {Page} page
   * @param {() => void} moved called whenever things stand elsewhere
   */
  constructor(page, moved) {
    this.page = page;
    this.moved = moved;
    this.force = Float64Array.from(page.things.flatMap((thing) => [thing.x, thing.y]));
    this.layout = "force";
    this.upright = false;
    this.moving = 0;
  }

  /** The layouts that this page has. */
  layouts() {
    return ["force", ...["chain", "place", "circle"].filter((name) => this.#known(name))];
  }

  /**
   * Puts everything where a layout has it.
   * @param {string} layout one that the page does not have stands for "force"
   * @param {boolean} upright the element stands upright, so the layout that lies is turned
   * @param {boolean} animate
   */
  put(layout, upright, animate) {
    const name = this.#known(layout) ? layout : "force";
    if (name === this.layout && upright === this.upright) return;
    [this.layout, this.upright] = [name, upright];
    cancelAnimationFrame(this.moving);
    const { things } = this.page;
    const target = this.#target();
    if (!animate || calm.matches || things.length > mostMoving) {
      for (const thing of things) [thing.x, thing.y] = [target[2 * thing.index], target[2 * thing.index + 1]];
      this.moved();
      return;
    }
    const from = Float64Array.from(things.flatMap((thing) => [thing.x, thing.y]));
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - start) / lasting));
      const eased = 1 - (1 - part) ** 3;
      for (const thing of things) {
        const at = 2 * thing.index;
        thing.x = from[at] + (target[at] - from[at]) * eased;
        thing.y = from[at + 1] + (target[at + 1] - from[at + 1]) * eased;
      }
      this.moved();
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  /** Whether x and y have changed places. */
  get turned() {
    return this.layout === "force" && this.upright;
  }

  #known(layout) {
    return this.page.layouts[layout]?.length === this.page.things.length;
  }

  /** Only the layout by forces has no up and down of its own, and may be turned. */
  #target() {
    if (this.layout !== "force") return Float64Array.from(this.page.layouts[this.layout].flat());
    if (!this.upright) return this.force;
    const turned = new Float64Array(this.force.length);
    for (let at = 0; at < turned.length; at += 2) [turned[at], turned[at + 1]] = [this.force[at + 1], this.force[at]];
    return turned;
  }
}
