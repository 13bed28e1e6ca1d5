// How many there are of each entry of legend and facets: under all other filters, and in all.

import { make } from "./dom.js";
import { facetValues } from "./facet_values.js";
import { isShown, isTieShown, memberKey, shownWithout } from "./filters.js";
import { number, say } from "./language.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./dimensions.js").FacetName} FacetName */

/** Now, and without any filter. @typedef {{now: number, whole: number}} Count */

/**
 * @template Id
 * @param {Map<Id, Count>} counts
 * @param {Id} id
 * @param {number} inView 0 or 1
 */
function add(counts, id, inView) {
  const count = counts.get(id);
  if (!count) {
    counts.set(id, { now: inView, whole: 1 });
    return;
  }
  count.now += inView;
  count.whole += 1;
}

/**
 * The entries of the legend: things by kind and by membership, ties by group.
 * @param {Page} page
 * @returns {Map<string, Count>} by the keys of `state.hidden`
 */
export function legendCounts(page) {
  /** @type {Map<any, Count>} */
  const counts = new Map();
  const kinds = shownWithout("kind").things;
  const members = shownWithout("member").things;
  for (const thing of page.things) {
    add(counts, thing.kind, kinds[thing.index]);
    add(counts, memberKey(thing), members[thing.index]);
  }
  const groups = shownWithout("group").ties;
  for (const tie of page.ties) add(counts, tie.relation.group, groups[tie.index]);
  for (const kind of page.kinds) counts.set(`kind:${kind.id}`, counts.get(kind) ?? { now: 0, whole: 0 });
  for (const group of page.relationGroups) counts.set(`group:${group.id}`, counts.get(group.id) ?? { now: 0, whole: 0 });
  return counts;
}

/**
 * The values of a facet: things, or ties for that of relations, which each would leave.
 * @param {Page} page
 * @param {FacetName} facet
 * @returns {Map<string, Count>} by id
 */
export function facetCounts(page, facet) {
  /** @type {Map<string, Count>} */
  const counts = new Map();
  const { things, ties } = shownWithout(facet);
  if (facet === "relation") {
    for (const tie of page.ties) add(counts, tie.relation.id, ties[tie.index]);
    return counts;
  }
  const { ids, starts, values } = facetValues(page, facet);
  const now = new Uint32Array(ids.length);
  const whole = new Uint32Array(ids.length);
  for (let index = 0; index < things.length; index += 1) {
    for (let place = starts[index]; place < starts[index + 1]; place += 1) {
      whole[values[place]] += 1;
      now[values[place]] += things[index];
    }
  }
  ids.forEach((id, value) => counts.set(id, { now: now[value], whole: whole[value] }));
  return counts;
}

/**
 * How many of some things are in view.
 * @param {Page} page
 * @param {(thing: Thing) => boolean} has
 * @returns {Count}
 */
export function thingCount(page, has) {
  const those = page.things.filter(has);
  return { now: those.filter(isShown).length, whole: those.length };
}

/**
 * How many of some ties are in view.
 * @param {Page} page
 * @param {(tie: Tie) => boolean} has
 * @returns {Count}
 */
export function tieCount(page, has) {
  const those = page.ties.filter(has);
  return { now: those.filter(isTieShown).length, whole: those.length };
}

/** The element of a count, empty. */
export function countElement() {
  return make("span", { class: "entry-count" });
}

/**
 * Writes a count: the number now, and in all where that is more; a row of none steps back.
 * @param {HTMLElement} element
 * @param {Count} count
 */
export function tellCount(element, { now, whole }) {
  const told = `${now} ${whole}`;
  const { lang } = document.documentElement;
  if (element.dataset.told === `${told} ${lang}`) return;
  element.dataset.told = `${told} ${lang}`;
  element.parentElement?.toggleAttribute("data-none", now === 0);
  if (now === whole) {
    element.replaceChildren(make("span", { class: "entry-now" }, number(now)));
    element.removeAttribute("title");
    return;
  }
  const said = say("countOf", { n: now, whole });
  element.title = said;
  element.replaceChildren(
    make("span", { class: "entry-now", "aria-hidden": "true" }, number(now)),
    make("span", { class: "entry-whole", "aria-hidden": "true" }, `/${number(whole)}`),
    make("span", { class: "unseen" }, said),
  );
}
