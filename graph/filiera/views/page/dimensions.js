// By what things can be narrowed, placed and dated: places, fields, chains and stages, sources, moments.

/** @typedef {import("./data.js").Text} Text */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {import("./data.js").Source} Source */

/** @typedef {"province" | "field" | "in" | "stage" | "source" | "relation"} FacetName */

/** The facets, in the order in which they are shown. @type {FacetName[]} */
export const facetNames = ["in", "stage", "province", "field", "relation", "source"];

/** Days since 1970-01-01 from the first to the last; null where a side is open. @typedef {[number | null, number | null]} Interval */

/** When something holds: certainly (null: never certainly), and possibly. @typedef {[Interval | null, Interval]} Days */

/**
 * @typedef {object} Place
 * @property {string} id
 * @property {Text} label
 * @property {string} kind country, region, province, municipality or locality
 * @property {[number, number]} [at] latitude and longitude in degrees
 * @property {Place} [province]
 * @property {Place} [region]
 * @property {Place} [country]
 */

/**
 * @typedef {object} Stage
 * @property {string} id
 * @property {Text} label
 * @property {Chain} chain
 * @property {string} [kind]
 * @property {Text} [definition]
 * @property {Stage[]} feeds
 * @property {Stage} [parent]
 * @property {number | null} column place in flow order from the left; null when it serves the whole chain
 * @property {number} row
 */

/**
 * @typedef {object} Chain
 * @property {string} id
 * @property {Text} label
 * @property {Text} [definition]
 * @property {Thing} [group] the working group that works on it
 * @property {Stage[]} stages
 * @property {Board[]} boards
 */

/**
 * An organisation at a stage.
 * @typedef {object} Firm
 * @property {string} id
 * @property {Text} label
 * @property {Thing | null} thing the node that it is; null when the network leaves it out
 * @property {boolean} member
 * @property {boolean} [possibly] whether it is a member then is in doubt
 * @property {boolean} [later] known only from sources that came out later
 * @property {string} [state] what puts it at risk, or that it is closed
 * @property {Text} [why] the same in words
 * @property {Source[]} whySources
 * @property {Text} [what]
 * @property {Text} [when]
 * @property {Source[]} sources
 */

/** @typedef {{status: string, said?: Text, firms: Firm[], breaks: Stage[]}} StageState */

/** A chain as the graph knows it from a moment on. @typedef {{moment: number, knowledge?: Text, stages: Map<Stage, StageState>}} Board */

/**
 * @typedef {object} Happening
 * @property {number} [day] first day it can have been
 * @property {number} [last] last day it can have been
 * @property {string} kind
 * @property {Text} text
 * @property {Text} [when]
 * @property {Source[]} sources
 * @property {Thing[]} others
 */

/** @typedef {{day?: number, value: number, precision?: Text, text: Text, sources: Source[]}} StatedMembers */

/** @typedef {{stated: StatedMembers[], named: [number, number][], happenings: Happening[]}} History */

/**
 * @typedef {object} Dimensions
 * @property {{date: string, day: number}[]} moments the last days of the years, and today
 * @property {Place[]} places
 * @property {{id: string, label: Text}[]} fields
 * @property {Stage[]} stages
 * @property {Chain[]} chains
 * @property {{label: Text, count: number, apart?: string, x?: number, y?: number, r?: number}[]} communities
 *   of a very large network with their discs; `apart` holds what is in none
 * @property {Record<string, [number, number][]>} layouts positions in the order of the things
 * @property {History | null} history
 * @property {import("./map_land.js").Outline | null} outline the land around the places
 */

/**
 * Links what the raw page data says of places, fields, chains and times to its things.
 * @param {any} raw
 * @param {Thing[]} things
 * @param {{text: (value: any) => any, sources: (item: any) => Source[], thing: (id: string) => Thing}} known
 * @returns {Dimensions}
 */
