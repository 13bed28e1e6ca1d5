// What the table can show of a thing: one entry for each column.

import { facetIds } from "./dimensions.js";
import { webAddress } from "./dom.js";
import { isMember, isTieShown } from "./filters.js";
import { inLanguage, inOrder, language, say } from "./language.js";

/** @typedef {import("./data.js").Thing} Thing */

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {number} width in rem; all columns grow alike where there is more room
 * @property {boolean} [numeric]
 * @property {boolean} [usual] shown unless the person chooses otherwise
 * @property {(thing: Thing) => string | number | null} value what is downloaded, and sorted; null where nothing is known
 * @property {(thing: Thing) => string | null} [order] what is sorted, where that is not the value
 * @property {(thing: Thing) => Thing[]} [things] what it links to, where it names other things
 * @property {(thing: Thing) => string | undefined} [address] a website to link to
 */

const list = (labels) => (labels.length > 0 ? [...new Set(labels)].join(" · ") : null);

/** The shown neighbours of a thing, by name. @param {Thing} thing */
function neighbours(thing) {
  const others = new Set(thing.ties.filter(isTieShown).map((tie) => (tie.from === thing ? tie.to : tie.from)));
  others.delete(thing);
  return [...others].sort((a, b) => inOrder().compare(inLanguage(a.label), inLanguage(b.label)));
}

/** @type {Column[]} */
export const columns = [
  { id: "name", width: 12, usual: true, value: (thing) => inLanguage(thing.label) },
  { id: "kind", width: 7.5, usual: true, value: (thing) => inLanguage(thing.kindLabel ?? thing.kind.label) },
  { id: "member", width: 6, usual: true, value: (thing) => say(isMember(thing) ? "yes" : "no") },
  { id: "town", width: 7.5, usual: true, value: (thing) => (thing.place ? inLanguage(thing.place.label) : (thing.town ?? null)) },
  { id: "province", width: 7.5, usual: true, value: (thing) => inLanguage(provinceOf(thing)?.label) || null },
  { id: "chains", width: 9, value: (thing) => list(thing.stages.map((stage) => inLanguage(stage.chain.label))) },
  { id: "stages", width: 8.4, usual: true, value: (thing) => list(thing.stages.map((stage) => inLanguage(stage.label))) },
  { id: "fields", width: 9, value: (thing) => list(thing.fields.map((field) => inLanguage(field.label))) },
  { id: "standing", width: 10, value: (thing) => inLanguage(thing.standingText) || null },
  { id: "ties", width: 5.8, usual: true, numeric: true, value: (thing) => thing.ties.filter(isTieShown).length },
  { id: "neighbours", width: 11, usual: true, value: (thing) => list(neighbours(thing).map((other) => inLanguage(other.label))), things: neighbours },
  { id: "facts", width: 5.5, numeric: true, value: (thing) => (thing.told ? thing.groups.reduce((sum, group) => sum + group.statements.length, 0) : null) },
  { id: "sources", width: 5.8, numeric: true, value: (thing) => facetIds.source(thing).length },
  { id: "website", width: 11, value: (thing) => thing.website ?? null, order: (thing) => siteName(thing.website) ?? thing.website ?? null, address: (thing) => thing.website },
];

/**
 * A website as it is called, or null for an address that cannot be linked.
 * @param {string | undefined} address
 */
export function siteName(address) {
  return webAddress(address)?.host.replace(/^www\./, "") ?? null;
}

/** @param {Thing} thing */
function provinceOf(thing) {
  if (!thing.place) return null;
  return thing.place.kind === "province" ? thing.place : (thing.place.province ?? null);
}

/** Columns that say the same whatever is filtered, fetched or dated: their order is worked out once. */
const lasting = new Set(["name", "kind", "province", "chains", "stages", "fields", "standing"]);

/** @type {WeakMap<Thing[], Map<string, Int32Array>>} */
const ranks = new WeakMap();

/** Where the value of each thing stands among all values of a column; -1 where none is known. */
function ranked(things, column) {
  const value = column.order ?? column.value;
  const keys = things.map(value);
  const order = inOrder();
  const compare = (a, b) => (typeof a === "number" ? a - b : order.compare(a, b));
  const known = [...new Set(keys)].filter((key) => key !== null).sort(compare);
  const places = new Map();
  known.forEach((key, place) => places.set(key, place > 0 && compare(known[place - 1], key) === 0 ? places.get(known[place - 1]) : place));
  return Int32Array.from(keys, (key) => places.get(key) ?? -1);
}

function lastingRanks(things, column) {
  const known = ranks.get(things) ?? new Map();
  ranks.set(things, known);
  const key = `${language()} ${column.id}`;
  const found = known.get(key) ?? ranked(things, column);
  known.set(key, found);
  return found;
}

/**
 * Things in the order of a column; what is not known stands last, whichever way.
 * @param {Thing[]} all the things of the page
 * @param {Thing[]} things some of them
 * @param {Column} column
 * @param {boolean} descending
 */
export function sorted(all, things, column, descending) {
  const own = lasting.has(column.id) ? null : ranked(things, column);
  const lastingRank = own ? null : lastingRanks(all, column);
  const sign = descending ? -1 : 1;
  const keyed = things.map((thing, place) => {
    const rank = own ? own[place] : lastingRank[thing.index];
    return { thing, key: rank < 0 ? Infinity : sign * rank };
  });
  keyed.sort((a, b) => (a.key === b.key ? a.thing.index - b.thing.index : a.key - b.key));
  return keyed.map(({ thing }) => thing);
}
