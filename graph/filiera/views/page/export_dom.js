// Draws a part of the page as SVG: the boxes, lines and texts where the browser has put them.

import { drawn, measured, paint, plainColour } from "./export_elements.js";

/** @typedef {(element: Element, style: CSSStyleDeclaration, box: DOMRect) => SVGElement | null | undefined} Special */

const shapes = new Set(["svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "tspan", "ellipse"]);
const geometry = [
  "d", "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "x2", "y1", "y2", "points", "transform", "viewBox", "text-anchor",
];

/**
 * @param {Element} root
 * @param {Special} [special] what some elements are drawn as instead; null leaves one out
 * @returns {{width: number, height: number, content: SVGElement}}
 */
export function domPicture(root, special = () => undefined) {
  const box = root.getBoundingClientRect();
  const content = drawn("g", { transform: `translate(${-box.left} ${-box.top})` });
  draw(root, content, special);
  return { width: box.width, height: box.height, content };
}

function draw(element, into, special) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || style.clipPath === "inset(50%)") return;
  const box = element.getBoundingClientRect();
  const other = special(element, style, box);
  if (other !== undefined) {
    if (other) into.append(other);
    return;
  }
  if (element instanceof SVGSVGElement) {
    into.append(svgCopy(element, box));
    return;
  }
  into.append(...boxOf(style, box), ...before(element, box));
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, into, special);
    else if (child instanceof Text) into.append(...textOf(child, element, style));
  }
}

/** Ground and borders of a box. */
function boxOf(style, { left: x, top: y, width, height }) {
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    width: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]),
    colour: style[`border${side}Color`],
    dashed: style[`border${side}Style`] === "dashed",
  }));
  const ground = plainColour(style.backgroundColor).alpha > 0;
  const lined = sides.filter((side) => side.width > 0 && plainColour(side.colour).alpha > 0);
  if (width === 0 || height === 0 || (!ground && lined.length === 0)) return [];
  const [top, right, bottom, left] = sides;
  const r = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  if (lined.length < 3) {
    return [
      ground && drawn("rect", { x, y, width, height, rx: r || undefined, ...paint("fill", style.backgroundColor) }),
      top.width > 0 && line(x, y + top.width / 2, x + width, y + top.width / 2, top),
      bottom.width > 0 && line(x, y + height - bottom.width / 2, x + width, y + height - bottom.width / 2, bottom),
      left.width > 0 && line(x + left.width / 2, y, x + left.width / 2, y + height, left),
      right.width > 0 && line(x + width - right.width / 2, y, x + width - right.width / 2, y + height, right),
    ].filter((part) => part instanceof Node);
  }
  const half = top.width / 2;
  const parts = [
    drawn("rect", {
      x: x + half,
      y: y + half,
      width: width - top.width,
      height: height - top.width,
      rx: Math.max(0, r - half) || undefined,
      ...paint("fill", style.backgroundColor),
      ...(top.width > 0 ? paint("stroke", top.colour) : {}),
      "stroke-width": top.width,
      "stroke-dasharray": top.dashed && `${3 * top.width} ${2.5 * top.width}`,
    }),
  ];
  if (left.width > top.width) {
    const w = left.width;
    const dy = w < r ? r - Math.sqrt(r * r - (r - w) ** 2) : 0;
    parts.push(
      drawn("path", {
        d: `M${x + w} ${y + dy}A${r} ${r} 0 0 0 ${x} ${y + r}V${y + height - r}A${r} ${r} 0 0 0 ${x + w} ${y + height - dy}Z`,
        ...paint("fill", left.colour),
      }),
    );
  }
  return parts;
}

function line(x1, y1, x2, y2, side) {
  return drawn("line", { x1, y1, x2, y2, ...paint("stroke", side.colour), "stroke-width": side.width });
}

/** The mark or word that a style puts before an element. */
function before(element, box) {
  const style = getComputedStyle(element, "::before");
  const said = /^"(.*)"$/.exec(style.content);
  if (!said || style.display === "none") return [];
  const width = parseFloat(style.width) || 0;
  const height = parseFloat(style.height) || 0;
  const start = box.left + (parseFloat(getComputedStyle(element).paddingLeft) || 0);
  const middle = box.top + box.height / 2;
  if (said[1] === "") {
    const mark = new DOMRect(start, middle - height / 2, width, height);
    const round = style.borderTopLeftRadius.endsWith("%");
    if (round) return [drawn("circle", { cx: start + width / 2, cy: middle, r: width / 2, ...paint("fill", style.backgroundColor, Number(style.opacity)) })];
    return boxOf(style, mark);
  }
  const y = box.top + Math.min(box.height / 2, 12) + parseFloat(style.fontSize) * 0.35;
  const across = style.textAlign === "center";
  return [drawn("text", { x: across ? box.left + box.width / 2 : start, y, "text-anchor": across && "middle", ...face(style), ...paint("fill", style.color) }, said[1])];
}

