// The values of facets, of all things at once: read from what the page holds of them only once.

import { facetIds } from "./dimensions.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */

/** @typedef {keyof typeof facetIds} ThingFacet */

/**
 * @typedef {object} FacetValues
 * @property {string[]} ids each value once
 * @property {Uint32Array} starts by the index of a thing, where its values begin; they end where the next begin
 * @property {Uint32Array} values places in `ids`
 */

/** @type {WeakMap<Page, Map<ThingFacet, FacetValues>>} */
const known = new WeakMap();

/**
 * @param {Page} page
 * @param {ThingFacet} facet
 * @returns {FacetValues}
 */
export function facetValues(page, facet) {
  const ofPage = known.get(page) ?? new Map();
  known.set(page, ofPage);
  const found = ofPage.get(facet) ?? read(page, facet);
  ofPage.set(facet, found);
  return found;
}

/** @returns {FacetValues} */
function read(page, facet) {
  const places = new Map();
  const starts = new Uint32Array(page.things.length + 1);
  const values = [];
  for (const thing of page.things) {
    for (const id of new Set(facetIds[facet](thing))) {
      if (!places.has(id)) places.set(id, places.size);
      values.push(places.get(id));
    }
    starts[thing.index + 1] = values.length;
  }
  return { ids: [...places.keys()], starts, values: Uint32Array.from(values) };
}

/**
 * Tells whether a thing has any of some values.
 * @param {Page} page
 * @param {ThingFacet} facet
 * @param {Set<string>} wanted
 * @returns {(thing: Thing) => boolean}
 */
export function hasValue(page, facet, wanted) {
  const { ids, starts, values } = facetValues(page, facet);
  const good = Uint8Array.from(ids, (id) => Number(wanted.has(id)));
  return ({ index }) => {
    for (let place = starts[index]; place < starts[index + 1]; place += 1) if (good[values[place]] === 1) return true;
    return false;
  };
}
