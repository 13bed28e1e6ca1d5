// How two things are linked: asked of the server where there is one, else found among what is shown.

import { isTieAllowed, isTieShown } from "./filters.js";
import { inLanguage, language, onLanguage, say } from "./language.js";
import { change, onChange, state } from "./state.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./data.js").Source} Source */

/** One fact that joins two things; `when` is null where the text says it. @typedef {{text: string, when: string | null, sources: Source[]}} Joint */

/** One way from end to end: its things, and what joins each to the next. @typedef {{said: string, things: Thing[], steps: Joint[][]}} Way */

/**
 * @typedef {object} Path
 * @property {Thing} from
 * @property {Thing} to
 * @property {string} said the answer in a sentence
 * @property {string} method how it was found
 * @property {boolean} waiting whether the server has not answered yet
 * @property {Way[]} ways
 * @property {Set<Thing>} things of all ways
 * @property {Set<Tie>} ties of all ways
 */

/** What another path may follow from. */
const deciding = ["selected", "to", "hidden", "chosen", "moment"];

/**
 * Keeps `state.path` up to date.
 * @param {Page} page
 */
export function followPaths(page) {
  let asked = 0;

  async function find() {
    asked += 1;
    const { selected, to } = state;
    if (!selected || !to || selected === to) {
      if (state.path) change({ path: null });
      return;
    }
    if (page.server === null) {
      change({ path: shortest(page, selected, to) });
      return;
    }
    const turn = asked;
    if (state.path?.from !== selected || state.path.to !== to) change({ path: { ...nothing(selected, to), waiting: true } });
    let path;
    try {
      path = await fromServer(page, selected, to);
    } catch {
      path = { ...shortest(page, selected, to), method: say("pathNoServer") };
    }
    if (turn === asked) change({ path });
  }

  onChange((changed) => {
    if (deciding.some((name) => changed.has(name)) && (state.to || state.path)) find();
  });
  onLanguage(() => {
    if (state.path) find();
  });
  if (state.to) find();
}

/** @returns {Path} */
function nothing(from, to) {
  return { from, to, said: "", method: "", waiting: false, ways: [], things: new Set([from, to]), ties: new Set() };
}

/**
 * The answer of the server: the cheapest paths, where what joins everybody costs more.
 * @returns {Promise<Path>}
 */
async function fromServer(page, from, to) {
  const query = new URLSearchParams({ from: from.id, to: to.id, lang: language() });
  if (state.moment !== null) query.set("at", page.moments[state.moment].date);
  const response = await fetch(`${page.server}/answers/paths?${query}`, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`The server does not say how they are linked: ${response.status}.`);
  const answer = await response.json();
  const path = { ...nothing(from, to), said: answer.text, method: answer.method };
  for (const told of answer.paths) {
    const things = told.things.map((thing) => page.byId.get(idOf(thing.iri))).filter(Boolean);
    const steps = told.steps.map((step) =>
      step.map(({ text, evidence }) => ({
        text,
        when: evidence.when === "" ? "" : null,
        sources: evidence.sources.map((source) => ({ id: source.source, ...source })),
      })),
    );
    path.ways.push({ said: told.summary, things, steps });
    mark(path, things, isTieShown);
  }
  return path;
}

const idOf = (iri) => decodeURIComponent(iri.split(/[/#]/).at(-1));

/**
 * A shortest chain of ties among what is shown: breadth first, in the order of the data.
 * @param {Page} page
 * @param {Thing} from
 * @param {Thing} to
 * @returns {Path}
 */
export function shortest(page, from, to) {
  /** @type {Map<Thing, Thing | null>} */
  const before = new Map([[from, null]]);
  for (const thing of before.keys()) {
    if (thing === to) break;
    for (const tie of thing.ties) {
      const other = tie.from === thing ? tie.to : tie.from;
      if (isTieAllowed(tie) && !before.has(other)) before.set(other, thing);
    }
  }
  const path = nothing(from, to);
  const ends = { from: inLanguage(from.label), to: inLanguage(to.label) };
  path.method = say("pathMethod");
  if (!before.has(to)) {
    path.said = say("pathNone", ends);
    return path;
  }
  const things = [to];
  for (let thing = before.get(to); thing; thing = before.get(thing)) things.unshift(thing);
  const between = things.slice(1, -1).map((thing) => inLanguage(thing.label)).join(", ");
  const said = between === "" ? say("pathDirect", ends) : say("pathThrough", { ...ends, between, n: things.length - 2 });
  path.said = say("pathFound", { n: things.length - 1 });
  path.ways.push({
    said,
    things,
    steps: things.slice(1).map((thing, place) => tiesBetween(things[place], thing, isTieAllowed).map(joint)),
  });
  mark(path, things, isTieAllowed);
  return path;
}

/** @param {Tie} tie @returns {Joint} */
function joint(tie) {
  return {
    text: `${inLanguage(tie.from.label)} ${inLanguage(tie.relation.label)} ${inLanguage(tie.to.label)}`,
    when: inLanguage(tie.when),
    sources: tie.sources,
  };
}

function tiesBetween(one, other, counts) {
  return one.ties.filter((tie) => (tie.from === other || tie.to === other) && counts(tie));
}

/** Marks the things of a way, and the ties between each and the next. */
function mark(path, things, counts) {
  things.forEach((thing, place) => {
    path.things.add(thing);
    if (place > 0) for (const tie of tiesBetween(things[place - 1], thing, counts)) path.ties.add(tie);
  });
}
