// The network on screen: one canvas, drawn in layers, what stands out on top.

import { Camera } from "./camera.js";
import { currentFocus } from "./focus.js";
import { drawNames, forgetNames } from "./names.js";
import { isShown, isTieShown } from "./filters.js";
import { badgeAt, badgesOf, badgesWithRoom, drawBadges } from "./network_badges.js";
import { bubbleAt, corners, drawBubbles, foldCommunity, foldedOf, isFolding, nameBubbles, openCommunity } from "./network_communities.js";
import { Grid } from "./network_grid.js";
import { groupsOf } from "./network_groups.js";
import { looksOf } from "./network_looks.js";
import { Picture } from "./network_picture.js";
import { Places } from "./network_places.js";
import { state } from "./state.js";
import { drawThings } from "./things.js";
import { drawPointed, drawTies, drawTiesInFocus, tieAt } from "./ties.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {{x: number, y: number}} Point CSS pixels of the element */

/** More than this cannot be drawn anew in every frame. */
const mostDrawn = { things: 3000, ties: 5000 };

/** What changes only what stands out, and not what is shown or how. */
const passing = new Set(["hovered", "hoveredTie", "query", "found", "spotlight", "picking"]);

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
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.camera = new Camera(insets, () => this.draw());
    this.looks = looksOf(page);
    this.places = new Places(page, () => this.#rearranged());
    this.picture = new Picture();
    /** @type {import("./focus.js").Focus | null} */
    this.focus = null;
    /** @type {ReturnType<typeof foldedOf> | null} the communities that are still bubbles */
    this.folded = null;
    /** @type {Thing[]} what is shown */
    this.things = [];
    /** @type {Tie[]} */
    this.ties = [];
    /** finds what is under the pointer */
    this.grid = new Grid([], []);
    /** @type {Thing[]} what is shown and does not stand out */
    this.restingThings = [];
    /** @type {Tie[]} */
    this.restingTies = [];
    /** @type {import("./network_badges.js").Badge[]} */
    this.badges = [];
    /** @type {import("./network_badges.js").Badge[]} those that have room */
    this.drawnBadges = [];
    /** @type {import("./names.js").Shown} */
    this.named = { ranked: [], ties: [], groups: [], taken: [] };
    /** @type {import("./network_mark.js").Mark | null} where communities are gone through by keyboard */
    this.mark = null;
    this.waiting = 0;
    if (isFolding(page)) this.folded = foldedOf(page, this.places.turned);
    this.resize();
    this.refocus();
    new ResizeObserver(() => this.resize()).observe(element);
  }

  /** Draws with the next frame: all changes of one moment together. */
  draw() {
    if (this.waiting === 0) this.waiting = requestAnimationFrame(() => this.drawNow());
  }

  /** Draws. */
  drawNow() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const { context, focus } = this;
    const { view } = this.camera;
    const { hues } = this.looks;
    this.#sharpen();
    context.clearRect(0, 0, view.width, view.height);
    if (this.folded) {
      drawBubbles(context, view, this.folded, focus !== null);
    }
    // A context that writes a drawing down takes no pixels.
    if (this.isLarge && "drawImage" in context) {
      const more = this.picture.draw(context, view, this.things, this.ties, hues, focus !== null);
      if (more) this.draw();
    } else {
      drawTies(context, view, this.restingTies, focus !== null, this.places.layout !== "force");
      if (!focus) drawPointed(context, view, focus);
      drawThings(context, view, this.restingThings, hues, focus !== null);
    }
    if (focus) {
      drawTiesInFocus(context, view, focus);
      drawPointed(context, view, focus);
      drawThings(context, view, focus.things, hues, false);
    }
    const { badges, boxes } = badgesWithRoom(this.badges, view);
    this.named.taken = boxes;
    drawNames(context, view, this.named, focus);
    if (this.folded && !focus) nameBubbles(context, view, this.folded.bubbles);
    drawBadges(context, view, badges);
    this.drawnBadges = badges;
    this.mark?.draw(context, view);
  }

  /**
   * Works out again what is shown and what stands out, and draws.
   * @param {Set<string>} [changed] what has changed of the state; everything when it is not told
   */
  refocus(changed) {
    const { page } = this;
    this.looks.settle();
    if (!changed || [...changed].some((name) => !passing.has(name))) {
      this.folded = isFolding(page) ? foldedOf(page, this.places.turned) : null;
      const isFolded = this.folded?.isFolded ?? (() => false);
      const { folded } = this;
      this.things = page.things.filter((thing) => isShown(thing) && !isFolded(thing));
      this.ties = page.ties.filter((tie) => isTieShown(tie) && !(folded && (isFolded(tie.from) || isFolded(tie.to))));
      this.isLarge = this.things.length > mostDrawn.things || this.ties.length > mostDrawn.ties;
      this.grid = new Grid(this.things, this.ties);
      this.badges = badgesOf(this.things);
      this.named = {
        ranked: page.ranked.filter((thing) => isShown(thing) && !isFolded(thing)),
        ties: this.ties,
        groups: this.folded ? [] : groupsOf(page, this.places.layout),
        taken: [],
      };
      this.picture.forget();
    }
    this.focus = this.#unfolded(currentFocus(page));
    const { focus } = this;
    this.restingThings = focus && !this.isLarge ? this.things.filter((thing) => !focus.things.has(thing)) : this.things;
    this.restingTies = focus && !this.isLarge ? this.ties.filter((tie) => !focus.ties.has(tie)) : this.ties;
    forgetNames();
    if (changed?.has("selected")) this.mark?.follow(state.selected);
    this.draw();
  }

  /** Nothing stands out that is inside a bubble. */
  #unfolded(focus) {
    const { folded } = this;
    if (!focus || !folded) return focus;
    for (const thing of focus.things) if (folded.isFolded(thing)) focus.things.delete(thing);
    for (const tie of focus.ties) if (folded.isFolded(tie.from) || folded.isFolded(tie.to)) focus.ties.delete(tie);
    return focus;
  }

  /**
   * Puts things where the layout of the state has them.
   * @param {boolean} animate
   */
  arrange(animate) {
    const { clientWidth, clientHeight } = this.element;
    this.places.put(state.layout, clientHeight > clientWidth * 1.1, animate);
  }

  /**
   * The whole network, as large as it fits.
   * @param {boolean} [animate]
   */
  fit(animate = true) {
    this.camera.showAll(this.things.length > 0 && !this.folded ? this.things : this.#everything, animate);
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
    return this.grid.thingAt(this.camera.view, point, reach);
  }

  /** @param {Point} point */
  tieAt(point) {
    const { view } = this.camera;
    if (this.focus) return tieAt(this.focus.ties, view, point);
    return this.isLarge ? this.grid.tieAt(view, point) : tieAt(this.ties, view, point);
  }

  /**
   * The thing whose mark for hidden neighbours is there.
   * @param {Point} point
   * @param {number} reach
   */
  badgeAt(point, reach) {
    return badgeAt(this.drawnBadges, this.camera.view, point, reach);
  }

  /**
   * The community whose bubble is there.
   * @param {Point} point
   */
  bubbleAt(point) {
    return this.folded && bubbleAt(this.folded.bubbles, this.camera.view, point);
  }

  /** The communities among which arrows go: with a thing selected they go among its neighbours. */
  get inReach() {
    return this.folded && !state.selected && !state.found ? this.folded.shown : [];
  }

  /** What Enter selects: the first thing of the community that is marked, else what the page is about. */
  get first() {
    const bubble = this.mark?.bubble;
    return bubble ? this.named.ranked.find(({ community }) => community === bubble.id) : this.page.focus;
  }

  /** @param {import("./network_communities.js").Bubble} bubble */
  open(bubble) {
    if (bubble.open) return false;
    openCommunity(bubble);
    this.camera.show(corners([bubble]), true, 10);
    this.mark?.tell();
    return true;
  }

  /** @param {import("./network_communities.js").Bubble} bubble */
  fold(bubble) {
    if (!bubble.open) return false;
    foldCommunity(bubble);
    this.mark?.tell();
    return true;
  }

  /** What is in view when the whole network is. */
  get #everything() {
    return this.folded ? corners(this.folded.discs) : this.page.things;
  }

  #rearranged() {
    this.grid = new Grid(this.things, this.ties);
    this.camera.whole = true;
    if (this.folded) this.folded = foldedOf(this.page, this.places.turned);
    this.camera.resize(this.camera.width, this.camera.height, this.#everything, this.page.things.length);
    this.named.groups = this.folded ? [] : groupsOf(this.page, this.places.layout);
    this.picture.forget();
    forgetNames();
    this.draw();
  }

  /** Takes the size of its element. */
  resize() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.arrange(false);
    this.camera.resize(clientWidth, clientHeight, this.#everything, this.page.things.length);
    forgetNames();
    this.drawNow();
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
