// The first frame of a very large network: its communities, while all of its data is on its way.

import { Camera } from "./camera.js";
import { followGestures } from "./gestures.js";
import { inLanguage, number, onLanguage, say } from "./language.js";
import { notice } from "./messages.js";
import { bubbleAt, corners, drawBubbles, nameBubbles } from "./network_communities.js";
import { Mark } from "./network_mark.js";
import { onTheme } from "./theme.js";

/** @typedef {import("./network_communities.js").Bubble} Bubble */
/** @typedef {import("./network_communities.js").Bundle} Bundle */

/** Whether the address asks for no more than the network as a whole: then its overview says it. */
export const isWanted = () => ["", "#", "#/", "#/network"].includes(location.hash);

/** The communities as they are drawn until the page knows what is in them. */
export class Overview {
  /** @param {any} raw the data of the overview */
  constructor(raw) {
    /** @type {Bubble[]} */
    this.discs = raw.communities.map(({ label, count, apart, x, y, r }, id) => ({ ...{ id, label, count, whole: count, apart: apart !== undefined, open: false }, x, y, r }));
    this.bubbles = this.discs.toSorted((a, b) => b.r - a.r);
    /** @type {Bundle[]} */
    this.bundles = raw.bundles.map(([from, to, count]) => ({ from: this.discs[from], to: this.discs[to], count }));
    /** @type {Bubble | null} what a person has chosen, to be opened as soon as it can be */
    this.wanted = null;
    this.making = false;
    this.section = /** @type {HTMLElement} */ (document.querySelector("#view-network"));
    this.section.hidden = false;
    this.element = document.createElement("div");
    this.element.className = "overview";
    this.element.setAttribute("role", "img");
    this.canvas = document.createElement("canvas");
    this.element.append(this.canvas);
    const map = /** @type {HTMLElement} */ (this.section.querySelector("#map"));
    map.append(this.element);
    this.camera = new Camera(() => ({ left: 0, right: 0, top: 0, bottom: 0 }), () => this.draw());
    this.mark = new Mark(map, this);
    followGestures(this.element, this.camera, {
      hover: (point) => (this.element.style.cursor = bubbleAt(this.bubbles, this.camera.view, point) ? "pointer" : ""),
      leave: () => {},
      tap: (point) => {
        this.mark.to(null);
        this.#want(bubbleAt(this.bubbles, this.camera.view, point));
      },
      twice: (point) => this.camera.zoomBy(1.8, point, true),
    });
    this.sizes = new ResizeObserver(() => this.#resize());
    this.sizes.observe(this.element);
    this.#resize();
    this.#say();
    onLanguage(() => this.#again());
    onTheme(() => this.#again());
  }

  /** The server is still making the rest, or is sending it. @param {boolean} making */
  tell(making) {
    this.making = making;
    this.#say();
  }

  /** Leaves its place to the network itself. */
  end() {
    this.sizes.disconnect();
    this.element.remove();
    notice("");
  }

  /** What arrows go among, until the network itself is here. */
  get inReach() {
    return this.element.isConnected ? this.bubbles : [];
  }

  /** @param {Bubble} bubble */
  open(bubble) {
    this.#want(bubble);
    return true;
  }

  fold() {
    if (!this.wanted) return false;
    this.#want(null);
    return true;
  }

  #again() {
    if (this.element.isConnected) this.#say();
    this.draw();
  }

  #want(bubble) {
    this.wanted = bubble;
    this.#say();
  }

  #say() {
    const coming = say(this.making ? "overviewMaking" : "overviewComing");
    notice(this.wanted ? `${say("overviewWanted", { name: inLanguage(this.wanted.label) })} ${coming}` : coming);
    const largest = this.bubbles.slice(0, 8).map(({ label, count }) => `${inLanguage(label)}: ${number(count)}`);
    this.element.setAttribute("aria-label", `${say("overviewOf", { n: this.discs.length })} ${largest.join("; ")}.`);
  }

  #resize() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0) return;
    const ratio = devicePixelRatio || 1;
    [this.canvas.width, this.canvas.height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    const upright = clientHeight > clientWidth * 1.1;
    if (upright !== this.turned) for (const disc of this.discs) [disc.x, disc.y] = this.turned === undefined && !upright ? [disc.x, disc.y] : [disc.y, disc.x];
    this.turned = upright;
    this.camera.resize(clientWidth, clientHeight, corners(this.discs));
    this.draw();
  }

  /** Draws, while it is in view. */
  draw() {
    if (!this.element.isConnected) return;
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const { view } = this.camera;
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    drawBubbles(context, view, this, false);
    nameBubbles(context, view, this.bubbles);
    this.mark.draw(context, view);
  }
}
