// The picture of the view that is open: what its canvas draws, or its boxes and texts as they stand.

import { canvasPicture } from "./export_canvas.js";
import { domPicture, svgCopy } from "./export_dom.js";
import { drawn, paint } from "./export_elements.js";
import { state } from "./state.js";
import { colour } from "./theme.js";

/** @typedef {import("./export_sheet.js").Picture} Picture */
/** @typedef {import("./export_sheet.js").LegendEntry} LegendEntry */
/** @typedef {import("./views.js").Views} Views */

/** What is drawn of a view that is made of elements, from above. */
const partsOf = {
  chain: [".chain-summary", ".chain-knowledge", ".chain-changes", ".chain-board"],
  time: ["figure"],
};

/** How far apart the parts stand, in CSS pixels. */
const apart = 16;

/**
 * Whether there is something to draw: the table and the answers have files of their own.
 * @param {Views} views
 */
export function hasPicture(views) {
  return canvasOf(views) !== null || partsIn(views).length > 0;
}

/**
 * The picture of what is on screen; null when the view has none.
 * @param {Views} views
 * @returns {Picture | null}
 */
export function pictureOf(views) {
  const map = canvasOf(views);
  if (map) return canvasPicture(map);
  const parts = partsIn(views);
  if (parts.length === 0) return null;
  const content = drawn("g");
  let [width, height] = [0, 0];
  for (const element of parts) {
    const part = domPicture(element, mark);
    content.append(drawn("g", { transform: height > 0 && `translate(0 ${height})` }, part.content));
    width = Math.max(width, part.width);
    height += part.height + apart;
  }
  return { width, height: height - apart, content };
}

/** The map or network of the open view, which draws itself on a canvas. */
function canvasOf({ current }) {
  if (state.view === "network") return current.map ?? null;
  return state.view === "map" ? (current.field ?? null) : null;
}

/** @returns {Element[]} */
function partsIn(views) {
  const { element } = /** @type {any} */ (views.current);
  return (partsOf[state.view] ?? []).flatMap((part) => [...(element?.querySelectorAll(part) ?? [])]);
}

/** What the shapes on screen stand for: the entries of the legend that are switched on. */
export function legendOf() {
  if (!["network", "chain", "map"].includes(state.view)) return [];
  /** @type {LegendEntry[]} */
  const entries = [];
  for (const row of document.querySelectorAll("#legend-entries li")) {
    if (row.querySelector('.entry[aria-pressed="false"]')) continue;
    const shape = row.querySelector("svg.shape");
    const name = row.querySelector(".entry-name")?.textContent ?? "";
    const line = state.view === "network" && row.closest('[data-section="certainty"]') && row.querySelector(".line");
    if (!name || !(shape || line)) continue;
    const picture = shape ? svgCopy(shape, { left: 0, top: 0, width: 16, height: 16 }) : linePicture(line.classList.contains("dashed"));
    entries.push({ picture, name: name[0].toUpperCase() + name.slice(1) });
  }
  return entries;
}

/** How a tie is drawn that holds, or that may hold, at the chosen date. */
function linePicture(dashed) {
  const line = drawn("line", { x1: 0, x2: 16, y1: 8, y2: 8, ...paint("stroke", colour("edge-strong")), "stroke-width": 2, "stroke-dasharray": dashed && "4 3" });
  return drawn("svg", { width: 16, height: 16 }, line);
}

/**
 * What the state of a stage is drawn as; on the page its mark is made of gradients and cuts.
 * @type {import("./export_dom.js").Special}
 */
function mark(element, style, box) {
  if (element.matches(".reach, select")) return null;
  if (!element.classList.contains("status-mark")) return undefined;
  const status = element.closest("[data-status]")?.getAttribute("data-status") ?? "";
  const hue = style.getPropertyValue("border-top-color");
  const [cx, cy, r] = [box.left + box.width / 2, box.top + box.height / 2, box.width / 2 - 1];
  const line = { fill: "none", ...paint("stroke", hue), "stroke-width": 2 };
  if (status === "covered") return drawn("circle", { cx, cy, r: r + 1, ...paint("fill", hue) });
  if (status === "outside") return drawn("circle", { cx, cy, r, ...line });
  if (status === "one") {
    return drawn("g", {}, drawn("circle", { cx, cy, r, ...line }), drawn("path", { d: `M${cx} ${cy - r}A${r} ${r} 0 0 0 ${cx} ${cy + r}Z`, ...paint("fill", hue) }));
  }
  if (status === "risk") {
    return drawn("path", { d: `M${cx} ${cy - r}L${cx + r + 1} ${cy + r}H${cx - r - 1}Z`, ...paint("fill", style.backgroundColor) });
  }
  return drawn("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, rx: 2, ...line, "stroke-dasharray": "3 2" });
}
