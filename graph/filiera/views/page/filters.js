// What is in view: everything that legend, facets, steps and the moment leave, worked out once a change.

import { facetNames } from "./dimensions.js";
import { hasValue } from "./facet_values.js";
import { onChange, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./dimensions.js").Days} Days */
/** @typedef {"certain" | "possible"} Certainty */

/** The facets of things; that of relations is one of ties. */
const thingFacets = /** @type {import("./facet_values.js").ThingFacet[]} */ (facetNames.filter((name) => name !== "relation"));

const deciding = new Set(["hidden", "chosen", "steps", "expanded", "moment", "selected", "to", "path"]);

/** The page that is filtered; `filter` sets it before anything asks. */
let page = /** @type {import("./data.js").Page} */ (/** @type {unknown} */ (null));
let stale = true;

/** What decides, each by a bit of `thingFails` and `tieFails`: the sources do so of things and of ties. */
const bits = Object.freeze(
  Object.fromEntries(["kind", "member", "group", "moment", ...facetNames].map((name, place) => [name, 1 << place])),
);

/** By the index of a thing, the filters that hide it. */
let thingFails = new Uint16Array(0);
/** By the index of a tie, the filters that hide it, beside those that hide its ends. */
let tieFails = new Uint16Array(0);

/**
 * What is in view, by the indices of things and ties: and what would be if it did not matter how
 * many ties away it is.
 * @typedef {{things: Uint8Array, ties: Uint8Array, thingsFar: Uint8Array, tiesFar: Uint8Array}} InView
 */

const nothing = new Uint8Array(0);
/** @type {InView} */
let shown = { things: nothing, ties: nothing, thingsFar: nothing, tiesFar: nothing };
/** What would be in view without one of the filters. @type {Map<number, InView>} */
const without = new Map();

/**
 * Filters a page from now on.
 * @param {import("./data.js").Page} filtered
 */
export function filter(filtered) {
  page = filtered;
  stale = true;
  onChange((changed) => {
    for (const name of changed) if (deciding.has(name)) stale = true;
  });
}

/** @param {Thing} thing */
export const kindKey = (thing) => `kind:${thing.kind.id}`;

/** @param {Thing} thing */
export const memberKey = (thing) => (isMember(thing) ? "member:yes" : "member:no");

/** @param {Tie} tie */
export const groupKey = (tie) => `group:${tie.relation.group}`;

/**
 * What is selected is shown, whatever the filters hide.
 * @param {Thing} thing
 */
export function isShown(thing) {
  if (stale) settle();
  return shown.things[thing.index] === 1;
}

/** @param {Tie} tie */
export function isTieShown(tie) {
  if (stale) settle();
  return shown.ties[tie.index] === 1;
}

/**
 * Whether a tie is shown, however many ties away from the selection.
 * @param {Tie} tie
 */
export function isTieAllowed(tie) {
  if (stale) settle();
  return shown.tiesFar[tie.index] === 1;
}

/**
 * How many neighbours of a thing are not shown only because they are too many ties away.
 * @param {Thing} thing
 */
export function neighboursBeyond(thing) {
  if (stale) settle();
  const { things, ties, tiesFar } = shown;
  if (tiesFar === ties || things[thing.index] === 0) return 0;
  const beyond = new Set();
  for (const tie of thing.ties) {
    const other = tie.from === thing ? tie.to : tie.from;
    if (tiesFar[tie.index] === 1 && things[other.index] === 0) beyond.add(other);
  }
  return beyond.size;
}

/**
 * Whether something holds at the moment of the page: certainly, possibly, or not at all (null).
 * Without a moment, or without dates, everything that is in the graph holds; of an undated tie at
 * a moment nobody can say more than that it is possible.
 * @param {{days?: Days}} item
 * @returns {Certainty | null}
 */
export function certainty(item) {
  if (state.moment === null) return "certain";
  if (!item.days) return "possible";
  return holds(item.days, page.moments[state.moment].day);
}

/**
 * Whether it is a member of the body in focus, at the moment of the page.
 * @param {Thing} thing
 */
export function isMember(thing) {
  if (state.moment === null) return thing.member;
  const { day } = page.moments[state.moment];
  return thing.memberDays?.some((days) => holds(days, day) !== null) ?? false;
}

/**
 * @param {Days} days
 * @param {number} day
 * @returns {Certainty | null}
 */
export function holds([certain, possible], day) {
  if (certain && within(certain, day)) return "certain";
  return within(possible, day) ? "possible" : null;
}

const within = ([first, last], day) => (first === null || first <= day) && (last === null || day <= last);

/**
 * What would be in view without one of the filters, under all others and at the moment of the page.
 * @param {"kind" | "member" | "group" | import("./dimensions.js").FacetName} name
 * @returns {InView}
 */
export function shownWithout(name) {
  if (stale) settle();
  const bit = bits[name];
  let found = without.get(bit);
  if (!found) {
    found = isDeciding(name) ? inView(bit) : shown;
    without.set(bit, found);
  }
  return found;
}

/** Whether a filter hides anything: what none hides is in view without it, too. */
function isDeciding(name) {
  return name in { kind: 1, member: 1, group: 1 } ? [...state.hidden].some((key) => key.startsWith(`${name}:`)) : name in state.chosen;
}

/** Which filters hide each thing. */
function failsOfThings() {
  const { hidden, chosen } = state;
  const kinds = new Set(page.kinds.filter((kind) => hidden.has(`kind:${kind.id}`)));
  const [members, others] = [hidden.has("member:yes"), hidden.has("member:no")];
  const tests = thingFacets.flatMap((name) => {
    const ids = chosen[name];
    return ids ? [{ bit: bits[name], has: hasValue(page, name, ids) }] : [];
  });
  const fails = new Uint16Array(page.things.length);
  for (const thing of page.things) {
    let failed = 0;
    if (kinds.has(thing.kind)) failed |= bits.kind;
    if ((members || others) && (isMember(thing) ? members : others)) failed |= bits.member;
    if (!exists(thing)) failed |= bits.moment;
    for (const { bit, has } of tests) if (!has(thing)) failed |= bit;
    fails[thing.index] = failed;
  }
  return fails;
}

/** Which filters hide each tie, whatever they do to its ends. */
function failsOfTies() {
  const groups = new Set(page.relations.filter((relation) => state.hidden.has(`group:${relation.group}`)));
  const { relation: relations, source: sources } = state.chosen;
  const fails = new Uint16Array(page.ties.length);
  for (const tie of page.ties) {
    let failed = 0;
    if (groups.has(tie.relation)) failed |= bits.group;
    if (relations && !relations.has(tie.relation.id)) failed |= bits.relation;
    if (sources && !tie.sources.some((source) => sources.has(source.id))) failed |= bits.source;
    if (certainty(tie) === null) failed |= bits.moment;
    fails[tie.index] = failed;
  }
  return fails;
}

function settle() {
  stale = false;
  without.clear();
  thingFails = failsOfThings();
  tieFails = failsOfTies();
  shown = inView(0);
}

/**
 * What is in view when one filter, or none, is left out.
 * @param {number} lifted its bit
 * @returns {InView}
 */
function inView(lifted) {
  const deciding = ~lifted;
  const thingsFar = Uint8Array.from(thingFails, (fails) => Number((fails & deciding) === 0));
  for (const thing of [state.selected, state.to, ...(state.path?.things ?? [])]) if (thing) thingsFar[thing.index] = 1;
  const tiesFar = new Uint8Array(page.ties.length);
  for (const { index, from, to } of page.ties) {
    tiesFar[index] = Number((tieFails[index] & deciding) === 0 && thingsFar[from.index] === 1 && thingsFar[to.index] === 1);
  }
  const far = { things: thingsFar, ties: tiesFar, thingsFar, tiesFar };
  const expanded = state.expanded.size > 0 ? page.things.filter((thing) => state.expanded.has(thing.id)) : [];
  if (state.steps === null || !(state.selected || expanded.length > 0)) return far;
  return keep(far, new Set([...near(state.selected ? [state.selected] : [], state.steps, tiesFar), ...near(expanded, 1, tiesFar)]));
}

/** The two ends of a path, and what lies between, are shown whatever the filters hide. */
function isOnPath(thing) {
  return thing === state.to || state.path?.things.has(thing) === true;
}

/** A thing whose dates are not known may have been there at any time. */
function exists(thing) {
  return state.moment === null || !thing.span || holds(thing.span, page.moments[state.moment].day) !== null;
}

/**
 * What is at most so many shown ties away from some things.
 * @param {Thing[]} starts
 * @param {number} steps
 * @param {Uint8Array} shownTies
 * @returns {Set<Thing>}
 */
function near(starts, steps, shownTies) {
  const found = new Set(starts);
  let border = starts;
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const thing of border) {
      for (const tie of thing.ties) {
        const other = tie.from === thing ? tie.to : tie.from;
        if (shownTies[tie.index] === 0 || found.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    }
    border = next;
  }
  return found;
}

/**
 * Leaves only these things, and what is on the path.
 * @param {InView} far
 * @param {Set<Thing>} kept
 * @returns {InView}
 */
function keep(far, kept) {
  const things = far.thingsFar.slice();
  const ties = far.tiesFar.slice();
  for (const thing of page.things) if (!kept.has(thing) && !isOnPath(thing)) things[thing.index] = 0;
  for (const { index, from, to } of page.ties) if (things[from.index] === 0 || things[to.index] === 0) ties[index] = 0;
  return { ...far, things, ties };
}
