// What is in view: everything that legend, facets, steps and the moment leave, worked out once a change.

import { facetNames } from "./dimensions.js";
import { facetValues, hasValue } from "./facet_values.js";
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
let thingsIn = new Uint8Array(0);
let tiesIn = new Uint8Array(0);
/** What would be in view if it did not matter how many ties away it is. */
let thingsFar = thingsIn;
let tiesFar = tiesIn;

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
  return thingsIn[thing.index] === 1;
}

/** @param {Tie} tie */
export function isTieShown(tie) {
  if (stale) settle();
  return tiesIn[tie.index] === 1;
}

/**
 * Whether a tie is shown, however many ties away from the selection.
 * @param {Tie} tie
 */
export function isTieAllowed(tie) {
  if (stale) settle();
  return tiesFar[tie.index] === 1;
}

/**
 * How many neighbours of a thing are not shown only because they are too many ties away.
 * @param {Thing} thing
 */
export function neighboursBeyond(thing) {
  if (stale) settle();
  if (tiesFar === tiesIn || thingsIn[thing.index] === 0) return 0;
  const beyond = new Set();
  for (const tie of thing.ties) {
    const other = tie.from === thing ? tie.to : tie.from;
    if (tiesFar[tie.index] === 1 && thingsIn[other.index] === 0) beyond.add(other);
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
 * How many things, or ties for the facet of relations, each value of a facet would leave: what the
 * other filters let through, counted by value.
 * @param {import("./dimensions.js").FacetName} facet
 * @returns {Map<string, number>}
 */
export function facetCounts(facet) {
  const counts = new Map();
  const count = (id) => counts.set(id, (counts.get(id) ?? 0) + 1);
  if (facet === "relation") {
    const told = tellsOfTies();
    for (const tie of page.ties) {
      if (isShown(tie.from) && isShown(tie.to) && told(tie)) count(tie.relation.id);
    }
    return counts;
  }
  const { ids, starts, values } = facetValues(page, facet);
  const sums = new Uint32Array(ids.length);
  const passes = passing(facet);
  for (const thing of page.things) {
    if (!passes(thing)) continue;
    for (let place = starts[thing.index]; place < starts[thing.index + 1]; place += 1) sums[values[place]] += 1;
  }
  ids.forEach((id, value) => sums[value] > 0 && counts.set(id, sums[value]));
  return counts;
}

/**
 * Tells whether a thing passes legend, moment and all facets but one.
 * @param {import("./dimensions.js").FacetName | null} except
 * @returns {(thing: Thing) => boolean}
 */
function passing(except) {
  const { hidden, chosen } = state;
  const kinds = new Set(page.kinds.filter((kind) => hidden.has(`kind:${kind.id}`)));
  const members = hidden.has("member:yes");
  const others = hidden.has("member:no");
  const tests = thingFacets.flatMap((name) => {
    const ids = name === except ? undefined : chosen[name];
    return ids ? [hasValue(page, name, ids)] : [];
  });
  return (thing) =>
    !kinds.has(thing.kind) &&
    !((members || others) && (isMember(thing) ? members : others)) &&
    exists(thing) &&
    tests.every((test) => test(thing));
}

/**
 * Tells whether a tie passes legend, sources and moment.
 * @returns {(tie: Tie) => boolean}
 */
function tellsOfTies() {
  const groups = new Set(page.relations.filter((relation) => state.hidden.has(`group:${relation.group}`)));
  const sources = state.chosen.source;
  return (tie) =>
    !groups.has(tie.relation) &&
    (!sources || tie.sources.some((source) => sources.has(source.id))) &&
    certainty(tie) !== null;
}

function settle() {
  stale = false;
  const { things, ties } = page;
  thingsIn = new Uint8Array(things.length);
  const passes = passing(null);
  for (const thing of things) {
    thingsIn[thing.index] = Number(passes(thing) || thing === state.selected || isOnPath(thing));
  }
  const told = tellsOfTies();
  const relations = state.chosen.relation;
  tiesIn = new Uint8Array(ties.length);
  for (const tie of ties) {
    const shown =
      thingsIn[tie.from.index] === 1 &&
      thingsIn[tie.to.index] === 1 &&
      (!relations || relations.has(tie.relation.id)) &&
      told(tie);
    tiesIn[tie.index] = Number(shown);
  }
  [thingsFar, tiesFar] = [thingsIn, tiesIn];
  const expanded = page.things.filter((thing) => state.expanded.has(thing.id));
  if (state.steps !== null && (state.selected || expanded.length > 0)) {
    [thingsIn, tiesIn] = [thingsIn.slice(), tiesIn.slice()];
    keep(new Set([...near(state.selected ? [state.selected] : [], state.steps), ...near(expanded, 1)]));
  }
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
 * @returns {Set<Thing>}
 */
function near(starts, steps) {
  const found = new Set(starts);
  let border = starts;
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const thing of border) {
      for (const tie of thing.ties) {
        const other = tie.from === thing ? tie.to : tie.from;
        if (tiesFar[tie.index] === 0 || found.has(other)) continue;
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
 * @param {Set<Thing>} kept
 */
function keep(kept) {
  for (const thing of page.things) if (!kept.has(thing) && !isOnPath(thing)) thingsIn[thing.index] = 0;
  for (const tie of page.ties) {
    if (thingsIn[tie.from.index] === 0 || thingsIn[tie.to.index] === 0) tiesIn[tie.index] = 0;
  }
}
