// Mouse and fingers on the map: drag, wheel, pinch, tap.

/** @typedef {{x: number, y: number}} Point */

const stillness = 5;

/**
 * @param {HTMLElement} element
 * @param {import("./camera.js").Camera} camera
 * @param {{tap: (point: Point, finger: boolean, shift: boolean) => void, twice: (point: Point) => void,
 *   hover: (point: Point) => void, leave: () => void}} on
 */
export function followGestures(element, camera, on) {
  /** @type {Map<number, Point>} pointers that are down */
  const down = new Map();
  /** @type {Point | null} where a possible tap began */
  let tapped = null;

  const place = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, place(event));
    tapped = down.size === 1 ? place(event) : null;
  });

  element.addEventListener("pointermove", (event) => {
    const point = place(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") on.hover(point);
      return;
    }
    if (tapped && distance(tapped, point) < stillness) return;
    tapped = null;
    const other = [...down.entries()].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, point);
    if (other) {
      camera.zoomBy(distance(point, other) / (distance(before, other) || 1), middle(point, other));
      camera.panBy((point.x - before.x) / 2, (point.y - before.y) / 2);
    } else {
      camera.panBy(point.x - before.x, point.y - before.y);
    }
  });

  const release = (event) => {
    const was = down.delete(event.pointerId);
    if (was && tapped && event.type === "pointerup") on.tap(tapped, event.pointerType !== "mouse", event.shiftKey);
    tapped = null;
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") on.leave();
  });
  element.addEventListener("dblclick", (event) => on.twice(place(event)));
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const speed = event.ctrlKey ? 0.01 : 0.0016;
      camera.zoomBy(Math.exp(-event.deltaY * lines * speed), place(event));
    },
    { passive: false },
  );
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
