// What the table can show of a thing: one entry for each column.

import { facetIds } from "./dimensions.js";
import { webAddress } from "./dom.js";
import { isMember, isTieShown } from "./filters.js";
import { inLanguage, language, say } from "./language.js";

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

/** @type {Map<string, Intl.Collator>} making one takes long, and a table compares much */
const orders = new Map();

/** How texts are compared in the language of the page. */
function inOrder() {
  const order = orders.get(language()) ?? new Intl.Collator(language(), { numeric: true, sensitivity: "base" });
  orders.set(language(), order);
  return order;
}

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

/**
 * Things in the order of a column; what is not known stands last, whichever way.
 * @param {Thing[]} things
 * @param {Column} column
 * @param {boolean} descending
 */
export function sorted(things, column, descending) {
  const keyed = things.map((thing) => ({ thing, key: (column.order ?? column.value)(thing) }));
  const sign = descending ? -1 : 1;
  const order = inOrder();
  const compare = (a, b) => (typeof a === "number" ? a - b : order.compare(a, b));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return sign * compare(a.key, b.key) || a.thing.index - b.thing.index;
  });
  return keyed.map(({ thing }) => thing);
}
