// What a query finds among the values of facets: a province, a chain, a stage or a sector to narrow down to.

import { facetCounts } from "./counts.js";
import { facetValues } from "./facet_values.js";
import { facetLabel } from "./facets.js";
import { folded } from "./folding.js";
import { language } from "./language.js";
import { choose, state } from "./state.js";

/** @typedef {import("./facet_values.js").ThingFacet} ThingFacet */
/** @typedef {{facet: ThingFacet, id: string, label: string, count: number}} Narrowing */

/** Facets whose values people type. @type {ThingFacet[]} */
const typed = ["province", "in", "stage", "field"];
const most = 3;
/** Of a query shorter than this nobody knows what is meant. */
const shortest = 3;

/** @type {Map<string, {facet: ThingFacet, id: string, label: string, words: string}[]>} by language */
const known = new Map();

/**
 * The values that hold all words of a query, the largest first; none that is chosen already.
 * @param {import("./data.js").Page} page
 * @param {string} text
 * @returns {Narrowing[]}
 */
export function narrowings(page, text) {
  const query = folded(text);
  if (query.length < shortest) return [];
  const tokens = query.split(" ");
  let values = known.get(language());
  if (!values) {
    values = typed.flatMap((facet) =>
      facetValues(page, facet).ids.map((id) => {
        const label = facetLabel(page, facet, id);
        return { facet, id, label, words: ` ${folded(label)}` };
      }),
    );
    known.set(language(), values);
  }
  const found = values.filter(({ facet, id, words }) => tokens.every((token) => words.includes(` ${token}`)) && !state.chosen[facet]?.has(id));
  const counts = new Map([...new Set(found.map(({ facet }) => facet))].map((facet) => [facet, facetCounts(page, facet)]));
  return found
    .map(({ facet, id, label }) => ({ facet, id, label, count: counts.get(facet)?.get(id)?.now ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

/** @param {Narrowing} narrowing */
export function narrow({ facet, id }) {
  choose(facet, [...(state.chosen[facet] ?? []), id]);
}
