// The sheet that leaves the page: title, what is shown, the picture, its legend, and who says so.

import { drawn, faces, inLines, measured, paint } from "./export_elements.js";
import { colour } from "./theme.js";

/**
 * @typedef {object} Picture
 * @property {number} width CSS pixels
 * @property {number} height
 * @property {SVGElement} content
 * @property {boolean} [framed] whether it needs a line around it
 */

/** @typedef {{picture: SVGElement, name: string}} LegendEntry what stands for what; the picture is 16 by 16 */

const margin = 40;
const narrowest = 640;
const small = `13px ${faces.text}`;

/**
 * @param {import("./export_told.js").Told} told
 * @param {Picture} picture
 * @param {LegendEntry[]} legend
 * @param {number} [least] how wide the sheet is at least
 * @returns {SVGElement}
 */
export function sheet(told, picture, legend, least = narrowest) {
  const width = Math.ceil(Math.max(least, picture.width + 2 * margin));
  const inner = width - 2 * margin;
  const parts = [];
  let y = margin;
  /** @param {string} text @param {{size: number, height: number, family?: string, weight?: number, ink: string}} type */
  const write = (text, { size, height, family = faces.text, weight, ink }) => {
    const font = `${weight ?? 400} ${size}px ${family}`;
    for (const line of inLines(text, font, inner)) {
      y += height;
      parts.push(
        drawn("text", { x: margin, y: y - (height - size) / 2 - size * 0.2, "font-family": family, "font-size": size, "font-weight": weight, ...paint("fill", colour(ink)) }, line),
      );
    }
  };
  write(told.title, { size: 28, height: 34, family: faces.title, weight: 500, ink: "ink" });
  write(told.view, { size: 17, height: 27, weight: 600, ink: "ink" });
  for (const fact of told.facts) write(fact, { size: 13, height: 20, ink: "quiet" });
  y += 18;

  picture.content.setAttribute("transform", `translate(${margin} ${y}) ${picture.content.getAttribute("transform") ?? ""}`.trim());
  if (picture.framed) parts.push(...frame(picture, margin, y));
  else parts.push(picture.content);
  y += Math.ceil(picture.height) + 18;

  const row = 22;
  let x = margin;
  for (const [index, entry] of legend.entries()) {
    const name = inLines(entry.name, small, inner - 24)[0] ?? "";
    const wide = 22 + measured(name, small).width + 22;
    if (index > 0 && x + wide - 22 > width - margin) {
      x = margin;
      y += row;
    }
    parts.push(
      drawn("g", { transform: `translate(${x} ${y})` }, entry.picture),
      drawn("text", { x: x + 22, y: y + 12.5, "font-family": faces.text, "font-size": 13, ...paint("fill", colour("ink")) }, name),
    );
    x += wide;
  }
  if (legend.length > 0) y += row + 10;

  parts.push(drawn("line", { x1: margin, x2: width - margin, y1: y, y2: y, ...paint("stroke", colour("edge")) }));
  y += 8;
  for (const said of told.sources) write(said, { size: 12, height: 18, ink: "quiet" });
  const height = Math.ceil(y + margin * 0.7);
  return drawn(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    drawn("title", {}, `${told.title} – ${told.view}`),
    drawn("rect", { width, height, ...paint("fill", colour("ground")) }),
    ...parts,
  );
}

/**
 * A picture alone.
 * @param {Picture} picture
 */
export function bareSheet(picture) {
  const { width, height } = picture;
  return drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" }, ...frame(picture, 0, 0));
}

/** A picture cut at its border, with a line around it. */
function frame({ content, width, height }, x, y) {
  const clip = drawn("clipPath", { id: "frame" }, drawn("rect", { x, y, width, height }));
  const cut = drawn("g", { "clip-path": "url(#frame)" }, content);
  return [clip, cut, drawn("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, fill: "none", ...paint("stroke", colour("edge")) })];
}

/**
 * As a document of its own.
 * @param {SVGElement} svg
 */
export function svgText(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

const longestSide = 16_000;

/**
 * As pixels: twice as many each way as CSS pixels, or as many as a browser can draw.
 * @param {SVGElement} svg
 * @returns {Promise<Blob>}
 * @throws {Error} when the browser cannot draw it
 */
export async function svgPixels(svg) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const factor = Math.min(2, longestSide / Math.max(width, height));
  const address = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    await new Promise((done, failed) => {
      image.onload = done;
      image.onerror = () => failed(new Error("The browser cannot read the drawing."));
      image.src = address;
    });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * factor);
    canvas.height = Math.round(height * factor);
    /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The browser cannot make the picture."))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
