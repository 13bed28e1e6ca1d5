// The picture of a very large network: made little by little, and moved about until the next is ready.
// So the map follows the hand at once, however long it takes to draw everything.

import { stampThings } from "./things.js";
import { drawManyTies } from "./ties.js";
import { colour } from "./theme.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./view.js").View} View */

/** Milliseconds of each frame that go into the next picture. */
const share = 9;
/** Ties and things drawn before the clock is looked at. */
const portion = 1000;
/** How much more than the map a picture shows on each side, as a part of the map. */
const margin = 0.15;

/** A picture, the view it was taken of, and how far it reaches beyond. @typedef {{canvas: HTMLCanvasElement, view: View, aside: number, above: number}} Shot */

/** The ready picture, and the one that is being made. */
export class Picture {
  constructor() {
    /** @type {Shot | null} */
    this.ready = null;
    /** @type {Shot | null} */
    this.next = null;
    /** @type {Generator<void> | null} */
    this.work = null;
    this.stale = true;
  }

  /** What is shown, or how, has changed. */
  forget() {
    this.stale = true;
    this.work = null;
  }

  /**
   * Draws what is ready, and goes on with what is not.
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {Thing[]} things
   * @param {Tie[]} ties
   * @param {Uint8Array} hues
   * @param {boolean} back whether everything steps back
   * @returns {boolean} whether there is more to do in the next frame
   */
  draw(context, view, things, ties, hues, back) {
    const ratio = context.getTransform().a;
    if (!this.work && (this.stale || !this.ready || !fits(this.ready, view))) this.#begin(view, things, ties, hues, ratio);
    this.#proceed();
    context.globalAlpha = back ? 0.22 : 1;
    if (this.ready) paste(context, this.ready, view);
    points(context, view, things, hues, this.ready);
    context.globalAlpha = 1;
    return this.work !== null;
  }

  #begin(view, things, ties, hues, ratio) {
    const [aside, above] = [Math.round(view.width * margin), Math.round(view.height * margin)];
    const wider = {
      ...view,
      width: view.width + 2 * aside,
      height: view.height + 2 * above,
      left: view.left + aside,
      top: view.top + above,
    };
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(wider.width * ratio);
    canvas.height = Math.round(wider.height * ratio);
    // Drawn by the processor, a portion is done when it is drawn, and takes no time of a later frame.
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.next = { canvas, view, aside, above };
    this.stale = false;
    this.work = draw(context, wider, things, ties, hues);
  }

  #proceed() {
    if (!this.work) return;
    const end = performance.now() + share;
    do {
      if (this.work.next().done) {
        [this.ready, this.next, this.work] = [this.next, null, null];
        return;
      }
    } while (performance.now() < end);
  }
}

/** Whether a picture, with its margin, shows all of a view at its own scale. */
function fits(shot, view) {
  const { left, top, right, bottom } = edges(shot, view);
  return shot.view.scale === view.scale && left <= 0 && top <= 0 && right >= view.width && bottom >= view.height;
}

/** Where the borders of a picture are in a view. */
function edges(shot, view) {
  const scale = view.scale / shot.view.scale;
  const left = view.left - (shot.view.left + shot.aside) * scale;
  const top = view.top - (shot.view.top + shot.above) * scale;
  const right = left + (shot.view.width + 2 * shot.aside) * scale;
  return { left, top, right, bottom: top + (shot.view.height + 2 * shot.above) * scale };
}

function paste(context, shot, view) {
  const { left, top, right, bottom } = edges(shot, view);
  context.drawImage(shot.canvas, left, top, right - left, bottom - top);
}

/** What the picture does not show yet, as mere points. */
function points(context, view, things, hues, shot) {
  const covered = shot && edges(shot, view);
  if (covered && covered.left <= 0 && covered.top <= 0 && covered.right >= view.width && covered.bottom >= view.height) return;
  let hue = -1;
  for (const thing of things) {
    const x = screenX(thing, view);
    const y = screenY(thing, view);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    if (covered && x > covered.left && x < covered.right && y > covered.top && y < covered.bottom) continue;
    if (hues[thing.index] !== hue) {
      hue = hues[thing.index];
      context.fillStyle = colour(`hue-${hue}`);
    }
    context.fillRect(Math.round(x) - 2, Math.round(y) - 2, 4, 4);
  }
}

/** @returns {Generator<void>} */
function* draw(context, view, things, ties, hues) {
  for (let start = 0; start < ties.length; start += portion) {
    drawManyTies(context, view, ties, start, Math.min(ties.length, start + portion));
    context.getImageData(0, 0, 1, 1);
    yield;
  }
  for (let start = 0; start < things.length; start += portion) {
    stampThings(context, view, things, start, Math.min(things.length, start + portion), hues);
    context.getImageData(0, 0, 1, 1);
    yield;
  }
}
