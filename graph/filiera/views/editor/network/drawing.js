// Draws a network with the renderer of the map. The page loads this when somebody looks at one.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { readPage } from "../../page/data.js";
import { make } from "../../page/dom.js";
import { filter } from "../../page/filters.js";
import { followArrows } from "../../page/keyboard.js";
import { speak } from "../../page/language.js";
import { NetworkMap } from "../../page/network.js";
import { followPointer } from "../../page/pointer.js";
import { shapePicture } from "../../page/shapes.js";
import { change, onChange } from "../../page/state.js";
import { onTheme, refresh } from "../../page/theme.js";
import { words } from "../../page/words.js";

/** @typedef {import("../answer_network.js").Graph} Graph */

const shapes = ["dot", "square", "diamond", "triangle", "hexagon", "star"];
const hues = 5;
const rounds = { few: 300, many: 120 };

/** The map that is on screen. @type {NetworkMap | null} */
let current = null;

// The page that loads this has its own switch, and says by an attribute what was chosen.
new MutationObserver(refresh).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
onTheme(() => current?.refocus());
refresh();
onChange((changed) => {
  if (current?.element.isConnected) current.refocus(changed);
});

/**
 * @param {HTMLElement} frame
 * @param {Graph} graph
 * @param {{language: string, label: string, fit: string, select: (id: string | null, neighbours: string[]) => void}} how
 *   `select` is told what somebody chooses, and what is tied to it
 */
export function showNetwork(frame, graph, how) {
  speak(words, how.language);
  change({ selected: null, hovered: null, hoveredTie: null });
  const page = readPage(raw(graph));
  filter(page);
  const element = make("div", { id: "map", tabindex: "0", role: "application", "aria-label": how.label });
  const fit = make("button", { type: "button", class: "plain network-fit" }, how.fit);
  const legend = make("ul", { class: "network-legend" }, ...page.kinds.slice(0, 12).map((kind) => make("li", {}, shapePicture(kind), `${kind.label} (${kind.count})`)));
  frame.replaceChildren(element, make("p", { id: "hint", hidden: true }), fit, legend);
  const map = new NetworkMap(element, page, () => ({ left: 0, right: 0, top: 0, bottom: 0 }));
  current = map;
  const select = (thing) => {
    change({ selected: thing, hoveredTie: null });
    if (thing) map.camera.bringIntoView(thing);
    how.select(thing?.id ?? null, thing ? [...thing.neighbours].map((other) => other.id) : []);
  };
  followPointer(map, select);
  followArrows(map, select);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
    else if (event.key === "+") map.camera.zoomBy(1.4, undefined, true);
    else if (event.key === "-") map.camera.zoomBy(1 / 1.4, undefined, true);
    else if (event.key === "f") map.fit();
    else if (event.key === "Enter" && page.ranked[0]) select(page.ranked[0]);
  });
  fit.addEventListener("click", () => map.fit());
  frame.dataset.drawn = String(page.things.length);
}

/** The graph as page data: laid out, with sizes by the number of ties. @param {Graph} graph */
function raw(graph) {
  const degrees = new Map(graph.nodes.map((node) => [node.id, 0]));
  for (const { from, to } of graph.edges) for (const id of new Set([from, to])) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const placed = graph.nodes.map((node) => ({ ...node, size: 5 + 2.2 * Math.sqrt(degrees.get(node.id) ?? 0), x: 0, y: 0 }));
  lay(placed, graph.edges);
  return {
    title: "",
    subtitle: "",
    lang: "it",
    counts: { nodes: placed.length, edges: graph.edges.length, sources: 0, facts: 0 },
    nodes: placed.map(({ id, label, kind, size, x, y }) => ({ id, label, kind, size, x, y, member: true })),
    edges: graph.edges,
    kinds: graph.kinds.map((kind, place) => ({ ...kind, id: String(place), shape: shapes[Math.min(place, shapes.length - 1)], colour: place < hues ? place + 1 : 0 })),
    relations: graph.relations.map((label, place) => ({ id: String(place), label, inverse: label, symmetric: false, group: "other" })),
    sources: [],
    texts: [],
    groupTitles: [],
  };
}

/** The layout is the same each time: the simulation draws its random numbers from a fixed seed. */
function lay(nodes, edges) {
  // Few things would be drawn as large as they fit: then they stand farther apart.
  const apart = nodes.length < 60 ? 2.2 : 1;
  const links = edges.filter(({ from, to }) => from !== to).map(({ from, to }) => ({ source: from, target: to }));
  const simulation = forceSimulation(nodes)
    .force("ties", forceLink(links).id((node) => /** @type {any} */ (node).id).distance(60 * apart))
    .force("apart", forceManyBody().strength(-160 * apart * apart).distanceMax(900 * apart))
    .force("middle x", forceX(0).strength(0.05))
    .force("middle y", forceY(0).strength(0.08))
    .force("room", forceCollide((node) => /** @type {any} */ (node).size + 8))
    .stop();
  simulation.tick(nodes.length > 500 ? rounds.many : rounds.few);
}
