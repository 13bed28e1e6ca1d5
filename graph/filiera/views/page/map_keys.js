// The map by keyboard: a button, unseen until it has the focus, over each mark and each name of the land.

import { isTieShown } from "./filters.js";
import { make } from "./dom.js";
import { say } from "./language.js";
import { innerPoints } from "./map_land.js";
import { state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./map_field.js").MapField} MapField */
/** @typedef {{key: string, name: string, press: () => void, expanded?: boolean | null, pressed?: boolean}} Key */

const most = 60;
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Puts the buttons where the marks and names are.
 * @param {HTMLElement} element
 * @param {MapField} field
 * @param {{mark: (mark: import("./map_marks.js").Mark) => Key, shape: (shape: import("./map_land.js").Shape) => Key}} told
 */
export function mapKeys(element, field, told) {
  const { view } = field.camera;
  const isIn = ({ x, y }) => x > 0 && x < view.width && y > 0 && y < view.height;
  const marks = field.marks
    .map((mark) => ({ mark, x: mark.x + view.left, y: mark.y + view.top }))
    .filter(isIn)
    .slice(0, most)
    .map(({ mark, x, y }) => button(told.mark(mark), x, y, mark.r + 4, mark.r + 4));
  const shapes = (field.land?.shapes ?? [])
    .filter((shape) => field.isPlace(shape))
    .flatMap((shape) => innerPoints(shape, /** @type {import("./map_land.js").Land} */ (field.land).frame).slice(0, 1).map(({ x, y }) => ({ shape, x: x * view.scale + view.left, y: y * view.scale + view.top })))
    .filter(isIn)
    .slice(0, most)
    .map(({ shape, x, y }) => button(told.shape(shape), x, y, 40, 14));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const key = element.contains(focused) ? focused?.dataset.key : undefined;
  element.replaceChildren(
    make("div", { role: "group", "aria-label": say("mapMarks") }, ...marks),
    make("div", { role: "group", "aria-label": say("mapLand") }, ...shapes),
  );
  if (key) /** @type {HTMLElement | null} */ (element.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
}

/** @param {Key} key */
function button({ key, name, press, expanded, pressed }, x, y, wide, tall) {
  const made = make("button", {
    type: "button",
    "data-key": key,
    "aria-label": name,
    "aria-expanded": typeof expanded === "boolean" ? String(expanded) : undefined,
    "aria-pressed": pressed === undefined ? undefined : String(pressed),
    onclick: press,
  });
  made.style.left = `${x - wide}px`;
  made.style.top = `${y - tall}px`;
  made.style.width = `${2 * wide}px`;
  made.style.height = `${2 * tall}px`;
  return made;
}

/**
 * Arrows on the map: to the tied thing that lies there, or the map moves.
 * @param {HTMLElement} element
 * @param {MapField} field
 * @param {(thing: Thing | null) => void} select
 */
export function followMapKeys(element, field, select) {
  element.addEventListener("keydown", (event) => {
    const direction = directions[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = state.selected && neighbourToward(field, state.selected, direction);
    if (next) select(next);
    else field.camera.panBy(-90 * direction[0], -90 * direction[1]);
  });
}

/** The tied thing on the map that lies most in a direction. */
function neighbourToward(field, thing, [dx, dy]) {
  const from = field.screenPos(thing);
  if (!from) return null;
  const found = thing.ties
    .filter(isTieShown)
    .map((tie) => (tie.from === thing ? tie.to : tie.from))
    .flatMap((other) => {
      const at = other === thing ? null : field.screenPos(other);
      if (!at) return [];
      const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
      const aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
      return along > 0 && aside <= along * 1.2 ? [{ other, cost: Math.hypot(along, aside * 2) }] : [];
    });
  return found.sort((a, b) => a.cost - b.cost)[0]?.other ?? null;
}
