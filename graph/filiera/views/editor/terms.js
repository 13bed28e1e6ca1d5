// What the graph can be asked with: prefixes, classes and properties with their words, examples.

import { inLanguage } from "../page/language.js";

/** @typedef {import("../page/data.js").Text} Text */

/** @typedef {{iri: string, kind: "class" | "property", count: number, label?: Text, definition?: Text}} Term */

/** @typedef {{name: string, topic: string, title: Text, description: Text, sparql: Text}} Example */

/**
 * @typedef {object} Terms
 * @property {Record<string, string>} prefixes namespaces by prefix
 * @property {Term[]} terms the most used first
 * @property {Example[]} examples the questions of the catalogue
 * @property {Record<string, string>} pages what this server has a page of: beginnings of IRIs, and of its addresses
 */

/** @type {Terms} */
export const known = { prefixes: {}, terms: [], examples: [], pages: {} };

/** @type {Map<string, Term>} by IRI */
const byIri = new Map();

/**
 * Fetches them.
 * @param {string} address
 * @throws {Error} when they cannot be had
 */
export async function loadTerms(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} at ${address}`);
  Object.assign(known, await response.json());
  for (const term of known.terms) if (!byIri.has(term.iri)) byIri.set(term.iri, term);
}

/** @param {string} iri */
export function termOf(iri) {
  return byIri.get(iri);
}

/** What a term means, in the language of the page. @param {Term} term */
export function meaning(term) {
  return [inLanguage(term.label), inLanguage(term.definition)].filter(Boolean).join(" – ");
}

/**
 * An IRI as a prefixed name; null when no prefix fits.
 * @param {string} iri
 */
export function shortened(iri) {
  let best = "";
  for (const [prefix, base] of Object.entries(known.prefixes)) {
    if (iri.startsWith(base) && (best === "" || base.length > known.prefixes[best].length)) best = prefix;
  }
  if (best === "") return null;
  const local = iri.slice(known.prefixes[best].length);
  return /^(?:[\w](?:[\w.-]*[\w-])?)?$/.test(local) ? `${best}:${local}` : null;
}

/**
 * The IRI that a prefixed name stands for; null when the prefix is not one of ours.
 * @param {string} name
 */
export function expanded(name) {
  const place = name.indexOf(":");
  const base = known.prefixes[name.slice(0, place)];
  return place < 0 || base === undefined ? null : base + name.slice(place + 1);
}

/**
 * The address of this server's own page of a thing; null when it has none.
 * @param {string} iri
 */
export function pageOfThing(iri) {
  for (const [base, path] of Object.entries(known.pages)) {
    if (iri.startsWith(base) && iri.length > base.length) return path + iri.slice(base.length).split("/").map(encodeURIComponent).join("/");
  }
  return null;
}
