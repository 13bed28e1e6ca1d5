// The map view: organisations at their towns, provinces to narrow to, and the truth on those that have no place.

import { make } from "./dom.js";
import { isShown, isTieShown } from "./filters.js";
import { followGestures } from "./gestures.js";
import { inLanguage, say } from "./language.js";
import { MapField, idsOf } from "./map_field.js";
import { followMapKeys, mapKeys } from "./map_keys.js";
import { boxAround, cornersOf, project } from "./map_land.js";
import { abroad, homeCountry, isAbroad, listCard, listed, nowhere } from "./map_list.js";
import { markName, shapeName } from "./map_names.js";
import { change, choose, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./map_land.js").Shape} Shape */
/** @typedef {import("./map_marks.js").Mark} Mark */
/** @typedef {import("./views.js").View} View */

const mouseReach = 4;
const fingerReach = 20;
const deciding = ["hidden", "chosen", "steps", "moment", "selected", "language"];
const nearRegion = 2.6;
const mostNames = 4;
/** What a list may leave of the map, in CSS pixels, before it lies over it. */
const leastWidth = 200;

/** @implements {View} */
export class MapView {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {import("./views.js").Actions} actions
   */
  constructor(element, page, actions) {
    this.element = element;
    this.page = page;
    this.actions = actions;
    this.homeCountry = homeCountry(page);
    element.classList.add("map-view");
    this.bar = make("header", { class: "map-bar" });
    this.ground = make("div", { class: "map-ground", tabindex: "0", role: "application" });
    this.keys = make("div", { class: "map-keys" });
    this.zoom = make("div", { class: "map-zoom" });
    this.hint = make("p", { class: "map-hint", hidden: true });
    this.note = make("p", { class: "map-note", role: "status", hidden: true });
    this.side = make("div", { class: "map-side" });
    const field = make("div", { class: "map-field" }, this.ground, this.zoom, this.note, this.keys, this.hint, this.side);
    element.append(this.bar, field);
    this.field = new MapField(this.ground, page, { insets: () => this.#insets(), settled: () => this.#settled() });
    followGestures(this.ground, this.field.camera, {
      hover: (point) => this.#hover(point),
      leave: () => this.#leave(),
      tap: (point, finger) => this.#tap(point, finger),
      twice: (point) => this.field.camera.zoomBy(1.8, point, true),
    });
    followMapKeys(this.ground, this.field, actions.select);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || (state.opened === null && !state.chosen.province)) return;
      event.preventDefault();
      this.#close();
    });
    new ResizeObserver(() => this.field.resize()).observe(this.ground);
    this.#label();
    this.#list();
    this.field.resize();
    this.#showWhatIsAsked(false);
  }

  show() {
    this.field.resize();
  }

  hide() {
    this.#leave();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (changed.has("language")) this.#label();
    if (deciding.some((name) => changed.has(name))) this.field.refocus();
    else this.field.restand();
    if (changed.has("opened") || deciding.some((name) => changed.has(name))) this.#list();
    if (changed.has("chosen") || changed.has("opened")) this.#showWhatIsAsked(true);
    if (changed.has("theme")) this.field.drawNow();
    this.#sayBar();
  }

  /**
   * @param {Thing} thing
   * @param {boolean} animate
   */
  flyTo(thing, animate) {
    if (!thing.at) return;
    if (this.field.sees(thing)) {
      this.bringIntoView(thing);
      return;
    }
    const around = [thing, ...thing.neighbours].filter((other) => other.at && isShown(other));
    this.#showPoints(around.map((other) => project(/** @type {[number, number]} */ (other.at))), animate, 1.6);
  }

  /** @param {Thing} thing */
  bringIntoView(thing) {
    if (thing.at) this.field.camera.bringIntoView(project(thing.at));
  }

  fit() {
    const shapes = this.#chosenShapes();
    if (shapes.length > 0) this.#showPoints(shapes.flatMap((shape) => cornersOf(shape.box)), true, nearRegion);
    else this.field.camera.showAll(this.field.home, true);
  }

  get scale() {
    return this.field.camera.scale;
  }

  /** @param {Thing} thing */
  screenPos(thing) {
    const at = this.field.screenPos(thing);
    const box = this.ground.getBoundingClientRect();
    return at && { x: at.x + box.left, y: at.y + box.top };
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "+") this.field.camera.zoomBy(1.4, undefined, true);
    else if (event.key === "-") this.field.camera.zoomBy(1 / 1.4, undefined, true);
    else return false;
    return true;
  }

  #insets() {
    const insets = this.actions.insets();
    const card = this.side?.firstElementChild;
    if (!(card instanceof HTMLElement) || card.offsetHeight === 0) return insets;
    const below = card.offsetWidth > this.ground.clientWidth * 0.8;
    if (below) return { ...insets, bottom: Math.max(insets.bottom, card.offsetHeight) };
    const left = card.offsetWidth + card.offsetLeft;
    return this.ground.clientWidth - left - insets.right < leastWidth ? insets : { ...insets, left };
  }

  #chosenShapes() {
    const ids = state.chosen.province;
    return this.field.land?.shapes.filter((shape) => shape.province && shape.place && ids?.has(shape.place.id)) ?? [];
  }

  /** Moves to what the list is of, when it lies elsewhere. */
  #showWhatIsAsked(animate) {
    const { land, camera, home } = this.field;
    if (state.opened === abroad && land) {
      this.#showPoints(cornersOf(land.frame), animate, 1);
      return;
    }
    const shapes = this.#chosenShapes();
    const asked = shapes.map((shape) => shape.place?.id).join(",");
    if (asked === this.asked) return;
    if (shapes.length > 0) this.#showPoints(shapes.flatMap((shape) => cornersOf(shape.box)), animate, nearRegion);
    else if (this.asked) camera.showAll(home, animate);
    this.asked = asked;
  }

  #showPoints(points, animate, most) {
    this.field.camera.showAll(points, animate, most);
    this.field.camera.whole = false;
  }

  #tap(point, finger) {
    const mark = this.field.markAt(point, finger ? fingerReach : mouseReach);
    if (mark) {
      this.#openMark(mark);
    } else if (state.opened !== null && state.opened !== abroad) {
      change({ opened: null });
    } else if (state.selected) {
      this.actions.select(null);
    } else {
      const shape = this.field.shapeAt(point);
      if (shape) this.#openShape(shape);
    }
  }

  /** @param {Mark} mark */
  #openMark(mark) {
    if (mark.things.length === 1) this.actions.select(mark.things[0]);
    else change({ opened: this.field.isOpened(mark) ? null : idsOf(mark) });
  }

  /** @param {Shape} shape */
  #openShape({ province, place }) {
    if (!place) return;
    if (!province) change({ opened: state.opened === place.id ? null : place.id });
    else choose("province", state.chosen.province?.has(place.id) ? [] : [place.id]);
  }

  #close() {
    if (state.opened === null) choose("province", []);
    else change({ opened: null });
    this.ground.focus({ preventScroll: true });
  }

  #hover(point) {
    const { field } = this;
    const mark = field.markAt(point, mouseReach);
    const shape = mark ? null : field.shapeAt(point);
    const thing = mark?.things.length === 1 ? mark.things[0] : null;
    this.ground.style.cursor = mark || shape ? "pointer" : "";
    if (field.hoveredShape !== shape) {
      field.hoveredShape = shape;
      field.draw();
    }
    change({ hovered: thing });
    this.#tell(point, mark ? this.#markSaid(mark) : shape ? this.#shapeSaid(shape) : "");
  }

  #leave() {
    this.hint.hidden = true;
    this.field.hoveredShape = null;
    change({ hovered: null });
    this.field.draw();
  }

  /** @param {Mark} mark */
  #markSaid(mark) {
    const [thing] = mark.things;
    if (mark.things.length > 1) {
      const names = mark.towns.map((town) => inLanguage(town.place.label));
      const name = [...names.slice(0, mostNames), ...(names.length > mostNames ? ["…"] : [])].join(", ");
      return say("mapMark", { name, n: mark.things.length });
    }
    return [inLanguage(thing.label), thing.place && inLanguage(thing.place.label)].filter(Boolean).join(" · ");
  }

  /** @param {Shape} shape */
  #shapeSaid(shape) {
    return say("mapShape", { name: shapeName(shape), n: this.field.counts.get(shape.place?.id ?? "") ?? 0 });
  }

  #tell(point, text) {
    this.hint.hidden = text === "";
    this.hint.textContent = text;
    const x = Math.min(point.x + 14, this.ground.clientWidth - this.hint.offsetWidth - 8);
    const y = point.y + 18 + this.hint.offsetHeight > this.ground.clientHeight ? point.y - this.hint.offsetHeight - 10 : point.y + 18;
    this.hint.style.transform = `translate(${Math.max(8, x)}px, ${y}px)`;
  }

  /** The map has come to rest: what can be reached by keyboard, and what the bar counts, follow. */
  #settled() {
    if (this.element.hidden) return;
    mapKeys(this.keys, this.field, {
      mark: (mark) => ({ key: mark.things.length === 1 ? `thing:${mark.things[0].id}` : `town:${idsOf(mark)}`, name: this.#markSaid(mark), press: () => this.#openMark(mark), expanded: mark.things.length > 1 ? this.field.isOpened(mark) : null }),
      shape: (shape) => ({ key: `shape:${shape.place?.id}`, name: this.#shapeSaid(shape), press: () => this.#openShape(shape), pressed: shape.province ? state.chosen.province?.has(shape.place?.id ?? "") === true : state.opened === shape.place?.id }),
    });
    this.#sayBar();
  }

  #label() {
    const { camera } = this.field;
    this.ground.setAttribute("aria-label", `${say("mapLabel")}. ${say("mapKeys")}`);
    const button = (name, word, d, press) => {
      const made = make("button", { type: "button", class: "icon", "data-zoom": name, "aria-label": say(word), title: say(word), onclick: press });
      made.append(drawn(d));
      return made;
    };
    this.zoom.replaceChildren(
      button("in", "zoomIn", "M10 4.5v11M4.5 10h11", () => camera.zoomBy(1.5, undefined, true)),
      button("out", "zoomOut", "M4.5 10h11", () => camera.zoomBy(1 / 1.5, undefined, true)),
      button("fit", "mapWhole", "M4 8V4h4m4 0h4v4m0 4v4h-4m-4 0H4v-4", () => this.fit()),
    );
  }

  #list() {
    const list = listed(this.page, this.homeCountry);
    const before = /** @type {HTMLElement | null} */ (this.side.firstElementChild);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const had = before?.contains(focused) ? (focused?.dataset.thing ?? focused?.dataset.key ?? "title") : null;
    const scrolled = before?.dataset.list === list?.key ? (before?.querySelector(".map-list-body")?.scrollTop ?? 0) : 0;
    const unfolded = before?.dataset.list === list?.key ? [...(before?.querySelectorAll("details[open]") ?? [])].map((one) => one.getAttribute("data-group")) : [];
    this.side.replaceChildren(...(list ? [listCard(list)] : []));
    for (const one of this.side.querySelectorAll("details")) one.open = unfolded.includes(one.dataset.group ?? "");
    const body = this.side.querySelector(".map-list-body");
    if (body) body.scrollTop = scrolled;
    if (had === null) return;
    const again = this.side.querySelector(`[data-thing="${CSS.escape(had)}"], [data-key="${CSS.escape(had)}"]`) ?? this.side.querySelector("h2") ?? this.ground;
    /** @type {HTMLElement} */ (again).focus({ preventScroll: true });
  }

  /** How many are on the map, and where the others are. */
  #sayBar() {
    const shown = this.page.things.filter(isShown);
    const placed = shown.filter((thing) => thing.at).length;
    const out = this.field.outside;
    const away = shown.filter((thing) => isAbroad(thing, this.homeCountry)).length;
    const open = (word, id, n) =>
      n > 0 &&
      make(
        "button",
        { type: "button", class: "text-button", "data-key": id, "aria-expanded": String(state.opened === id), onclick: () => change({ opened: state.opened === id ? null : id }) },
        say(word, { n }),
      );
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = this.bar.contains(focused) ? focused?.dataset.key : undefined;
    const parts = [
      make("span", {}, placed > 0 ? say("mapAtTown", { n: placed }) : say("mapNone")),
      out > 0 && make("button", { type: "button", class: "text-button", "data-key": "outside", onclick: () => this.#showAllTowns() }, say("mapOutside", { n: out })),
      open("mapNowhere", nowhere, shown.length - placed),
      open("mapAbroad", abroad, away),
    ];
    this.bar.replaceChildren(...parts.filter((part) => part instanceof Node).map((part) => make("span", { class: "map-count" }, part)));
    const said = this.#selectedSaid();
    this.note.hidden = said === "";
    if (this.note.textContent !== said) this.note.textContent = said;
    if (key) /** @type {HTMLElement | null} */ (this.bar.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
  }

  #showAllTowns() {
    const points = this.field.towns.map((town) => town.point);
    this.#showPoints(cornersOf(boxAround(points)), true, nearRegion);
  }

  /** What the map cannot show of the selection. */
  #selectedSaid() {
    const { selected } = state;
    if (!selected) return "";
    const name = inLanguage(selected.label);
    if (!selected.at) return selected.place ? say("mapNotHereBut", { name, place: inLanguage(selected.place.label) }) : say("mapNotHere", { name });
    const n = selected.ties.filter((tie) => isTieShown(tie) && !(tie.from === selected ? tie.to : tie.from).at).length;
    return n > 0 ? say("mapTiesNotHere", { n }) : "";
  }
}

function drawn(d) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
