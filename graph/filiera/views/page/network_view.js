// The network view: the map of things and ties, what a pointer does on it, its tools and its buttons.

import { followArrows } from "./keyboard.js";
import { forgetNames } from "./names.js";
import { NetworkMap } from "./network.js";
import { toggleExpanded } from "./network_badges.js";
import { Mark } from "./network_mark.js";
import { NetworkTools } from "./network_tools.js";
import { followPointer } from "./pointer.js";
import { state } from "./state.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */

/** @typedef {import("./views.js").View} View */

/** @implements {View} */
export class NetworkView {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {import("./views.js").Actions} actions
   */
  constructor(element, page, actions) {
    this.tools = new NetworkTools(element);
    this.map = new NetworkMap(element.querySelector("#map"), page, actions.insets);
    this.tools.offer(this.map.places.layouts(), this.map.looks);
    this.map.mark = new Mark(this.map.element, this.map);
    followPointer(this.map, actions.select);
    followArrows(this.map, actions.select);
    const button = (id, press) => element.querySelector(id).addEventListener("click", press);
    button("#zoom-in", () => this.map.camera.zoomBy(1.5, undefined, true));
    button("#zoom-out", () => this.map.camera.zoomBy(1 / 1.5, undefined, true));
    button("#zoom-fit", () => this.map.fit());
  }

  show() {
    this.map.draw();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (changed.has("language")) forgetNames();
    this.tools.update(changed);
    if (changed.has("layout")) this.map.arrange(true);
    this.map.refocus(changed);
    if (changed.has("path") && state.path && state.path.ways.length > 0) {
      this.map.camera.show([...state.path.things], true);
    } else if (changed.has("steps") || changed.has("expanded")) {
      if (state.steps === null) this.map.fit();
      else this.map.camera.show(this.map.things, true);
    }
  }

  /**
   * To a thing with its neighbours; or to all of the path, or of the steps, that start there.
   * @param {Thing} thing
   * @param {boolean} animate
   */
  flyTo(thing, animate) {
    if (state.path) this.map.camera.show([...state.path.things], animate);
    else if (state.steps !== null) this.map.camera.show(this.map.things, animate);
    else this.map.flyTo(thing, animate);
  }

  /** @param {Thing} thing */
  bringIntoView(thing) {
    this.map.camera.bringIntoView(thing);
  }

  fit() {
    this.map.fit();
  }

  /** CSS pixels for one unit of the layout. */
  get scale() {
    return this.map.camera.scale;
  }

  /** @param {Thing} thing */
  screenPos(thing) {
    const box = this.map.element.getBoundingClientRect();
    const { view } = this.map.camera;
    return { x: screenX(thing, view) + box.left, y: screenY(thing, view) + box.top };
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "+") this.map.camera.zoomBy(1.4, undefined, true);
    else if (event.key === "-") this.map.camera.zoomBy(1 / 1.4, undefined, true);
    else if (event.key === "e") return this.#expand();
    else return false;
    return true;
  }

  /** Of what is pointed at, else of what is selected. */
  #expand() {
    const thing = state.hovered ?? state.selected;
    return thing !== null && toggleExpanded(thing);
  }
}
