// The outlines of the shapes: one description for the map and for the legend, so that the legend is true.

import { Path } from "./path.js";

/** Outlines around (0, 0) of about the same area as a circle of radius 1. */
const outlines = {
  dot: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.87 -.87H.87V.87H-.87Z",
  diamond: "M0 -1.25L1.25 0L0 1.25L-1.25 0Z",
  triangle: `M${points(3, 1.42, 1.42)}Z`,
  hexagon: `M${points(6, 1.1, 1.1)}Z`,
  star: `M${points(10, 1.45, 0.72)}Z`,
};

function points(count, outer, inner) {
  const corners = [];
  for (let corner = 0; corner < count; corner += 1) {
    const radius = corner % 2 === 0 ? outer : inner;
    const angle = (2 * Math.PI * corner) / count - Math.PI / 2;
    corners.push(`${(radius * Math.cos(angle)).toFixed(3)} ${(radius * Math.sin(angle)).toFixed(3)}`);
  }
  return corners.join("L");
}

/** @type {Map<string, Path>} */
const paths = new Map();

/**
 * The outline of a shape of radius 1 for the canvas.
 * @param {string} shape
 */
export function shapePath(shape) {
  let path = paths.get(shape);
  if (!path) {
    path = new Path(outlines[shape] ?? outlines.dot);
    paths.set(shape, path);
  }
  return path;
}

/**
 * A shape as a small picture for the legend and the panel.
 * @param {{shape: string, colour: number}} kind
 * @param {boolean} [member] filled as members are
 */
export function shapePicture(kind, member = true) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.7 -1.7 3.4 3.4");
  svg.setAttribute("class", member ? "shape" : "shape hollow");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.hue = String(kind.colour);
  const outline = document.createElementNS("http://www.w3.org/2000/svg", "path");
  outline.setAttribute("d", outlines[kind.shape] ?? outlines.dot);
  svg.append(outline);
  return svg;
}
