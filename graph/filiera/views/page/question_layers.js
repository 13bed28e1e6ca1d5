// Answers as a network: from what is asked about, step by step to the right.

import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { thingOf } from "./question_links.js";
import { thingLink } from "./statements.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./question_table.js").Answer} Answer */

const rowHeight = 34;
const mostInLayer = 40;

/**
 * @param {Page} page
 * @param {Answer} answer
 * @param {Record<string, string>} given what was asked with; a thing among it is the root
 * @returns {HTMLElement | null} null when the answer joins no two things
 */
export function layers(page, answer, given) {
  const columns = answer.columns.filter((column) => column.kind === "thing" && answer.rows.some((row) => thingOf(page, row[column.name])));
  const roots = Object.values(given).flatMap((value) => page.byId.get(value) ?? []);
  const edges = edgesOf(page, answer, columns, columns.length === 1 ? roots[0] : undefined);
  if (edges.length === 0) return null;
  const nodes = new Set(edges.flat());
  const start = roots.filter((root) => nodes.has(root));
  const placed = start.length > 0 && columns.length !== 3 ? bySteps(edges, start[0]) : byColumns(page, answer, columns, nodes);
  const all = sortedLayers(placed, edges);
  const shown = all.map((layer) => layer.slice(0, mostInLayer));
  const rest = all.reduce((sum, layer, place) => sum + layer.length - shown[place].length, 0);
  const rows = Math.max(...shown.map((layer) => layer.length));
  const board = make("div", { class: "layers-board" });
  board.style.height = `${rows * rowHeight}px`;
  shown.forEach((layer, place) => {
    if (place > 0) board.append(gap(shown[place - 1], layer, edges, rows));
    board.append(column(layer, rows, start));
  });
  return make(
    "figure",
    { class: "answer-drawing layers" },
    make("figcaption", {}, say("questionsNetwork", { things: nodes.size, ties: edges.length })),
    make("div", { class: "answer-scroll", tabindex: "0", role: "region", "aria-label": answer.title }, board),
    rest > 0 && make("p", { class: "quiet" }, say("questionsRest", { n: rest })),
  );
}

/** @returns {[Thing, Thing][]} each pair once */
function edgesOf(page, answer, columns, root) {
  /** @type {Map<string, [Thing, Thing]>} */
  const edges = new Map();
  for (const row of answer.rows) {
    const found = columns.map((column) => thingOf(page, row[column.name])).filter((thing) => thing !== undefined);
    const chain = root ? [root, ...found] : found;
    chain.slice(1).forEach((thing, place) => {
      const before = chain[place];
      if (before !== thing && !edges.has(`${thing.id} ${before.id}`)) edges.set(`${before.id} ${thing.id}`, [before, thing]);
    });
  }
  return [...edges.values()];
}

/** @returns {Map<Thing, number>} the layer of each thing: its steps from the root */
function bySteps(edges, root) {
  const placed = new Map([[root, 0]]);
  for (const thing of placed.keys()) {
    for (const [from, to] of edges) {
      const other = from === thing ? to : to === thing ? from : null;
      if (other && !placed.has(other)) placed.set(other, (placed.get(thing) ?? 0) + 1);
    }
  }
  for (const thing of new Set(edges.flat())) if (!placed.has(thing)) placed.set(thing, 1);
  return placed;
}

/** @returns {Map<Thing, number>} the layer of each thing: the first column that holds it */
function byColumns(page, answer, columns, nodes) {
  const placed = new Map();
  columns.forEach((column, place) => {
    for (const row of answer.rows) {
      const thing = thingOf(page, row[column.name]);
      if (thing && nodes.has(thing) && !placed.has(thing)) placed.set(thing, place);
    }
  });
  return placed;
}

/** @returns {Thing[][]} each layer in the order in which its lines cross least: by the middle of its neighbours */
function sortedLayers(placed, edges) {
  const last = Math.max(...placed.values());
  const all = Array.from({ length: last + 1 }, (_, layer) => [...placed].filter(([, at]) => at === layer).map(([thing]) => thing));
  const near = (thing) => edges.flatMap(([from, to]) => (from === thing ? [to] : to === thing ? [from] : []));
  const sort = (layer, other) => {
    const rank = new Map(other.map((thing, place) => [thing, place]));
    const middle = (thing) => {
      const ranks = near(thing).flatMap((each) => rank.get(each) ?? []);
      return ranks.length === 0 ? Infinity : ranks.reduce((sum, each) => sum + each, 0) / ranks.length;
    };
    const middles = new Map(layer.map((thing) => [thing, middle(thing)]));
    layer.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || inLanguage(a.label).localeCompare(inLanguage(b.label)));
  };
  const filled = all.filter((layer) => layer.length > 0);
  for (let place = 1; place < filled.length; place += 1) sort(filled[place], filled[place - 1]);
  for (let place = filled.length - 2; place >= 0; place -= 1) sort(filled[place], filled[place + 1]);
  return filled;
}

function column(layer, rows, start) {
  const list = make("ul", { class: "layer" }, ...layer.map((thing) => make("li", { "data-root": start.includes(thing) }, thingLink(thing))));
  list.style.paddingTop = `${((rows - layer.length) * rowHeight) / 2}px`;
  return list;
}

/** The lines between two layers that stand side by side. */
function gap(left, right, edges, rows) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const height = rows * rowHeight;
  svg.setAttribute("viewBox", `0 0 100 ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const middle = (layer, thing) => (layer.indexOf(thing) + 0.5 + (rows - layer.length) / 2) * rowHeight;
  for (const [from, to] of edges) {
    const [a, b] = left.includes(from) ? [from, to] : [to, from];
    if (!left.includes(a) || !right.includes(b)) continue;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const [y, z] = [middle(left, a), middle(right, b)];
    path.setAttribute("d", `M0 ${y}C50 ${y} 50 ${z} 100 ${z}`);
    svg.append(path);
  }
  return svg;
}
