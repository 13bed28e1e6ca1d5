// The rows as a chart: lines over dates and numbers, bars for everything else.

import { make } from "../page/dom.js";
import { language, number, say } from "../page/language.js";
import { cellOf, textOf } from "./cell.js";
import { momentOf, numberOf } from "./reading.js";

/** @typedef {import("./reading.js").Term} Term */
/** @typedef {{columns: string[], rows: (Term | undefined)[][]}} Rows */
/** @typedef {import("./labels.js").Labels} Labels */

/** A line: its points from left to right. @typedef {{name: string, points: {x: number, y: number}[]}} Series */

const mostBars = 60;
const mostSeries = 5;
const wide = 880;
const high = 340;
const margin = { top: 18, right: 24, bottom: 34, left: 64 };

/** Whether there is something to measure. @param {Rows} answer */
export function isMeasured(answer) {
  return answer.columns.length > 1 && measures(answer).length > 0;
}

/**
 * @param {HTMLElement} element
 * @param {Rows} answer
 * @param {Labels} labels
 */
export function drawChart(element, answer, labels) {
  const numbers = measures(answer);
  const dates = answer.columns.map((_, column) => column).filter((column) => isAll(answer, column, (term) => momentOf(term) !== null));
  const chosen = { y: numbers[0], x: -1 };
  const others = answer.columns.map((_, column) => column).filter((column) => column !== chosen.y);
  chosen.x = dates[0] ?? others.find((column) => !numbers.includes(column)) ?? others[0];
  const picture = make("div", { class: "chart-picture" });
  const draw = () => {
    const value = dates.includes(chosen.x) ? momentOf : numbers.includes(chosen.x) ? numberOf : null;
    picture.replaceChildren(value ? lines(answer, labels, chosen, value, dates.includes(chosen.x)) : bars(answer, labels, chosen));
  };
  const choice = (key, word, columns) => {
    const select = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": say(word), onchange: () => {
      chosen[key] = Number(select.value);
      draw();
    } }, ...columns.map((column) => make("option", { value: String(column), selected: column === chosen[key] }, answer.columns[column]))));
    return make("span", { class: "choice" }, make("span", { "aria-hidden": "true" }, say(word)), " ", select);
  };
  draw();
  element.replaceChildren(
    make("div", { class: "rows-tools" }, choice("y", "chartMeasure", numbers), choice("x", "chartBy", answer.columns.map((_, column) => column))),
    picture,
  );
  const iris = answer.rows.slice(0, 400).flatMap((row) => row.flatMap((term) => (term?.type === "uri" ? [term.value] : [])));
  labels.fetch(iris).then((any) => any && draw());
}

/** @param {Rows} answer */
function measures(answer) {
  return answer.columns.map((_, column) => column).filter((column) => isAll(answer, column, (term) => numberOf(term) !== null));
}

/** Whether a column has values, and all of one sort. */
function isAll(answer, column, test) {
  return answer.rows.some((row) => row[column]) && answer.rows.every((row) => !row[column] || test(row[column]));
}

function bars(answer, labels, { x, y }) {
  const rows = answer.rows.filter((row) => row[y]);
  const greatest = Math.max(0, ...rows.slice(0, mostBars).map((row) => Math.abs(numberOf(row[y]) ?? 0))) || 1;
  const bar = (row) => {
    const value = numberOf(row[y]) ?? 0;
    const fill = make("span", { class: value < 0 ? "bar-fill below" : "bar-fill" });
    fill.style.width = `${(100 * Math.abs(value)) / greatest}%`;
    return make("li", {}, make("span", { class: "bar-label", dir: "auto" }, row[x] ? cellOf(row[x], labels) : say("nothing")), make("span", { class: "bar-track", "aria-hidden": "true" }, fill), make("span", { class: "bar-value" }, number(value)));
  };
  return make(
    "figure",
    { class: "chart" },
    make("figcaption", {}, `${answer.columns[y]} / ${answer.columns[x]}`),
    make("ul", { class: "bars" }, ...rows.slice(0, mostBars).map(bar)),
    rows.length > mostBars && make("p", { class: "quiet" }, say("chartRest", { n: rows.length - mostBars })),
  );
}

