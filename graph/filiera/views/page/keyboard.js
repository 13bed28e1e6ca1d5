// The keyboard: everything a pointer can do.

import { isShown } from "./filters.js";
import { change, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

export const directions = {
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
 * Arrows on the map: to the neighbour that lies there, or the view moves; with Shift it always does.
 * @param {import("./network.js").NetworkMap} map
 * @param {(thing: Thing | null) => void} select
 */
export function followArrows(map, select) {
  map.element.addEventListener("keydown", (event) => {
    const direction = directions[event.key];
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && !state.selected && map.first) select(map.first);
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = !event.shiftKey && state.selected && neighbourToward(state.selected, direction);
    if (next) select(next);
    else map.camera.panBy(-90 * direction[0], -90 * direction[1]);
  });
}

/**
 * The neighbour that lies most in a direction.
 * @param {Thing} thing
 * @param {number[]} direction
 */
function neighbourToward(thing, direction) {
  return toward(thing, [...thing.neighbours].filter(isShown), direction, 1.2, 2);
}

/**
 * Of some points the nearest one in a direction; null where none lies there.
 * @template {{x: number, y: number}} Place
 * @param {Place} from
 * @param {Place[]} others
 * @param {number[]} direction
 * @param {number} wide how far aside of it counts, as a multiple of the way along it
 * @param {number} askew how much farther a way aside is than one along
 * @returns {Place | null}
 */
export function toward(from, others, [dx, dy], wide, askew) {
  /** @type {Place | null} */
  let nearest = null;
  let best = Infinity;
  for (const other of others) {
    const along = (other.x - from.x) * dx + (other.y - from.y) * dy;
    const aside = Math.abs((other.x - from.x) * dy) + Math.abs((other.y - from.y) * dx);
    if (along <= 0 || aside > along * wide) continue;
    const cost = Math.hypot(along, aside * askew);
    if (cost < best) {
      best = cost;
      nearest = other;
    }
  }
  return nearest;
}
