// The network on screen: one canvas, drawn in layers, what stands out on top.

import { Camera } from "./camera.js";
import { currentFocus } from "./focus.js";
import { drawNames, forgetNames } from "./names.js";
import { isShown } from "./state.js";
import { drawThings, thingAt } from "./things.js";
import { drawTies, drawTiesInFocus, tieAt } from "./ties.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {{x: number, y: number}} Point CSS pixels of the element */

/** The network in its element. */
export class NetworkMap {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {() => import("./camera.js").Insets} insets what covers the borders of the element
   */
  constructor(element, page, insets) {
    this.element = element;
    this.page = page;
    this.canvas = document.createElement("canvas");
    element.append(this.canvas);
    this.context = this.canvas.getContext("2d");
    this.camera = new Camera(insets, () => this.draw());
    /** @type {import("./focus.js").Focus | null} */
    this.focus = null;
    this.upright = false;
    this.waiting = 0;
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(element);
  }

  /** Draws with the next frame: all changes of one moment together. */
  draw() {
    if (this.waiting === 0) this.waiting = requestAnimationFrame(() => this.drawNow());
  }

  /** Draws. */
  drawNow() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const { context, focus, page } = this;
    const { view } = this.camera;
    this.#sharpen();
    context.clearRect(0, 0, view.width, view.height);
    const shown = page.things.filter(isShown);
    drawTies(context, view, page, focus);
    if (focus) {
      drawThings(context, view, shown.filter((thing) => !focus.things.has(thing)), true);
      drawTiesInFocus(context, view, focus);
      drawThings(context, view, focus.things, false);
    } else {
      drawThings(context, view, shown, false);
    }
    drawNames(context, view, page, focus);
  }

  /** Works out again what is shown and what stands out, and draws. */
  refocus() {
    this.focus = currentFocus(this.page);
    forgetNames();
    this.draw();
  }

  /**
   * The whole network, as large as it fits.
   * @param {boolean} [animate]
   */
  fit(animate = true) {
    const shown = this.page.things.filter(isShown);
    this.camera.showAll(shown.length > 0 ? shown : this.page.things, animate);
  }

  /**
   * A thing with its neighbours.
   * @param {Thing} thing
   * @param {boolean} [animate]
   */
  flyTo(thing, animate = true) {
    this.camera.flyTo(thing, [...thing.neighbours].filter(isShown), animate);
  }

  /**
   * @param {Point} point
   * @param {number} reach how far beside its border still counts
   */
  thingAt(point, reach) {
    return thingAt(this.page.things, this.camera.view, point, reach);
  }

  /** @param {Point} point */
  tieAt(point) {
    return tieAt(this.page, this.camera.view, this.focus, point);
  }

  #resize() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#turn(clientHeight > clientWidth * 1.1);
    this.camera.resize(clientWidth, clientHeight, this.page.things);
    forgetNames();
    this.draw();
  }

  /** The layout lies; where the element stands upright, so does the layout. */
  #turn(upright) {
    if (upright === this.upright) return;
    this.upright = upright;
    for (const thing of this.page.things) [thing.x, thing.y] = [thing.y, thing.x];
  }

  /** As many pixels as the screen has. */
  #sharpen() {
    const { width, height } = this.camera;
    const ratio = window.devicePixelRatio || 1;
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== tall) {
      this.canvas.width = wide;
      this.canvas.height = tall;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
}
