// The keyboard: everything a pointer can do.

import { isShown } from "./filters.js";
import { change, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

const directions = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Keys that work everywhere.
 * @param {import("./views.js").Views} views
 * @param {import("./search.js").Search} search
 * @param {(thing: Thing | null) => void} select
 * @param {Record<string, () => void>} also what other keys do; of "/" what it does first
 */
export function followKeyboard(views, search, select, also) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const view = views.names[Number(event.key) - 1];
    if (event.key === "/") {
      also["/"]();
      search.input.focus();
      search.input.select();
    } else if (event.key === "Escape") {
      if (state.found) search.clear();
      else if (state.picking) change({ picking: false });
      else if (state.to) change({ to: null });
      else select(null);
    } else if (event.key === "f" && views.current.fit) {
      views.current.fit();
    } else if (also[event.key]) {
      also[event.key]();
    } else if (view) {
      change({ view });
    } else if (!views.current.key?.(event)) {
      return;
    }
    event.preventDefault();
  });
}

/** Whether keys are text here: a range is not written into. */
function isWriting(target) {
  if (target instanceof HTMLInputElement) return target.type !== "range" && target.type !== "checkbox";
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/**
 * Arrows on the map: to the neighbour that lies there, or the view moves.
 * @param {import("./network.js").NetworkMap} map
 * @param {(thing: Thing | null) => void} select
 */
export function followArrows(map, select) {
  map.element.addEventListener("keydown", (event) => {
    const direction = directions[event.key];
    if (event.key === "Enter" && !state.selected && map.page.focus) select(map.page.focus);
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = state.selected && neighbourToward(state.selected, direction);
    if (next) select(next);
    else map.camera.panBy(-90 * direction[0], -90 * direction[1]);
  });
}

/**
 * The neighbour that lies most in a direction.
 * @param {Thing} thing
 * @param {number[]} direction
 * @returns {Thing | null}
 */
function neighbourToward(thing, [dx, dy]) {
  /** @type {Thing | null} */
  let nearest = null;
  let best = Infinity;
  for (const other of thing.neighbours) {
    if (other === thing || !isShown(other)) continue;
    const along = (other.x - thing.x) * dx + (other.y - thing.y) * dy;
    const aside = Math.abs((other.x - thing.x) * dy) + Math.abs((other.y - thing.y) * dx);
    if (along <= 0 || aside > along * 1.2) continue;
    const cost = Math.hypot(along, aside * 2);
    if (cost < best) {
      best = cost;
      nearest = other;
    }
  }
  return nearest;
}
