// What a field suggests: names from the page, else from the server.

import { inLanguage, language, say } from "./language.js";
import { namesLike } from "./question_asking.js";
import { folded } from "./folding.js";
import { findThings } from "./search.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./question_catalogue.js").Field} Field */

/** @typedef {{id: string, label: string, detail?: string}} Choice */

const most = 8;
const placeKinds = ["country", "region", "province", "municipality", "locality"];

/**
 * The few values that a field takes, to choose from a list; null when there are many.
 * @param {Field} field
 * @param {Page} page
 * @returns {Choice[] | null}
 */
export function fewChoices(field, page) {
  if (field.type === "chain") return page.chains.map(labelled);
  if (field.type === "yes-no") return ["yes", "no"].map((id) => ({ id, label: say(`questions_${id}`) }));
  if (field.type === "concept:place-kind") return placeKinds.map((id) => ({ id, label: say(`questionsPlace_${id}`) }));
  return null;
}

/** Whether only the server knows what a field takes. @param {Field} field */
export function isServerNamed(field) {
  return takesNames(field) && !["thing", "organisation", "organisations", "stage", "place", "concept:field", "need"].includes(field.type);
}

/** Whether what is typed into a field is a name that can be suggested. @param {Field} field */
export function takesNames(field) {
  return !["date", "integer", "number", "text"].includes(field.type);
}

/**
 * What may be meant by what is typed.
 * @param {Field} field
 * @param {Page} page
 * @param {string} typed
 * @returns {Promise<Choice[]> | Choice[]}
 */
export function suggested(field, page, typed) {
  const things = () => {
    const found = typed === "" ? page.ranked : findThings(page, typed);
    const fitting = field.type === "thing" ? found : found.filter((thing) => thing.kind.id !== "projects");
    return fitting.map((thing) => ({ ...labelled(thing), detail: inLanguage(thing.kindLabel ?? thing.kind.label) }));
  };
  switch (field.type) {
    case "thing":
    case "organisation":
    case "organisations":
      return things().slice(0, most);
    case "stage":
      return among(page.stages, typed, (stage) => inLanguage(stage.chain.label));
    case "place":
      return among(page.places, typed, (place) => say(`questionsPlace_${place.kind}`));
    case "concept:field":
      return among(page.fields, typed);
    case "need":
      return typed === "" ? [] : [...among(page.stages, typed, (stage) => inLanguage(stage.chain.label)), ...among(page.fields, typed)].slice(0, most);
    default:
      return page.server === null ? [] : namesLike(page.server, field.type, typed, language());
  }
}

/**
 * The name by which a value is shown: that of the thing whose id it is; null when the page does not hold it.
 * @param {Field} field
 * @param {Page} page
 * @param {string} value
 */
export function nameOf(field, page, value) {
  const of = (list) => list.find((item) => item.id === value);
  const found =
    field.type === "stage" ? of(page.stages)
    : field.type === "place" ? of(page.places)
    : field.type === "concept:field" ? of(page.fields)
    : field.type === "need" ? (of(page.stages) ?? of(page.chains) ?? of(page.fields))
    : ["thing", "organisation", "organisations"].includes(field.type) ? page.byId.get(value)
    : undefined;
  return found ? inLanguage(found.label) : null;
}

function labelled(item) {
  return { id: item.id, label: inLanguage(item.label) };
}

/**
 * The items whose names hold what is typed; first those that begin with it as a whole word, then those that begin with it.
 * @param {any[]} items
 * @param {string} typed
 * @param {(item: any) => string} [detail]
 * @returns {Choice[]}
 */
function among(items, typed, detail) {
  const tokens = folded(typed).split(" ").filter(Boolean);
  const begin = folded(typed);
  const names = (item) => (typeof item.label === "string" ? [item.label] : Object.values(item.label)).map(folded);
  const grade = (item) => Math.max(...names(item).map((name) => (` ${name} `.startsWith(` ${begin} `) ? 2 : Number(name.startsWith(begin)))));
  return items
    .filter((item) => names(item).some((name) => tokens.every((token) => ` ${name}`.includes(` ${token}`))))
    .sort((a, b) => grade(b) - grade(a))
    .slice(0, most)
    .map((item) => ({ ...labelled(item), detail: detail?.(item) }));
}
