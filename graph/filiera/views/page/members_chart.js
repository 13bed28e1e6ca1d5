// The chart of members: what sources state, as points, and who is known by name, as bars below them.

import { inLanguage, number, say } from "./language.js";
import { state } from "./state.js";

const space = "http://www.w3.org/2000/svg";
const margin = { left: 44, right: 28, top: 26, bottom: 30 };
const dayLength = 86_400_000;

/**
 * @param {import("./dimensions.js").History} history
 * @param {{date: string, day: number}[]} moments
 * @param {number} width CSS pixels
 * @param {(moment: number) => void} choose
 */
export function membersChart(history, moments, width, choose) {
  const height = Math.round(Math.min(300, Math.max(200, width * 0.32)));
  const points = history.stated.flatMap((point) => (point.day === undefined ? [] : [{ ...point, day: point.day }]));
  const firstKnown = history.named.findIndex(([certain, possible]) => certain + possible > 0);
  const firstStated = moments.findIndex((moment) => points.some((point) => point.day <= moment.day));
  const first = Math.max(0, Math.min(...[firstKnown, firstStated].filter((index) => index >= 0)) - 1);
  const shown = moments.slice(first);
  const start = Date.UTC(Number(shown[0].date.slice(0, 4)), 0, 1) / dayLength;
  const end = shown[shown.length - 1].day;
  const highest = Math.max(1, ...points.map((point) => point.value), ...history.named.map(([certain, possible]) => certain + possible));
  const top = niceTop(highest);
  const x = (day) => margin.left + ((day - start) / (end - start || 1)) * (width - margin.left - margin.right);
  const y = (value) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);

  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "members-chart", role: "img" });
  const title = element("title", {});
  title.textContent = say("timeChart");
  svg.append(title);
  for (let value = 0; value <= top; value += top / 4) {
    svg.append(element("line", { x1: margin.left, x2: width - margin.right, y1: y(value), y2: y(value), class: "grid" }));
    svg.append(text(margin.left - 8, y(value) + 4, number(value), "end"));
  }
  const wide = (width - margin.left - margin.right) / shown.length;
  shown.forEach((moment, place) => {
    const [certain, possible] = history.named[first + place] ?? [0, 0];
    const middle = (x(moment.day) + (place === 0 ? x(start) : x(shown[place - 1].day))) / 2;
    const bar = Math.max(6, wide * 0.5);
    if (certain > 0) svg.append(element("rect", { x: middle - bar / 2, y: y(certain), width: bar, height: y(0) - y(certain), class: "named" }));
    if (possible > 0) svg.append(element("rect", { x: middle - bar / 2, y: y(certain + possible), width: bar, height: y(certain) - y(certain + possible), class: "named possible" }));
    const count = certain > 0 && possible > 0 && wide > 44 ? `${number(certain)}–${number(certain + possible)}` : number(certain || possible);
    if (certain + possible > 0) svg.append(text(middle, y(certain + possible) - 5, count, "middle", "named-label"));
    const every = Math.ceil(42 / wide);
    if ((shown.length - 1 - place) % every === 0) svg.append(text(middle, height - 10, moment.date.slice(0, 4), "middle"));
    const area = element("rect", { x: middle - wide / 2, y: margin.top, width: wide, height: height - margin.top - margin.bottom, class: "reach" });
    area.addEventListener("click", () => choose(first + place));
    svg.append(area);
  });
  if (points.length > 1) svg.append(element("polyline", { points: points.map((point) => `${x(point.day)},${y(point.value)}`).join(" "), class: "stated-line" }));
  points.forEach((point, place) => {
    svg.append(element("circle", { cx: x(point.day), cy: y(point.value), r: 5, class: "stated" }));
    const label = [inLanguage(point.precision), number(point.value)].filter(Boolean).join(" ");
    const atEnd = x(point.day) > width - 120;
    svg.append(text(x(point.day) + (atEnd ? -4 : 0), y(point.value) - 11, label, atEnd || place === points.length - 1 ? "end" : "middle", "stated-label"));
  });
  if (state.moment !== null && state.moment >= first) {
    const at = x(moments[state.moment].day);
    svg.append(element("line", { x1: at, x2: at, y1: margin.top - 8, y2: height - margin.bottom, class: "now" }));
  }
  const figure = document.createElement("figure");
  const key = document.createElement("figcaption");
  for (const name of ["stated", "named", "possible"]) {
    const entry = document.createElement("span");
    entry.dataset.key = name;
    entry.textContent = say(`timeKey_${name}`);
    key.append(entry);
  }
  figure.append(svg, key);
  return figure;
}

/** The next round number above, that four lines divide evenly. */
function niceTop(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 1.6, 2, 4, 6, 8, 10].map((step) => step * size).find((top) => top >= value) ?? 10 * size;
}

function element(name, attributes) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function text(x, y, said, anchor, kind = "axis") {
  const made = element("text", { x, y, "text-anchor": anchor, class: kind });
  made.textContent = said;
  return made;
}
