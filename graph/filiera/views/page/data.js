// The page data: read from its script element, texts resolved, things and ties linked to each other.

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
 * @property {Tie[]} ties
 * @property {Set<Thing>} neighbours
 */

/**
 * An edge of the network.
 * @typedef {object} Tie
 * @property {Thing} from
 * @property {Thing} to
 * @property {Relation} relation
 * @property {Text} [when]
 * @property {Source[]} sources
 * @property {number} bend 0 for a straight line; parallel ties get …, -1, -½, ½, 1, …
 */

/**
 * @typedef {object} Page
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
 */

/**
 * Reads the page data.
 * @param {string} json
 * @returns {Page}
 * @throws {Error} when it is no JSON, or a tie or statement names what is not there
 */
export function readPage(json) {
  const raw = JSON.parse(json);
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
    ties: [],
    neighbours: new Set(),
  }));
  const byId = new Map(things.map((thing) => [thing.id, thing]));

  for (const thing of things) {
    thing.groups = (thing.groups ?? []).map((group) => ({
      id: group.id,
      title: known(raw.groupTitles[group.title], `group title ${group.title}`),
      statements: group.statements.map((statement) => ({
        ...statement,
        text: textOf(statement.text),
        when: textOf(statement.when),
        note: textOf(statement.note),
        inferred: textOf(statement.inferred),
        sources: sourcesOf(statement),
        other: statement.other && known(byId.get(statement.other), statement.other),
      })),
    }));
  }

  /** @type {Tie[]} */
  const ties = raw.edges.map((edge) => ({
    ...edge,
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