/** A text, line by line, as it is broken on the page; what is cut there ends in "…". */
function textOf(node, parent, style) {
  const lines = linesOf(node, style);
  if (lines.length === 0) return [];
  const font = fontOf(style);
  const { fontBoundingBoxAscent: ascent } = measured("x", font);
  const { right: end, bottom } = parent.getBoundingClientRect();
  const right = style.textOverflow === "ellipsis" ? end : Infinity;
  const upper = style.textTransform === "uppercase";
  const shown = style.webkitLineClamp === "none" ? lines : lines.filter(({ top }) => top + ascent < bottom + 1);
  return shown.flatMap(({ left, top, text }, at) => {
    const goesOn = at === shown.length - 1 && shown.length < lines.length;
    const cased = upper ? text.toUpperCase() : text;
    const said = goesOn ? shortened(cased, font, end - left) : cut(cased, font, right - left);
    const y = top + ascent;
    const width = measured(said, font).width;
    return [
      drawn("text", { x: left, y, ...face(style), ...paint("fill", style.color) }, said),
      ...decoration(style, left, y, width),
    ];
  });
}

function fontOf(style) {
  return `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
}

function cut(text, font, width) {
  return width === Infinity || measured(text, font).width <= width + 1 ? text : shortened(text, font, width);
}

/** As much of a text as has room with "…" after it. */
function shortened(text, font, width) {
  let shorter = text;
  while (shorter.length > 1 && measured(`${shorter}…`, font).width > width) shorter = shorter.slice(0, -1);
  return `${shorter.trimEnd()}…`;
}

/** A line through a text, or a wave or dots under it. */
function decoration(style, x, y, width) {
  const kind = style.textDecorationLine;
  const colour = style.textDecorationColor;
  if (kind.includes("line-through")) return [line(x, y - 4, x + width, y - 4, { colour, width: 1 })];
  if (!kind.includes("underline")) return [];
  if (style.textDecorationStyle === "dotted") return [drawn("line", { x1: x, y1: y + 3, x2: x + width, y2: y + 3, ...paint("stroke", colour), "stroke-dasharray": "1.5 2" })];
  if (style.textDecorationStyle !== "wavy") return [];
  const waves = Math.max(1, Math.floor(width / 6));
  return [drawn("path", { d: `M${x} ${y + 3}${"q1.5 -2 3 0t3 0".repeat(waves)}`, fill: "none", ...paint("stroke", colour), "stroke-width": 1 })];
}

function face(style) {
  return {
    "font-family": style.fontFamily.replaceAll('"', "'"),
    "font-size": parseFloat(style.fontSize),
    "font-weight": style.fontWeight !== "400" && style.fontWeight,
    "font-style": style.fontStyle !== "normal" && style.fontStyle,
  };
}

/** Where the words of a text stand: those of one line together. */
function linesOf(node, style) {
  const range = document.createRange();
  /** @type {{left: number, top: number, text: string}[]} */
  const lines = [];
  const add = (start, end) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    if (rects.length === 0) return;
    if (rects.length > 1 && end - start > 1) {
      for (let at = start; at < end; at += 1) add(at, at + 1);
      return;
    }
    const [{ left, top }] = rects;
    const last = lines.at(-1);
    const text = node.data.slice(start, end);
    const blank = /\s/.test(node.data[start - 1] ?? "") ? " " : "";
    if (last && Math.abs(last.top - top) < 2) last.text += blank + text;
    else lines.push({ left, top, text });
  };
  if (style.whiteSpaceCollapse === "preserve") add(0, node.length);
  else for (const word of node.data.matchAll(/\S+/g)) add(word.index, word.index + word[0].length);
  return lines;
}

/**
 * A drawing of the page, with its looks in its attributes.
 * @param {SVGElement} element
 * @param {{left: number, top: number, width: number, height: number}} box where it goes
 * @returns {SVGElement}
 */
export function svgCopy(element, { left, top, width, height }) {
  const copy = partCopy(element) ?? drawn("svg");
  for (const [name, value] of Object.entries({ x: left, y: top, width, height })) copy.setAttribute(name, String(Math.round(value * 100) / 100));
  if (getComputedStyle(element).overflow === "visible") copy.setAttribute("overflow", "visible");
  return copy;
}

/** @returns {SVGElement | null} */
function partCopy(element) {
  if (!shapes.has(element.localName)) return null;
  const style = getComputedStyle(element);
  if (style.display === "none") return null;
  const attributes = Object.fromEntries(geometry.map((name) => [name, element.getAttribute(name)]));
  const copy = drawn(element.localName, attributes);
  const look = (more) => {
    for (const [name, value] of Object.entries(more)) if (value !== undefined && value !== false) copy.setAttribute(name, String(value));
  };
  if (element.localName !== "svg" && element.localName !== "g") {
    const filled = style.fill !== "none" && plainColour(style.fill).alpha > 0;
    const lined = style.stroke !== "none" && plainColour(style.stroke).alpha > 0;
    if (!filled && !lined) return null;
    look(filled ? paint("fill", style.fill, Number(style.fillOpacity) * Number(style.opacity)) : { fill: "none" });
    if (lined) {
      look({
        ...paint("stroke", style.stroke, Number(style.strokeOpacity) * Number(style.opacity)),
        "stroke-width": parseFloat(style.strokeWidth),
        "stroke-linejoin": style.strokeLinejoin,
        "stroke-linecap": style.strokeLinecap,
        "stroke-dasharray": style.strokeDasharray !== "none" && style.strokeDasharray.replaceAll("px", ""),
      });
    }
  }
  if (element.localName === "text") {
    look(face(style));
    copy.append(...drawn("g", {}, element.textContent ?? "").childNodes);
    return copy;
  }
  copy.append(...[...element.children].map(partCopy).filter((part) => part !== null));
  return copy;
}
