// Numbers over time: a small chart for each thing that is measured more than once.

import { make } from "./dom.js";
import { number, say } from "./language.js";

/** @typedef {import("./question_table.js").Answer} Answer */

/** @typedef {{x: number, y: number, text: string}} Point */

const mostCharts = 6;
const high = 190;
const margin = { top: 30, right: 34, bottom: 26, left: 14 };

/**
 * @param {Answer} answer
 * @returns {HTMLElement | null} null when nothing is measured twice
 */
export function lines(answer) {
  const measured = answer.columns.find((column) => column.kind === "number");
  const dated = answer.columns.filter((column) => column.kind === "edtf" || column.kind === "date");
  if (!measured || dated.length === 0) return null;
  const grouped = answer.columns.filter((column) => ["measure", "kind", "nature", "unit"].includes(column.name));
  /** @type {Map<string, Point[]>} */
  const groups = new Map();
  answer.rows.forEach((row, line) => {
    const text = (column) => answer.texts[line][answer.columns.indexOf(column)];
    const date = dated.find((column) => row[column.name]);
    const x = date && yearOf(String(row[date.name]));
    if (x === undefined || x === null || typeof row[measured.name] !== "number") return;
    const name = grouped.map(text).filter(Boolean).join(", ") || measured.title;
    groups.set(name, [...(groups.get(name) ?? []), { x, y: row[measured.name], text: text(date) }]);
  });
  const drawn = [...groups].filter(([, points]) => new Set(points.map(({ x }) => x)).size > 1);
  if (drawn.length === 0) return null;
  drawn.sort(([, a], [, b]) => b.length - a.length);
  return make("div", { class: "line-charts" }, ...drawn.slice(0, mostCharts).map(([name, points]) => chart(name, points)));
}

/** The year and its part of the first date that a text names. @param {string} said */
function yearOf(said) {
  const match = /(\d{4})(?:-(\d\d))?/.exec(said);
  return match ? Number(match[1]) + (match[2] ? (Number(match[2]) - 0.5) / 12 : 0.5) : null;
}

function chart(name, points) {
  const wide = innerWidth > 900 ? 560 : 340;
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const [first, last] = [sorted[0].x, sorted.at(-1)?.x ?? sorted[0].x];
  const top = Math.max(...sorted.map(({ y }) => y)) || 1;
  const atX = (x) => margin.left + 30 + ((x - first) / (last - first)) * (wide - margin.left - margin.right - 60);
  const atY = (y) => high - margin.bottom - (y / top) * (high - margin.top - margin.bottom);
  const svg = drawing("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": `${name}: ${sorted.map(({ y, text }) => `${number(y)} (${text})`).join("; ")}` });
  svg.append(drawing("path", { class: "axis", d: `M${margin.left} ${high - margin.bottom}H${wide - margin.right}` }));
  svg.append(drawing("path", { class: "line-path", d: sorted.map(({ x, y }, place) => `${place ? "L" : "M"}${atX(x)} ${atY(y)}`).join("") }));
  let right = -Infinity;
  let after = -Infinity;
  for (const { x, y } of sorted) {
    svg.append(drawing("circle", { cx: atX(x), cy: atY(y), r: 4.5 }));
    const text = number(y);
    if (atX(x) - text.length * 4.5 > right) {
      svg.append(drawing("text", { class: "value", x: atX(x), y: atY(y) - 11, "text-anchor": "middle" }, text));
      right = atX(x) + text.length * 4.5;
    }
    if (atX(x) - 20 > after) {
      svg.append(drawing("text", { x: atX(x), y: high - 8, "text-anchor": "middle" }, String(Math.floor(x))));
      after = atX(x) + 20;
    }
  }
  return make("figure", { class: "line-chart" }, make("figcaption", {}, name, make("span", {}, ` ${say("questionsPoints", { n: sorted.length })}`)), svg);
}

function drawing(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}
