// The map on screen: one canvas with the land, the ties of what stands out, the marks and the names.

import { Camera } from "./camera.js";
import { countryOf } from "./map_list.js";
import { isShown } from "./filters.js";
import { facetCounts } from "./counts.js";
import { currentFocus } from "./focus.js";
import { drawLand } from "./map_base.js";
import { boxAround, cornersOf, project, readLand, shapeAt } from "./map_land.js";
import { drawLines, drawMarks, isSeat, markAt, marksAt, townsOf } from "./map_marks.js";
import { drawMapNames } from "./map_names.js";
import { state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./camera.js").Point} Point */
/** @typedef {import("./map_land.js").Shape} Shape */
/** @typedef {import("./map_marks.js").Mark} Mark */

const nearest = 16;
const beyond = 60;

/** The canvas and what is on it. */
export class MapField {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {{insets: () => import("./camera.js").Insets, settled: () => void}} on
   *   what covers the borders, and what to do when the map has come to rest
   */
  constructor(element, page, on) {
    this.element = element;
    this.page = page;
    this.on = on;
    this.canvas = document.createElement("canvas");
    element.append(this.canvas);
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.land = readLand(page.outline, page.places);
    this.home = this.#homePoints();
    const { home, land } = this;
    const [first, last] = home;
    const farthest = land ? (0.75 * (last.x - first.x)) / (land.frame.right - land.frame.left) : 0.5;
    this.camera = new Camera(on.insets, () => this.draw(), { nearest, farthest: Math.min(0.6, farthest) });
    /** @type {Shape | null} */
    this.hoveredShape = null;
    /** @type {import("./map_marks.js").Town[]} */
    this.towns = [];
    /** @type {Map<string, number>} how many things each province and country has, by id */
    this.counts = new Map();
    /** @type {import("./focus.js").Focus | null} */
    this.focus = null;
    /** @type {Mark[]} */
    this.marks = [];
    /** @type {Map<Thing, Mark>} */
    this.markOf = new Map();
    /** @type {{shape: Shape, box: import("./map_land.js").Box}[]} where names of the land stand on screen */
    this.named = [];
    this.marksFor = "";
    this.waiting = 0;
    this.resting = 0;
    this.refocus();
  }

  /** What the map opens on: the region in which most things are, else all points. */
  #homePoints() {
    const placed = this.page.things.filter((thing) => thing.at);
    const counts = new Map();
    for (const { place } of placed) if (place?.region) counts.set(place.region, (counts.get(place.region) ?? 0) + 1);
    const region = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    const provinces = this.land?.shapes.filter((shape) => shape.province && region && shape.place?.region === region) ?? [];
    const points = provinces.length > 0 ? provinces.flatMap((shape) => cornersOf(shape.box)) : placed.map(({ at }) => project(/** @type {[number, number]} */ (at)));
    if (points.length === 0) return this.land ? cornersOf(this.land.frame) : [{ x: 6, y: -52 }, { x: 19, y: -40 }];
    const { left, top, right, bottom } = boxAround(points);
    const margin = right - left < 0.4 ? 0.3 : 0.05;
    return cornersOf({ left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin });
  }

  /** The element may have another size. */
  resize() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.camera.resize(clientWidth, clientHeight, this.home);
    this.drawNow();
  }

  /** Works out again what is shown and what stands out, and draws. */
  refocus() {
    this.towns = townsOf(this.page.things.filter(isShown));
    this.counts = new Map();
    for (const [id, { now }] of facetCounts(this.page, "province")) if (now > 0) this.counts.set(id, now);
    for (const thing of this.page.things) {
      const country = countryOf(thing);
      if (country && isShown(thing)) this.counts.set(country.id, (this.counts.get(country.id) ?? 0) + 1);
    }
    this.marksFor = "";
    this.restand();
  }

  /** Works out again what stands out, and draws. */
  restand() {
    this.focus = currentFocus(this.page);
    this.draw();
  }

  /** Draws with the next frame: all changes of one moment together. */
  draw() {
    if (this.waiting === 0) this.waiting = requestAnimationFrame(() => this.drawNow());
  }

  /** Draws. */
  drawNow() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const { camera, context, focus, land } = this;
    if (camera.width <= 1) return;
    this.#stay();
    const { view } = camera;
    this.#sharpen();
    context.clearRect(0, 0, view.width, view.height);
    this.#mark(view.scale);
    const inView = this.marks.filter((mark) => isNear(mark, view));
    if (land) drawLand(context, view, land, (shape) => this.#stateOf(shape));
    if (focus) drawLines(context, view, this.markOf, focus.ties);
    drawMarks(context, view, inView.toReversed(), focus, (mark) => this.isOpened(mark));
    this.named = drawMapNames(context, view, { marks: inView, land, counts: this.counts, focus });
    clearTimeout(this.resting);
    this.resting = setTimeout(this.on.settled, 120);
  }

  /** @returns {"chosen" | "hovered" | null} */
  #stateOf(shape) {
    if (shape.place && (state.chosen.province?.has(shape.place.id) || state.opened === shape.place.id)) return "chosen";
    return shape === this.hoveredShape ? "hovered" : null;
  }

  /** Whether a mark is what the list shows. */
  isOpened(mark) {
    return state.opened !== null && !mark.out && idsOf(mark) === state.opened;
  }

  /** The marks for a scale: made anew only when scale, towns or selection are others. */
  #mark(scale) {
    const key = `${scale} ${state.selected?.id}`;
    if (key === this.marksFor) return;
    this.marksFor = key;
    this.marks = marksAt(this.towns, scale, state.selected);
    this.markOf = new Map();
    for (const mark of this.marks) for (const thing of mark.things) if (isSeat(mark, thing)) this.markOf.set(thing, mark);
  }

  /** The middle of the screen stays on the land that is known. */
  #stay() {
    const { camera, land } = this;
    if (!land) return;
    const { left, right, top, bottom } = land.frame;
    const x = Math.min(right, Math.max(left, camera.centre.x));
    const y = Math.min(bottom, Math.max(top, camera.centre.y));
    if (x !== camera.centre.x || y !== camera.centre.y) camera.centre = { x, y };
  }

  /**
   * @param {Point} point of the screen
   * @param {number} reach how far beside a mark still counts
   */
  markAt(point, reach) {
    return markAt(this.marks, this.camera.view, point, reach);
  }

  /**
   * The province or country whose name, or land, is at a point of the screen, when there is anything to tell of it.
   * @param {Point} point
   */
  shapeAt({ x, y }) {
    const { left, top, scale } = this.camera.view;
    const isAt = ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    const named = this.named.find(isAt)?.shape;
    const shape = named ?? (this.land && shapeAt(this.land, { x: (x - left) / scale, y: (y - top) / scale }));
    return shape && this.isPlace(shape) ? shape : null;
  }

  /** Whether a shape is a place with something in it, or one to which the page is narrowed. */
  isPlace({ place, name }) {
    return place !== null && name !== "Italy" && (this.counts.has(place.id) || state.chosen.province?.has(place.id) === true);
  }

  /**
   * Where a thing is on the screen of the map; null when it has no place.
   * @param {Thing} thing
   * @returns {Point | null}
   */
  screenPos(thing) {
    const { view } = this.camera;
    this.#mark(view.scale);
    const mark = this.markOf.get(thing);
    return mark ? { x: mark.x + view.left, y: mark.y + view.top } : null;
  }

  /** @param {Thing} thing */
  sees(thing) {
    const at = this.screenPos(thing);
    if (!at) return false;
    const { inset, width, height } = this.camera.view;
    return at.x > inset.left && at.x < width - inset.right && at.y > inset.top && at.y < height - inset.bottom;
  }

  /** How many of the things at their towns are not on screen. */
  get outside() {
    const { view } = this.camera;
    const inFrame = ({ x, y }) => x + view.left >= 0 && x + view.left <= view.width && y + view.top >= 0 && y + view.top <= view.height;
    return [...this.markOf.values()].filter((mark) => !inFrame(mark)).length;
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

/** The ids of the places of a mark, as the address has them. @param {Mark} mark */
export const idsOf = (mark) => [...new Set(mark.towns.map((town) => town.place.id))].join(",");

function isNear({ x, y, r }, { left, top, width, height }) {
  const [sx, sy, far] = [x + left, y + top, r + beyond];
  return sx > -far && sy > -far && sx < width + far && sy < height + far;
}
