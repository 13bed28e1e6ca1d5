// Any analysis, as it tells itself: texts as paragraphs, things and sources as links, the rest by name.

import { make } from "./dom.js";
import { number, say } from "./language.js";
import { evidenceBehind, named } from "./question_links.js";

/** @typedef {import("./data.js").Page} Page */

const texts = ["text", "sentence", "summary", "question", "description"];
const machine = ["labels", "answer", "dates", "fact", "facts", "edtf", "earliest", "latest", "since_edtf", "first_day", "last_day", "id", "acronym"];
const deepest = 5;
const openAtMost = 12;

/**
 * @param {Page} page
 * @param {any} answer
 */
export function told(page, answer) {
  return make("div", { class: "told" }, ...partsOf(page, answer, answer.labels ?? {}, 0));
}

/**
 * @param {Page} page
 * @param {Record<string, any>} item
 * @param {Record<string, string>} labels
 * @param {number} depth
 * @returns {(Node | null)[]}
 */
function partsOf(page, item, labels, depth) {
  const iri = [item.iri, item.organisation, item.thing].find((value) => typeof value === "string");
  const title = iri ? named(page, iri, item.label ?? labels[iri]) : item.label && make("span", {}, item.label);
  const said = texts.filter((key) => typeof item[key] === "string" && item[key] !== "").map((key) => make("p", { class: "said" }, item[key]));
  const rest = Object.entries(item).filter(
    ([key, value]) => ![...texts, ...machine, "iri", "organisation", "thing", "label"].includes(key) && !isNothing(value),
  );
  const plain = rest.filter(([, value]) => typeof value !== "object");
  const nested = rest.filter(([, value]) => typeof value === "object");
  return [
    depth > 0 && title ? make("p", { class: "told-name" }, title) : null,
    ...said,
    plain.length > 0 ? make("dl", { class: "told-values" }, ...plain.map(([key, value]) => make("div", {}, make("dt", {}, worded(key)), make("dd", {}, plainly(page, value, labels))))) : null,
    ...nested.map(([key, value]) => nestedPart(page, key, value, labels, depth)),
  ];
}

function nestedPart(page, key, value, labels, depth) {
  if (isEvidence(value)) return evidenceBehind(value);
  if (depth >= deepest) return null;
  if (!Array.isArray(value)) return make("section", {}, heading(key, depth), ...children(partsOf(page, value, labels, depth + 1)));
  const items = value.map((each) =>
    make("li", {}, ...(typeof each === "object" && each !== null ? children(Array.isArray(each) ? [nestedPart(page, key, each, labels, depth + 1)] : partsOf(page, each, labels, depth + 1)) : [plainly(page, each, labels)])),
  );
  const simple = value.every((each) => typeof each !== "object");
  const list = make(simple ? "ul" : "ol", { class: simple ? "told-names" : "told-list" }, ...items);
  if (depth === 0 && value.length <= openAtMost) return make("section", {}, heading(key, depth), list);
  return make("details", {}, make("summary", {}, `${worded(key)} (${number(value.length)})`), list);
}

function children(parts) {
  return /** @type {Node[]} */ (parts.filter((part) => part !== null));
}

function heading(key, depth) {
  return make(depth === 0 ? "h3" : "h4", {}, worded(key));
}

function isNothing(value) {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

function isEvidence(value) {
  return Array.isArray(value) && value.every((each) => each !== null && typeof each === "object" && Array.isArray(each.sources));
}

/** @returns {Node | string} */
function plainly(page, value, labels) {
  if (typeof value === "number") return number(Number(value.toPrecision(6)));
  if (typeof value === "boolean") return say(value ? "questions_yes" : "questions_no");
  return /^https?:\/\/.*\/id\//.test(value) ? named(page, value, labels[value]) : String(value);
}

/** A key as a person reads it. */
function worded(key) {
  const words = key.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}
