// The keyboard: everything a pointer can do.

import { isShown, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

const directions = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * @param {import("./network.js").NetworkMap} map
 * @param {import("./search.js").Search} search
 * @param {(thing: Thing | null) => void} select
 */
export function followKeyboard(map, search, select) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target instanceof HTMLInputElement;
    if (writing) return;
    if (event.key === "/") {
      search.input.focus();
      search.input.select();
    } else if (event.key === "Escape") {
      if (state.found) search.clear();
      else select(null);
    } else if (event.key === "f") {
      map.fit();
    } else if (event.key === "+") {
      map.camera.zoomBy(1.4, undefined, true);
    } else if (event.key === "-") {
      map.camera.zoomBy(1 / 1.4, undefined, true);
    } else {
      return;
    }
    event.preventDefault();
  });

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