function lines(answer, labels, { x, y }, value, isDate) {
  const series = seriesOf(answer, labels, x, y, value);
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) return make("p", { class: "quiet" }, say("chartNothing"));
  const [left, right] = [Math.min(...points.map((point) => point.x)), Math.max(...points.map((point) => point.x))];
  const [low, top] = [Math.min(0, ...points.map((point) => point.y)), Math.max(...points.map((point) => point.y))];
  const atX = (at) => (right === left ? (margin.left + wide - margin.right) / 2 : margin.left + ((at - left) / (right - left)) * (wide - margin.left - margin.right));
  const atY = (at) => high - margin.bottom - ((at - low) / (top - low || 1)) * (high - margin.top - margin.bottom);
  const sayX = (at) => (isDate ? new Date(at).toISOString().slice(0, 10) : number(at));
  const svg = drawn("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": series.map((one) => `${one.name}: ${one.points.slice(0, 60).map((point) => `${sayX(point.x)} ${number(point.y)}`).join("; ")}`).join(". ") });
  for (const at of ticks(low, top)) {
    svg.append(drawn("path", { class: "grid", d: `M${margin.left} ${atY(at)}H${wide - margin.right}` }), drawn("text", { x: margin.left - 8, y: atY(at) + 4, "text-anchor": "end" }, number(at)));
  }
  for (const [at, text] of isDate ? dateTicks(left, right) : ticks(left, right).map((at) => /** @type {const} */ ([at, number(at)]))) {
    svg.append(drawn("text", { x: atX(at), y: high - 10, "text-anchor": "middle" }, text));
  }
  series.forEach((one, place) => {
    const group = drawn("g", { "data-hue": String(place + 1) });
    group.append(drawn("path", { class: "line-path", d: one.points.map((point, at) => `${at ? "L" : "M"}${atX(point.x).toFixed(1)} ${atY(point.y).toFixed(1)}`).join("") }));
    if (points.length <= 400) for (const point of one.points) {
      const dot = drawn("circle", { cx: atX(point.x), cy: atY(point.y), r: 3.5 });
      dot.append(drawn("title", {}, `${sayX(point.x)}: ${number(point.y)}`));
      group.append(dot);
    }
    svg.append(group);
  });
  const legend = series.length > 1 && make("ul", { class: "chart-legend" }, ...series.map((one, place) => make("li", { "data-hue": String(place + 1) }, one.name)));
  return make("figure", { class: "chart" }, make("figcaption", {}, `${answer.columns[y]} / ${answer.columns[x]}`), legend || null, svg);
}

/** One line for each value of the column that has a few; else one for all. @returns {Series[]} */
function seriesOf(answer, labels, x, y, value) {
  const by = answer.columns.findIndex((_, column) => {
    if (column === x || column === y || isAll(answer, column, (term) => numberOf(term) !== null)) return false;
    const values = new Set(answer.rows.map((row) => row[column]?.value));
    return values.size > 1 && values.size <= mostSeries;
  });
  /** @type {Map<string, Series>} */
  const found = new Map();
  for (const row of answer.rows) {
    const [atX, atY] = [value(row[x]), numberOf(row[y])];
    if (atX === null || atY === null) continue;
    const name = by < 0 ? answer.columns[y] : textOf(row[by], labels) || say("nothing");
    if (!found.has(name)) found.set(name, { name, points: [] });
    found.get(name)?.points.push({ x: atX, y: atY });
  }
  for (const one of found.values()) one.points.sort((a, b) => a.x - b.x);
  return [...found.values()];
}

/** Round numbers that span a range. */
function ticks(low, top) {
  const rough = (top - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
  const found = [];
  for (let at = Math.ceil(low / step) * step; at <= top + step / 1e6; at += step) found.push(Math.round(at * 1e9) / 1e9);
  return found;
}

/** Years, else days, at which a time axis is labelled. @returns {(readonly [number, string])[]} */
function dateTicks(left, right) {
  const [first, last] = [left, right].map((at) => new Date(at).getUTCFullYear());
  if (last - first < 2) {
    const form = new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    return [...new Set([left, right])].map((at) => /** @type {const} */ ([at, form.format(at)]));
  }
  const step = Math.max(1, Math.ceil((last - first) / 10));
  const found = [];
  for (let year = first; year <= last; year += step) {
    const at = Date.UTC(year, 0, 1);
    if (at >= left && at <= right) found.push(/** @type {const} */ ([at, String(year)]));
  }
  return found;
}

function drawn(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  return element;
}
