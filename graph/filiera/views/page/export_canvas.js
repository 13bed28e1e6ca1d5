// Writes down as SVG what is drawn on a canvas: stands in for its context while one frame is drawn.

import { drawn, measured, paint, rounded } from "./export_elements.js";
import { Path } from "./path.js";

/** @typedef {import("./export_sheet.js").Picture} Picture */

/** What `save` keeps, besides transform, dashes and clip. */
const looks = [
  "fillStyle", "strokeStyle", "lineWidth", "lineCap", "lineJoin", "globalAlpha", "font", "letterSpacing", "textAlign", "textBaseline",
];

const anchors = { center: "middle", right: "end", end: "end" };

/** So much of the size of a text lies between its middle and its foot. */
const middleToFoot = 0.35;

/** The calls of CanvasRenderingContext2D that the page draws with; each adds to `root`. */
export class WrittenContext {
  constructor() {
    this.fillStyle = "#000";
    this.strokeStyle = "#000";
    this.lineWidth = 1;
    this.lineCap = "butt";
    this.lineJoin = "miter";
    this.globalAlpha = 1;
    this.font = "10px sans-serif";
    this.letterSpacing = "0px";
    this.textAlign = "start";
    this.textBaseline = "alphabetic";
    /** @type {SVGElement} */
    this.root = drawn("g");
    /** where the next element goes: the root, or a part of it that is clipped */
    this.into = this.root;
    this.matrix = new DOMMatrix();
    /** @type {number[]} */
    this.dash = [];
    /** @type {{kept: Record<string, any>, matrix: DOMMatrix, dash: number[], into: SVGElement}[]} */
    this.saved = [];
    /** the path since beginPath, in the coordinates of the root */
    this.path = "";
    this.clips = 0;
  }

  save() {
    const kept = Object.fromEntries(looks.map((key) => [key, this[key]]));
    this.saved.push({ kept, matrix: this.matrix, dash: this.dash, into: this.into });
  }

  restore() {
    const before = this.saved.pop();
    if (!before) return;
    Object.assign(this, before.kept);
    this.matrix = before.matrix;
    this.dash = before.dash;
    this.into = before.into;
  }

  getTransform() {
    return DOMMatrix.fromMatrix(this.matrix);
  }

  setTransform(a = 1, b = 0, c = 0, d = 1, e = 0, f = 0) {
    this.matrix = new DOMMatrix([a, b, c, d, e, f]);
  }

  resetTransform() {
    this.matrix = new DOMMatrix();
  }

  translate(x, y) {
    this.matrix = this.matrix.translate(x, y);
  }

  scale(x, y) {
    this.matrix = this.matrix.scale(x, y);
  }

  rotate(angle) {
    this.matrix = this.matrix.rotate((angle * 180) / Math.PI);
  }

  setLineDash(dash) {
    this.dash = [...dash];
  }

