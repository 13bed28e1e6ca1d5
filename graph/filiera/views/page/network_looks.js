// What colours and sizes of the network mean: at most five hues for the most frequent values, all else neutral.

import { facetIds } from "./dimensions.js";
import { isMember } from "./filters.js";
import { inLanguage, say } from "./language.js";
import { state } from "./state.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Text} Text */

/** @typedef {{hue: number, label: () => string, count: number, has: (thing: Thing) => boolean}} Meaning */

const hues = 5;

/** By what things can be coloured, and how the value of a thing is found; null is none. */
const valueOf = {
  chain: (thing) => mainChain(thing)?.id ?? null,
  province: (thing) => facetIds.province(thing)[0] ?? null,
  member: (thing) => (isMember(thing) ? "member" : "other"),
  community: (thing, page) => (thing.community === undefined || page.communities[thing.community].apart ? null : thing.community),
};

/**
 * The chain in which a thing covers most stages; of equals the one with fewest members, or the first.
 * @param {Thing} thing
 * @param {Map<import("./dimensions.js").Chain, number>} [members]
 * @returns {import("./dimensions.js").Chain | null}
 */
export function mainChain(thing, members = new Map()) {
  const counts = new Map();
  for (const stage of thing.stages) counts.set(stage.chain, (counts.get(stage.chain) ?? 0) + 1);
  const better = (a, b) => counts.get(a) - counts.get(b) || (members.get(b) ?? 0) - (members.get(a) ?? 0);
  let found = null;
  for (const chain of counts.keys()) if (!found || better(chain, found) > 0) found = chain;
  return found;
}

/** @type {Looks | null} */
let made = null;

/**
 * The one set of colours and sizes of a page.
 * @param {Page} page
 */
export function looksOf(page) {
  if (made?.page !== page) made = new Looks(page);
  return made;
}

/** The colours and sizes of a page. */
class Looks {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.ownHues = new Uint8Array(page.things.length);
    /** @type {Meaning[]} */
    this.ownMeanings = [];
    this.sizes = Float64Array.from(page.things, (thing) => thing.size);
    this.sized = "ties";
    this.settled = "";
  }

  /** The hue of each thing, by its index. */
  get hues() {
    this.settle();
    return this.ownHues;
  }

  /** What each hue stands for; nothing when it stands for the kind. */
  get meanings() {
    this.settle();
    return this.ownMeanings;
  }

  /** Follows the state. */
  settle() {
    const now = `${state.colouring} ${state.colouring === "member" ? state.moment : ""}`;
    if (now !== this.settled) this.#colour();
    this.settled = now;
    this.#size();
  }

  /** By what this page can be coloured: only what tells things apart. */
  colourings() {
    const told = (name) => new Set(this.page.things.map((thing) => valueOf[name](thing, this.page)).filter((value) => value !== null)).size > 1;
    return ["kind", ...Object.keys(valueOf).filter(told)];
  }

  /** By what sizes of this page can differ. */
  sizings() {
    const known = this.page.things.some((thing) => (thing.betweenness ?? 0) > 0);
    return known ? ["ties", "betweenness", "same"] : ["ties", "same"];
  }

  #colour() {
    const { page } = this;
    const known = valueOf[state.colouring];
    const value = (thing) => known(thing, page);
    this.ownMeanings = [];
    if (!known) {
      for (const thing of page.things) this.ownHues[thing.index] = thing.kind.colour;
      return;
    }
    const counts = new Map();
    for (const thing of page.things) {
      const found = value(thing);
      if (found !== null) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([found]) => found);
    const told = state.colouring === "member" ? ["member"] : ranked.slice(0, hues);
    const hueOf = new Map(told.map((found, place) => [found, place + 1]));
    for (const thing of page.things) this.ownHues[thing.index] = hueOf.get(value(thing)) ?? 0;
    this.ownMeanings = told.map((found, place) => ({
      hue: place + 1,
      label: () => this.#name(found),
      count: counts.get(found) ?? 0,
      has: (thing) => value(thing) === found,
    }));
    const rest = ranked.filter((found) => !hueOf.has(found));
    const neutral = (count, label, has) => count > 0 && this.ownMeanings.push({ hue: 0, label, count, has });
    neutral(
      rest.reduce((sum, found) => sum + counts.get(found), 0),
      () => (state.colouring === "member" ? say("notMember") : say("colourRest", { n: rest.length })),
      (thing) => rest.includes(value(thing)),
    );
    neutral(
      page.things.filter((thing) => value(thing) === null).length,
      () => say({ chain: "groupNoChain", community: "colourNoneCommunity" }[state.colouring] ?? "colourNone"),
      (thing) => value(thing) === null,
    );
  }

  /** @param {any} found */
  #name(found) {
    const { page } = this;
    if (state.colouring === "member") return say("member");
    if (state.colouring === "community") return inLanguage(page.communities[found].label);
    const list = /** @type {{id: string, label: Text}[]} */ (state.colouring === "chain" ? page.chains : page.places);
    return inLanguage(list.find((one) => one.id === found)?.label) || found;
  }

  #size() {
    if (state.sizing === this.sized) return;
    this.sized = state.sizing;
    const most = Math.max(0.0001, this.page.things.reduce((max, thing) => Math.max(max, thing.betweenness ?? 0), 0));
    const largest = this.sizes.reduce((max, size) => Math.max(max, size), 0);
    for (const thing of this.page.things) {
      if (state.sizing === "same") thing.size = 7;
      else if (state.sizing === "betweenness") thing.size = 4 + (largest - 4) * Math.sqrt((thing.betweenness ?? 0) / most);
      else thing.size = this.sizes[thing.index];
    }
  }
}
