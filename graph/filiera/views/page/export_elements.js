// Makes the elements of a picture that leaves the page: plain SVG that every reader takes. Texts
// become text nodes, colours become numbers, and nothing of the page's own styles is needed.

const space = "http://www.w3.org/2000/svg";

/** The faces of the page, ending in the generic ones, so that a reader without them has its own. */
export const faces = Object.freeze({
  text: "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  title: "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Source Serif 4', 'Liberation Serif', Georgia, serif",
});

/**
 * @param {string} name
 * @param {Record<string, string | number | undefined | null | false>} attributes numbers are rounded to hundredths
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {SVGElement}
 */
export function drawn(name, attributes = {}, ...children) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(key, typeof value === "number" ? String(rounded(value)) : writable(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "string" ? writable(child) : child);
  }
  return element;
}

/** @param {number} value */
export function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** What XML cannot hold is left out: control characters, and halves of characters. */
export function writable(text) {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}

/** @type {Map<string, {colour: string, alpha: number}>} */
const colours = new Map();

/** @type {CanvasRenderingContext2D | null} one pixel, to ask what a colour is, and to measure texts */
let asked = null;

function pixel() {
  if (!asked) {
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    asked = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  }
  return asked;
}

/**
 * Any colour of CSS as `#rrggbb` and its opacity from 0 to 1.
 * @param {string} css
 */
export function plainColour(css) {
  let known = colours.get(css);
  if (!known) {
    const context = pixel();
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    known = {
      colour: `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`,
      alpha: alpha / 255,
    };
    colours.set(css, known);
  }
  return known;
}

/**
 * The attributes that fill or stroke with a colour.
 * @param {"fill" | "stroke"} what
 * @param {string} css
 * @param {number} [opacity]
 */
export function paint(what, css, opacity = 1) {
  const { colour, alpha } = plainColour(css);
  const seen = rounded(alpha * opacity);
  return { [what]: seen === 0 ? "none" : colour, [`${what}-opacity`]: seen === 0 || seen === 1 ? undefined : seen };
}

/**
 * @param {string} text
 * @param {string} font as a canvas takes it
 */
export function measured(text, font) {
  const context = pixel();
  context.font = font;
  return context.measureText(text);
}

/**
 * A text in lines no longer than a width; a word that is longer is broken.
 * @param {string} text
 * @param {string} font
 * @param {number} width
 * @returns {string[]}
 */
export function inLines(text, font, width) {
  const lines = [];
  let line = "";
  const add = (word) => {
    const longer = line === "" ? word : `${line} ${word}`;
    if (measured(longer, font).width <= width) {
      line = longer;
      return;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (measured(line, font).width > width && line.length > 1) {
      let fits = line.length - 1;
      while (fits > 1 && measured(line.slice(0, fits), font).width > width) fits -= 1;
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
  };
  for (const word of text.split(/\s+/).filter(Boolean)) add(word);
  if (line !== "") lines.push(line);
  return lines;
}
