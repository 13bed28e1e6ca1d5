// The page data: read from the page or its server, texts resolved, things and ties linked to each other.

import { isServed } from "./delivery.js";

import { readDimensions } from "./dimensions.js";
import { readQuestions } from "./question_catalogue.js";

/**
 * A text in one or both languages.
 * @typedef {string | {it: string, en: string}} Text
 */

/**
 * @typedef {object} Source
 * @property {string} id
 * @property {string} [title]
 * @property {string} [publisher]
 * @property {string} [published]
 * @property {string} [url]
 * @property {string} [language]
 */

/**
 * What sources say: one fact of the panel.
 * @typedef {object} Statement
 * @property {Text} text `{}` in it stands for the name of `other`
 * @property {Text} [when]
 * @property {Source[]} sources
 * @property {Text} [note]
 * @property {Text} [inferred]
 * @property {boolean} [disagrees]
 * @property {Thing} [other]
 */

/**
 * @typedef {object} Kind
 * @property {string} id
 * @property {Text} label
 * @property {string} shape
 * @property {number} colour 1 to 5; 0 is neutral
 * @property {number} count
 */

/**
 * @typedef {object} Relation
 * @property {string} id
 * @property {Text} label read from one end to the other
 * @property {Text} inverse
 * @property {boolean} symmetric
 * @property {boolean} [momentary] it happens on a day, as a purchase does
 * @property {string} group
 */

/**
 * A node of the network.
 * @typedef {object} Thing
 * @property {number} index place in `page.things`, and its id inside vis-network
 * @property {string} id
 * @property {Text} label
 * @property {string[]} aliases
 * @property {Kind} kind
 * @property {Text} [kindLabel]
 * @property {number} x
 * @property {number} y
 * @property {number} size radius in the units of x and y
 * @property {number} weight 0 to 1, from its size
 * @property {boolean} member
 * @property {string} [town]
 * @property {Text} [description]
 * @property {string} [website]
 * @property {{id: string, title: Text, statements: Statement[]}[]} groups
 * @property {boolean} told whether `groups`, description and website are here; else the server has them
 * @property {Tie[]} ties
 * @property {Set<Thing>} neighbours
 * @property {import("./dimensions.js").Place | null} place
 * @property {import("./dimensions.js").Place[]} seats all places in which sources see it, `place` first
 * @property {[number, number]} [at] latitude and longitude in degrees
 * @property {{id: string, label: Text}[]} fields
 * @property {import("./dimensions.js").Stage[]} stages
 * @property {import("./dimensions.js").Days} [span] when it exists
 * @property {import("./dimensions.js").Days[]} [memberDays] when it is or was a member of the body in focus
 * @property {string} [standing] what became of it, when it is not simply active
 * @property {Text} [standingText]
 * @property {number} [betweenness] 0 to 1
 * @property {number} [community]
 */

/**
 * An edge of the network.
 * @typedef {object} Tie
 * @property {number} index place in `page.ties`
 * @property {Thing} from
 * @property {Thing} to
 * @property {Relation} relation
 * @property {Text} [when]
 * @property {Source[]} sources
 * @property {import("./dimensions.js").Days} [days]
 * @property {number} bend 0 for a straight line; parallel ties get …, -1, -½, ½, 1, …
 */

/**
 * @typedef {object} PageOnly
 * @property {string | null} server what to put before the address of a question to the server; null when there is none
 * @property {Text} title
 * @property {Text} subtitle
 * @property {string} lang
 * @property {Thing | null} focus what the data set is about
 * @property {{nodes: number, edges: number, sources: number, facts: number}} counts
 * @property {Kind[]} kinds
 * @property {{id: string, count: number, relations: Relation[]}[]} relationGroups
 * @property {Thing[]} things
 * @property {Tie[]} ties
 * @property {Map<string, Thing>} byId
 * @property {Thing[]} ranked the focus and the hubs first: the order in which names are drawn and suggested
 * @property {Relation[]} relations
 * @property {{base: string, publisher?: string, collected?: string, licence?: string} | undefined} cite how things are cited
 * @property {Map<string, Source>} sourceById
 * @property {import("./question_catalogue.js").Question[]} questions the analyses, then the catalogue
 */

/** @typedef {PageOnly & import("./dimensions.js").Dimensions} Page */

/**
 * Reads the page data.
 * @param {any} raw as it was delivered
 * @returns {Page}
 * @throws {Error} when a tie or statement names what is not there
 */
