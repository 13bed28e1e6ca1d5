// Draws the land: sea, countries, provinces, and the provinces that are chosen.

import { colour } from "./theme.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./map_land.js").Land} Land */
/** @typedef {import("./map_land.js").Shape} Shape */

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 * @param {Land} land
 * @param {(shape: Shape) => "chosen" | "hovered" | null} marked
 */
export function drawLand(context, view, land, marked) {
  const { scale, left, top } = view;
  const { frame } = land;
  context.save();
  context.beginPath();
  context.rect(frame.left * scale + left, frame.top * scale + top, (frame.right - frame.left) * scale, (frame.bottom - frame.top) * scale);
  context.clip();
  context.fillStyle = colour("sea");
  context.fillRect(0, 0, view.width, view.height);
  context.translate(left, top);
  context.scale(scale, scale);
  context.lineJoin = "round";
  context.fillStyle = colour("land-far");
  context.fill(land.countries, "evenodd");
  context.fillStyle = colour("land");
  context.fill(land.provinces, "evenodd");
  context.strokeStyle = colour("border");
  context.lineWidth = 1 / scale;
  context.stroke(land.provinces);
  context.lineWidth = 1.6 / scale;
  context.stroke(land.countries);
  const shapes = land.shapes.map((shape) => ({ shape, mark: marked(shape) })).filter(({ mark }) => mark !== null);
  for (const { shape, mark } of shapes) {
    context.globalAlpha = mark === "chosen" ? 0.1 : 0.05;
    context.fillStyle = colour("ink");
    context.fill(shape.path, "evenodd");
    context.globalAlpha = 1;
    context.strokeStyle = colour(mark === "chosen" ? "ink" : "quiet");
    context.lineWidth = (mark === "chosen" ? 1.6 : 1) / scale;
    context.stroke(shape.path);
  }
  context.restore();
}
