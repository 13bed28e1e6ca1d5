// How two are linked: each path as a chain of things, each step a sentence with its sources.

import { make } from "./dom.js";
import { number, say } from "./language.js";
import { evidenceOf, named } from "./question_links.js";

/** @typedef {import("./data.js").Page} Page */

/**
 * @param {Page} page
 * @param {any} answer
 */
export function paths(page, answer) {
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "lead" }, answer.text),
    make("ol", { class: "paths" }, ...answer.paths.map((path) => pathItem(page, path))),
    method(answer),
  );
}

function pathItem(page, path) {
  const steps = path.things.flatMap((thing, place) => [
    make("li", { class: "path-thing" }, named(page, thing.iri, thing.label), place > 0 && place < path.things.length - 1 && make("span", { class: "quiet" }, ` (${say("questionsNeighbours", { n: thing.neighbours })})`)),
    ...(place < path.steps.length ? [make("li", { class: "path-step" }, ...path.steps[place].map((said) => make("div", {}, make("p", { class: "said" }, said.text), evidenceOf([said.evidence]))))] : []),
  ]);
  return make("li", { class: "path" }, make("p", { class: "path-title" }, say("questionsSteps", { n: path.steps.length })), make("ol", {}, ...steps));
}

/**
 * How an answer was worked out, and after whom.
 * @param {{method?: string, reference?: string, measures?: {name: string, meaning: string, reference: string}[]}} answer
 */
export function method({ method: how, reference, measures = [] }) {
  if (!how) return null;
  return make(
    "details",
    { class: "method" },
    make("summary", {}, say("questionsMethod")),
    make("p", {}, how),
    reference && make("p", { class: "quiet" }, reference),
    measures.length > 0 && make("dl", {}, ...measures.map((measure) => make("div", {}, make("dt", {}, measure.name), make("dd", {}, measure.meaning, make("p", { class: "quiet" }, measure.reference))))),
  );
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function pathRows(answer) {
  const heads = ["questionsPath", "questionsStep", "questionsFrom", "questionsTo", "questionsSentence", "column_sources"].map((key) => say(key));
  const rows = answer.paths.flatMap((path, place) =>
    path.steps.flatMap((step, number) =>
      step.map((said) => [place + 1, number + 1, path.things[number].label, path.things[number + 1].label, said.text, addresses([said.evidence])]),
    ),
  );
  return [heads, ...rows];
}

/**
 * The addresses of the sources of some evidence, for a cell.
 * @param {import("./question_links.js").Evidence[]} evidence
 */
export function addresses(evidence) {
  return [...new Set(evidence.flatMap(({ sources }) => sources).map((source) => source.url || source.title || source.source))].join(" ") || null;
}

/** A score as a bar with its number. @param {number} value 0 to 100 */
export function scoreBar(value) {
  const fill = make("span", { class: "bar-fill" });
  fill.style.width = `${Math.max(0, Math.min(100, value))}%`;
  return make("div", { class: "score" }, make("strong", {}, number(value)), make("span", { class: "bar-track", "aria-hidden": "true" }, fill), make("span", { class: "unseen" }, say("questionsScore")));
}