export function readPage(raw) {
  const sizes = raw.nodes.map((node) => node.size);
  const smallest = Math.min(...sizes);
  const spread = Math.max(...sizes) - smallest || 1;
  const sourcesOf = (item) => (item.sources ?? []).map((index) => known(raw.sources[index], `source ${index}`));
  const textOf = (value) => (typeof value === "number" ? known(raw.texts[value], `text ${value}`) : value);

  /** @type {Thing[]} */
  const things = raw.nodes.map((node, index) => ({
    ...node,
    index,
    aliases: node.aliases ?? [],
    kind: known(raw.kinds[node.kind], `kind ${node.kind}`),
    kindLabel: textOf(node.kindLabel),
    description: textOf(node.description),
    weight: (node.size - smallest) / spread,
    member: node.member === true,
    told: raw.cards !== "apart",
    ties: [],
    neighbours: new Set(),
  }));
  const byId = new Map(things.map((thing) => [thing.id, thing]));

  for (const thing of /** @type {any[]} */ (things)) {
    thing.groups = readGroups(thing.groups ?? [], raw, byId);
  }

  /** @type {Tie[]} */
  const ties = raw.edges.map((edge, index) => ({
    ...edge,
    index,
    from: known(byId.get(edge.from), edge.from),
    to: known(byId.get(edge.to), edge.to),
    relation: known(raw.relations[edge.relation], `relation ${edge.relation}`),
    when: textOf(edge.when),
    sources: sourcesOf(edge),
    bend: 0,
  }));
  for (const tie of ties) {
    tie.from.ties.push(tie);
    if (tie.to !== tie.from) tie.to.ties.push(tie);
    tie.from.neighbours.add(tie.to);
    tie.to.neighbours.add(tie.from);
  }
  bendParallels(ties);

  const focus = byId.get(raw.focus) ?? null;
  return {
    ...readDimensions(raw, things, {
      text: textOf,
      sources: sourcesOf,
      thing: (id) => known(byId.get(id), id),
    }),
    server: isServed() ? "" : null,
    relations: raw.relations,
    cite: raw.cite,
    sourceById: new Map(raw.sources.map((source) => [source.id, source])),
    questions: readQuestions(raw.questions),
    title: raw.title,
    subtitle: raw.subtitle,
    lang: raw.lang,
    focus,
    counts: raw.counts,
    kinds: raw.kinds,
    relationGroups: groupRelations(raw.relations, ties),
    things,
    ties,
    byId,
    ranked: [...things].sort(
      (a, b) => Number(b === focus) - Number(a === focus) || b.ties.length - a.ties.length || a.index - b.index,
    ),
  };
}

/**
 * What is said of a thing, with the texts, titles and sources that its numbers mean.
 * @param {any[]} groups
 * @param {any} raw holds `texts`, `groupTitles` and `sources`
 * @param {Map<string, Thing>} byId
 * @returns {Thing["groups"]}
 */
function readGroups(groups, raw, byId) {
  const textOf = (value) => (typeof value === "number" ? known(raw.texts[value], `text ${value}`) : value);
  return groups.map((group) => ({
    id: group.id,
    title: known(raw.groupTitles[group.title], `group title ${group.title}`),
    statements: group.statements.map((statement) => {
      const other = statement.other && byId.get(statement.other);
      if (statement.other && !other) known(statement.otherLabel, statement.other);
      return {
        ...statement,
        text: statement.other && !other ? named(textOf(statement.text), statement.otherLabel) : textOf(statement.text),
        when: textOf(statement.when),
        note: textOf(statement.note),
        inferred: textOf(statement.inferred),
        sources: statement.sources.map((index) => known(raw.sources[index], `source ${index}`)),
        other,
      };
    }),
  }));
}

/**
 * A text that names a thing which this page does not show.
 * @param {Text} text
 * @param {Text} label
 * @returns {Text}
 */
function named(text, label) {
  const inOne = (lang) => (typeof text === "string" ? text : text[lang]).replace("{}", () => (typeof label === "string" ? label : label[lang]));
  return typeof text === "string" && typeof label === "string" ? inOne("it") : { it: inOne("it"), en: inOne("en") };
}

/**
 * Adds to a thing what the server says of it.
 * @param {Thing} thing
 * @param {any} raw the card by itself
 * @param {Map<string, Thing>} byId
 */
export function readCard(thing, raw, byId) {
  const text = (value) => (value === undefined ? undefined : known(raw.texts[value], `text ${value}`));
  const groups = readGroups(raw.groups, raw, byId);
  Object.assign(thing, { told: true, groups, description: text(raw.description), website: raw.website, town: raw.town });
}

function known(value, name) {
  if (value === undefined) throw new Error(`The page data names ${name}, which it does not hold.`);
  return value;
}

/** Ties between the same two things are drawn side by side: each gets its own curve. */
function bendParallels(ties) {
  const pairs = new Map();
  for (const tie of ties) {
    const key = tie.from.index < tie.to.index ? `${tie.from.index} ${tie.to.index}` : `${tie.to.index} ${tie.from.index}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(tie);
  }
  for (const pair of pairs.values()) {
    pair.forEach((tie, place) => {
      const bend = place - (pair.length - 1) / 2;
      tie.bend = tie.from.index < tie.to.index ? bend : -bend;
    });
  }
}

function groupRelations(relations, ties) {
  const groups = new Map();
  for (const relation of relations) {
    if (!groups.has(relation.group)) groups.set(relation.group, { id: relation.group, count: 0, relations: [] });
    groups.get(relation.group).relations.push(relation);
  }
  for (const tie of ties) groups.get(tie.relation.group).count += 1;
  return [...groups.values()].filter((group) => group.count > 0).sort((a, b) => b.count - a.count);
}
