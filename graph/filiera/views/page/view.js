// Where things are on screen: the numbers of one drawn frame, in CSS pixels.

/** @typedef {import("./data.js").Thing} Thing */

/**
 * @typedef {object} View
 * @property {number} scale CSS pixels for one unit of the layout
 * @property {number} home the scale at which the whole network fits
 * @property {number} left screen x of the layout's origin
 * @property {number} top screen y of the layout's origin
 * @property {number} width
 * @property {number} height
 * @property {number} [smallest] the smallest radius of a thing when the whole network is in view
 * @property {boolean} whole nobody has moved the view: it shows the whole network
 * @property {{left: number, right: number, top: number, bottom: number}} inset what is covered at the borders
 */


/**
 * @param {{x: number}} thing
 * @param {View} view
 */
export function screenX(thing, view) {
  return thing.x * view.scale + view.left;
}

/**
 * @param {{y: number}} thing
 * @param {View} view
 */
export function screenY(thing, view) {
  return thing.y * view.scale + view.top;
}

/**
 * Radius on screen: true to the layout when the whole network is in view, but never too small
 * to see; zooming in, shapes grow more slowly than the map.
 * @param {Thing} thing
 * @param {View} view
 */
export function radius(thing, view) {
  const zoom = Math.min(2.6, Math.max(0.7, Math.sqrt(view.scale / view.home)));
  return Math.max(view.smallest ?? 3, thing.size * view.home * 1.15) * zoom;
}