  getLineDash() {
    return this.dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${this.#point(x, y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path === "" ? "M" : "L"}${this.#point(x, y)}`;
  }

  quadraticCurveTo(cx, cy, x, y) {
    this.path += `Q${this.#point(cx, cy)} ${this.#point(x, y)}`;
  }

  bezierCurveTo(ax, ay, bx, by, x, y) {
    this.path += `C${this.#point(ax, ay)} ${this.#point(bx, by)} ${this.#point(x, y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  arc(x, y, radius, start, end, back = false) {
    const whole = Math.abs(end - start) >= 2 * Math.PI - 1e-6;
    const turn = 2 * Math.PI;
    const sweep = whole ? turn : back ? ((start - end) % turn + turn) % turn : ((end - start) % turn + turn) % turn;
    const at = (angle) => this.#point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const r = rounded(radius * this.#factor);
    const sign = back ? -1 : 1;
    const to = (angle) => `A${r} ${r} 0 0 ${back ? 0 : 1} ${at(angle)}`;
    this.path += `${this.path === "" || whole ? "M" : "L"}${at(start)}`;
    // Two halves: an arc that ends where it starts would be nothing.
    this.path += to(start + (sign * sweep) / 2) + to(start + sign * sweep);
    if (whole) this.path += "Z";
  }

  rect(x, y, width, height) {
    this.path += `M${this.#point(x, y)}L${this.#point(x + width, y)}L${this.#point(x + width, y + height)}L${this.#point(x, y + height)}Z`;
  }

  roundRect(x, y, width, height, radius = 0) {
    const r = Math.min(Array.isArray(radius) ? radius[0] : radius, width / 2, height / 2);
    const p = (px, py) => this.#point(px, py);
    const [right, bottom] = [x + width, y + height];
    this.path +=
      `M${p(x + r, y)}L${p(right - r, y)}Q${p(right, y)} ${p(right, y + r)}L${p(right, bottom - r)}Q${p(right, bottom)} ${p(right - r, bottom)}` +
      `L${p(x + r, bottom)}Q${p(x, bottom)} ${p(x, bottom - r)}L${p(x, y + r)}Q${p(x, y)} ${p(x + r, y)}Z`;
  }

  /** @param {Path | string} [path] @param {string} [rule] */
  fill(path, rule) {
    const shape = path instanceof Path ? path : undefined;
    const evenodd = (shape ? rule : path) === "evenodd" && "evenodd";
    this.#add({ ...paint("fill", this.fillStyle, this.globalAlpha), "fill-rule": evenodd }, shape);
  }

  /** @param {Path} [path] */
  stroke(path) {
    const scale = path ? 1 : this.#factor;
    this.#add(
      {
        fill: "none",
        ...paint("stroke", this.strokeStyle, this.globalAlpha),
        "stroke-width": thin(this.lineWidth * scale),
        "stroke-linejoin": this.lineJoin !== "miter" && this.lineJoin,
        "stroke-linecap": this.lineCap !== "butt" && this.lineCap,
        "stroke-dasharray": this.dash.length > 0 && this.dash.map((part) => thin(part * scale)).join(" "),
      },
      path,
    );
  }

  clip() {
    this.clips += 1;
    const id = `clip-${this.clips}`;
    const part = drawn("g", { "clip-path": `url(#${id})` });
    this.into.append(drawn("clipPath", { id }, drawn("path", { d: this.path })), part);
    this.into = part;
  }

  clearRect() {
    // A picture starts empty.
  }

  fillRect(x, y, width, height) {
    const kept = this.path;
    this.path = "";
    this.rect(x, y, width, height);
    this.fill();
    this.path = kept;
  }

  strokeRect(x, y, width, height) {
    const kept = this.path;
    this.path = "";
    this.rect(x, y, width, height);
    this.stroke();
    this.path = kept;
  }

  fillText(text, x, y) {
    this.#write(text, x, y, paint("fill", this.fillStyle, this.globalAlpha));
  }

  strokeText(text, x, y) {
    this.#write(text, x, y, {
      fill: "none",
      ...paint("stroke", this.strokeStyle, this.globalAlpha),
      "stroke-width": this.lineWidth,
      "stroke-linejoin": this.lineJoin,
    });
  }

  measureText(text) {
    return measured(text, this.font);
  }

  /** How much longer a line is in the coordinates of the root. */
  get #factor() {
    const { a, b, c, d } = this.matrix;
    return Math.sqrt(Math.abs(a * d - b * c));
  }

  #point(x, y) {
    const { a, b, c, d, e, f } = this.matrix;
    return `${rounded(a * x + c * y + e)} ${rounded(b * x + d * y + f)}`;
  }

  #transform() {
    const { a, b, c, d, e, f } = this.matrix;
    if (this.matrix.isIdentity) return undefined;
    if (a === 1 && b === 0 && c === 0 && d === 1) return `translate(${rounded(e)} ${rounded(f)})`;
    return `matrix(${[a, b, c, d].map(thin).join(" ")} ${rounded(e)} ${rounded(f)})`;
  }

  #add(attributes, path) {
    if (attributes.fill === "none" && (attributes.stroke ?? "none") === "none") return;
    const d = path ? path.outline(this.#factor > 30 ? 4 : 3) : this.path;
    if (d === "") return;
    this.into.append(drawn("path", { d, transform: path && this.#transform(), ...attributes }));
  }

  #write(text, x, y, attributes) {
    const font = /^(?:(italic|oblique) )?(?:normal )*(?:(\d+|bold) )?([\d.]+)px (.+)$/.exec(this.font);
    const [, style, weight, size, family] = font ?? ["", undefined, undefined, "12", "sans-serif"];
    const down = this.textBaseline === "middle" ? Number(size) * middleToFoot : this.textBaseline === "top" ? Number(size) * 0.8 : 0;
    this.into.append(
      drawn(
        "text",
        {
          x,
          y: y + down,
          transform: this.#transform(),
          "font-family": family.replaceAll('"', "'"),
          "font-size": Number(size),
          "font-style": style,
          "font-weight": weight !== "400" && weight,
          "letter-spacing": this.letterSpacing !== "0px" && this.letterSpacing,
          "text-anchor": anchors[this.textAlign],
          ...attributes,
        },
        text,
      ),
    );
  }
}

/** @param {number} value of something that may be scaled much */
function thin(value) {
  return String(Math.round(value * 1e5) / 1e5);
}

/**
 * What a view draws on its canvas.
 * @param {{context: any, drawNow: () => void, element: Element}} map
 * @returns {Picture}
 */
export function canvasPicture(map) {
  const own = map.context;
  const written = new WrittenContext();
  try {
    map.context = written;
    map.drawNow();
  } finally {
    map.context = own;
    map.drawNow();
  }
  const { clientWidth: width, clientHeight: height } = map.element;
  const ratio = window.devicePixelRatio || 1;
  if (ratio !== 1) written.root.setAttribute("transform", `scale(${1 / ratio})`);
  return { width, height, content: written.root, framed: true };
}