export function readDimensions(raw, things, known) {
  const places = (raw.places ?? []).map((place) => ({ ...place }));
  for (const place of places) {
    for (const level of ["province", "region", "country"]) if (level in place) place[level] = places[place[level]];
  }
  const fields = raw.fields ?? [];
  const stages = (raw.stages ?? []).map((stage) => ({ ...stage, definition: known.text(stage.definition), column: stage.column ?? null }));
  const chains = (raw.chains ?? []).map((chain) => ({
    ...chain,
    definition: known.text(chain.definition),
    group: chain.group && known.thing(chain.group),
    stages: chain.stages.map((index) => stages[index]),
    boards: [],
  }));
  for (const stage of stages) {
    stage.chain = chains[stage.chain];
    stage.feeds = (stage.feeds ?? []).map((index) => stages[index]);
    if ("parent" in stage) stage.parent = stages[stage.parent];
  }
  chains.forEach((chain, index) => {
    chain.boards = readBoards(raw.boards?.[index] ?? [], stages, known);
  });
  things.forEach((thing, index) => {
    const node = raw.nodes[index];
    thing.place = node.place === undefined ? null : places[node.place];
    thing.seats = [...(thing.place ? [thing.place] : []), ...(node.otherPlaces ?? []).map((place) => places[place])];
    thing.fields = (node.fields ?? []).map((field) => fields[field]);
    thing.stages = (node.stages ?? []).map((stage) => stages[stage]);
    thing.standingText = known.text(node.standingText);
  });
  return {
    moments: (raw.moments ?? []).map((date) => ({ date, day: Date.parse(date) / 86_400_000 })),
    places,
    fields,
    stages,
    chains,
    communities: raw.communities ?? [],
    layouts: raw.layouts ?? {},
    outline: raw.outline ?? null,
    history: raw.history ? readHistory(raw.history, known) : null,
  };
}

/** The raw boards hold only what differs from the one before; these hold everything. */
function readBoards(raw, stages, known) {
  /** @type {Board[]} */
  const boards = [];
  for (const changes of raw) {
    const board = readBoard(changes, stages, known);
    const before = boards.at(-1);
    board.stages = new Map([...(before?.stages ?? []), ...board.stages]);
    board.knowledge ??= before?.knowledge;
    boards.push(board);
  }
  return boards;
}

function readBoard(board, stages, known) {
  const states = Object.entries(board.stages).map(([index, told]) => [
    stages[Number(index)],
    {
      status: told.status,
      said: known.text(told.said),
      breaks: (told.breaks ?? []).map((stage) => stages[stage]),
      firms: (told.firms ?? []).map((firm) => ({
        id: firm.id,
        ...firmNode(firm, known),
        member: firm.member === true,
        possibly: firm.possibly,
        later: firm.later,
        state: firm.state,
        why: known.text(firm.why),
        whySources: known.sources({ sources: firm.whySources }),
        what: known.text(firm.what),
        when: known.text(firm.when),
        sources: known.sources(firm),
      })),
    },
  ]);
  return { moment: board.moment, knowledge: known.text(board.knowledge), stages: new Map(/** @type {[Stage, StageState][]} */ (states)) };
}

/** A firm that is no node of the page brings its own name. */
function firmNode(firm, known) {
  if (firm.label !== undefined) return { thing: null, label: firm.label };
  const thing = known.thing(firm.id);
  return { thing, label: thing.label };
}

function readHistory(raw, known) {
  return {
    stated: raw.stated.map((point) => ({ ...point, text: known.text(point.text), precision: known.text(point.precision), sources: known.sources(point) })),
    named: raw.named,
    happenings: raw.happenings.map((happening) => ({
      ...happening,
      text: known.text(happening.text),
      when: known.text(happening.when),
      sources: known.sources(happening),
      others: (happening.others ?? []).map(known.thing),
    })),
  };
}

/**
 * The board of a chain at a moment; the last one when the moment is null.
 * @param {Chain} chain
 * @param {number | null} moment
 * @returns {Board | null}
 */
export function boardAt(chain, moment) {
  const known = chain.boards.filter((board) => moment === null || board.moment <= moment);
  return known.at(-1) ?? null;
}

/**
 * The ids by which a facet finds a thing.
 * @type {Record<Exclude<FacetName, "relation">, (thing: Thing) => string[]>}
 */
export const facetIds = {
  in: (thing) => [...new Set(thing.stages.map((stage) => stage.chain.id))],
  stage: (thing) => thing.stages.flatMap((stage) => (stage.parent ? [stage.id, stage.parent.id] : [stage.id])),
  province: (thing) => [
    ...new Set(thing.seats.flatMap((place) => (place.kind === "province" ? [place.id] : place.province ? [place.province.id] : []))),
  ],
  field: (thing) => thing.fields.map((field) => field.id),
  source: (thing) => [
    // Where the cards are apart, what is known of the sources is those of the ties.
    ...new Set(
      thing.told
        ? thing.groups.flatMap((group) => group.statements.flatMap((said) => said.sources.map((source) => source.id)))
        : thing.ties.flatMap((tie) => tie.sources.map((source) => source.id)),
    ),
  ],
};
