// The answer as a network: which of its columns are the ends of ties, and what the renderer is given.

import { make } from "../page/dom.js";
import { language, say } from "../page/language.js";
import { harmless, iriLink, textOf } from "./cell.js";
import { pageOfThing, termOf } from "./terms.js";

/** @typedef {import("./reading.js").Term} Term */
/** @typedef {{kind: "rows" | "triples", columns: string[], rows: (Term | undefined)[][]}} Rows */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * What is drawn: `kind` and `relation` are places in the lists of them.
 * @typedef {object} Graph
 * @property {{id: string, label: string, kind: number}[]} nodes
 * @property {{from: string, to: string, relation: number}[]} edges
 * @property {{label: string, count: number}[]} kinds
 * @property {string[]} relations
 */

/** @typedef {{from: number, to: number, relation: number | null}} Ends columns */

const most = { nodes: 1500, edges: 4000 };
const type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/**
 * The columns that hold the ends of ties; null when no two hold things.
 * @param {Rows} answer
 * @returns {Ends | null}
 */
export function endsOf(answer) {
  if (answer.kind === "triples") return answer.rows.some((row) => isNode(row[2])) ? { from: 0, to: 2, relation: 1 } : null;
  const things = thingColumns(answer);
  const relation = things.find((column) => answer.rows.every((row) => !row[column] || isRelation(row[column])));
  // Things of the graph tell more about each other than what they are sorted by, and who says so.
  const isOwn = (column) => answer.rows.some((row) => pageOfThing(row[column]?.value ?? "")?.startsWith("page/id/"));
  const others = things.filter((column) => column !== relation);
  const ends = [...others.filter(isOwn), ...others.filter((column) => !isOwn(column))];
  return ends.length < 2 ? null : { from: ends[0], to: ends[1], relation: relation ?? null };
}

/** @param {Rows} answer */
function thingColumns(answer) {
  return answer.columns.map((_, column) => column).filter((column) => {
    const bound = answer.rows.filter((row) => row[column]);
    return bound.length > 0 && bound.filter((row) => isNode(row[column])).length * 2 > bound.length;
  });
}

const isNode = (term) => term?.type === "uri" || term?.type === "bnode";

const isRelation = (term) => term.type === "uri" && (termOf(term.value)?.kind === "property" || term.value.includes("/concept/relation/"));

/** A node of its own for each IRI and each blank node. */
const idOf = (term) => (term.type === "bnode" ? `_:${term.value}` : term.value);

/**
 * @param {Rows} answer
 * @param {Ends} ends
 * @param {Labels} labels
 * @param {Map<string, string>} classes those of the ends, as far as they are known
 * @returns {{graph: Graph, rest: number}} `rest` ties are left out, as there are too many
 */
export function graphOf(answer, ends, labels, classes) {
  /** @type {Map<string, {term: Term, column: number}>} */
  const nodes = new Map();
  /** @type {{from: string, to: string, relation: string}[]} */
  const edges = [];
  let rest = 0;
  const seen = new Set();
  for (const row of answer.rows) {
    const [from, to] = [row[ends.from], row[ends.to]];
    const relation = ends.relation === null ? undefined : row[ends.relation];
    if (!from || !to || !isNode(from) || !isNode(to)) continue;
    // What something is is told by its colour; the classes themselves would tie everything together.
    if (answer.kind === "triples" && relation?.value === type) continue;
    const key = `${idOf(from)} ${relation?.value ?? ""} ${idOf(to)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const more = Number(!nodes.has(idOf(from))) + Number(!nodes.has(idOf(to)));
    if (nodes.size + more > most.nodes || edges.length >= most.edges) {
      rest += 1;
      continue;
    }
    for (const [term, column] of /** @type {[Term, number][]} */ ([[from, ends.from], [to, ends.to]])) {
      if (!nodes.has(idOf(term))) nodes.set(idOf(term), { term, column });
    }
    edges.push({ from: idOf(from), to: idOf(to), relation: relation ? textOf(relation, labels) : "→" });
  }
  const kindOf = (id, { column }) => {
    const found = classes.get(id);
    return harmless(found !== undefined ? labels.nameOf(found) : answer.kind === "rows" ? answer.columns[column] : say("kindUnknown"));
  };
  const counts = new Map();
  for (const [id, node] of nodes) counts.set(kindOf(id, node), (counts.get(kindOf(id, node)) ?? 0) + 1);
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => ({ label, count }));
  const placeOf = new Map(kinds.map((kind, place) => [kind.label, place]));
  const relations = [...new Set(edges.map((edge) => edge.relation))];
  const graph = {
    nodes: [...nodes].map(([id, node]) => ({ id, label: textOf(node.term, labels), kind: placeOf.get(kindOf(id, node)) ?? 0 })),
    edges: edges.map((edge) => ({ ...edge, relation: relations.indexOf(edge.relation) })),
    kinds,
    relations,
  };
  return { graph, rest };
}

/**
 * Draws the network, with a choice of columns where there is one.
 * @param {HTMLElement} element
 * @param {Rows} answer
 * @param {Labels} labels
 * @param {string} script address of the renderer
 */
export async function drawNetwork(element, answer, labels, script) {
  const ends = endsOf(answer);
  if (!ends) return;
  const tools = make("div", { class: "rows-tools" });
  const frame = make("div", { class: "network-frame" });
  const told = make("p", { class: "network-told", role: "status" });
  element.replaceChildren(tools, frame, told);
  const rows = answer.rows.slice(0, 20_000);
  const columns = answer.kind === "triples" ? [] : thingColumns(answer);
  const irisIn = (some) => [...new Set(rows.flatMap((row) => some.flatMap((column) => (row[column]?.type === "uri" ? [row[column].value] : []))))];
  const things = irisIn(columns.length > 0 ? columns : [ends.from, ends.to]).slice(0, 2 * most.nodes);
  const [{ showNetwork }, classes] = await Promise.all([
    import(new URL(script, document.baseURI).href),
    labels.classes(things),
    labels.fetch([...things, ...(ends.relation === null ? [] : irisIn([ends.relation]))]),
  ]);
  await labels.fetch(classes.values());
  const draw = () => {
    const { graph, rest } = graphOf(answer, ends, labels, classes);
    told.replaceChildren(rest > 0 ? say("networkRest", { n: rest }) : "");
    const select = (id, neighbours) => {
      if (id === null) return told.replaceChildren();
      const link = (one) => (one.startsWith("_:") ? make("span", {}, one) : iriLink(one, harmless(labels.nameOf(one))));
      told.replaceChildren(make("strong", {}, link(id)), ...neighbours.slice(0, 30).flatMap((other) => [" · ", link(other)]));
    };
    showNetwork(frame, graph, { language: language(), label: say("networkLabel", { nodes: graph.nodes.length, edges: graph.edges.length }), fit: say("networkFit"), select });
  };
  const choice = (key, word) => {
    const select = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": say(word), onchange: () => {
      ends[key] = select.value === "" ? null : Number(select.value);
      draw();
    } }, ...(key === "relation" ? [make("option", { value: "", selected: ends.relation === null }, say("networkNoRelation"))] : []), ...columns.map((column) => make("option", { value: String(column), selected: column === ends[key] }, answer.columns[column]))));
    return make("span", { class: "choice" }, make("span", { "aria-hidden": "true" }, say(word)), " ", select);
  };
  if (columns.length > 2) tools.append(choice("from", "networkFrom"), choice("to", "networkTo"), choice("relation", "networkRelation"));
  draw();
}
