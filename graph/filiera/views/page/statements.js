// Facts as people read them: what is said, when, who says it; disagreement side by side.

import { make, outwardLink, webAddress } from "./dom.js";
import { inLanguage, say, sayDate } from "./language.js";

/** @typedef {import("./data.js").Statement} Statement */
/** @typedef {import("./data.js").Source} Source */

const atFirst = 6;
const sourcesAtFirst = 3;

/**
 * A list of statements; a long one opens on demand, but what sources disagree on always shows.
 * @param {Statement[]} statements
 * @param {boolean} timed whether a date is to be expected, and its lack to be said
 */
export function statementList(statements, timed) {
  const blocks = inBlocks(statements);
  const list = (some) => make("ul", { class: "statements" }, ...some.map((block) => blockItem(block, timed)));
  if (blocks.length <= atFirst + 2) return list(blocks);
  const now = blocks.filter((block, place) => place < atFirst || block[0].disagrees);
  const later = blocks.filter((block) => !now.includes(block));
  if (later.length === 0) return list(now);
  const n = later.reduce((sum, block) => sum + block.length, 0);
  return make("div", {}, list(now), make("details", {}, make("summary", {}, say("more", { n })), list(later)));
}

function blockItem(block, timed) {
  return block[0].disagrees ? disagreement(block, timed) : statementItem(block[0], timed);
}

/** Statements that disagree with each other stand together; all others stand alone. */
function inBlocks(statements) {
  /** @type {Statement[][]} */
  const blocks = [];
  for (const statement of statements) {
    const last = blocks.at(-1);
    if (statement.disagrees && last?.[0].disagrees && onOneMatter(last[0], statement)) last.push(statement);
    else blocks.push([statement]);
  }
  return blocks;
}

/** One matter: the same said of different times, or different values ("employees: …") of one time. */
function onOneMatter(one, other) {
  const [text, otherText] = [inLanguage(one.text), inLanguage(other.text)];
  if (text === otherText) return true;
  const name = (words) => words.slice(0, words.indexOf(":") + 1);
  return name(text) === name(otherText) && inLanguage(one.when) === inLanguage(other.when);
}

function disagreement(block, timed) {
  return make(
    "li",
    { class: "disagreement" },
    make("p", { class: "disagreement-title" }, say("disagree")),
    make("ul", {}, ...block.map((statement) => statementItem(statement, timed))),
  );
}

/**
 * @param {Statement} statement
 * @param {boolean} timed
 */
function statementItem(statement, timed) {
  return make(
    "li",
    { class: "statement" },
    make("p", { class: "said" }, ...saidWith(statement)),
    ...saidBy(statement, timed),
    statement.inferred &&
      make("p", { class: "inferred" }, make("strong", {}, say("inferred")), ` ${inLanguage(statement.inferred)}`),
    statement.note && make("p", { class: "note" }, inLanguage(statement.note)),
  );
}

/**
 * When something holds, and who says so.
 * @param {{when?: import("./data.js").Text, sources: Source[]}} statement
 * @param {boolean} timed whether the lack of a date is to be said
 * @returns {(HTMLElement | null)[]}
 */
export function saidBy(statement, timed) {
  const { sources } = statement;
  return [
    make(
      "ul",
      { class: sources.length > 1 ? "said-by several" : "said-by" },
      when(statement, timed),
      ...(sources.length > 0
        ? sources.slice(0, sourcesAtFirst).map(sourceItem)
        : [make("li", { class: "unknown" }, say("noSource"))]),
    ),
    moreSources(sources.slice(sourcesAtFirst)),
  ];
}

/**
 * @param {{when?: import("./data.js").Text}} statement
 * @param {boolean} timed
 */
function when(statement, timed) {
  if (statement.when) return make("li", { class: "when" }, inLanguage(statement.when));
  return timed && make("li", { class: "when unknown" }, say("noDate"));
}

/** The text, with the name of the other thing as a link that selects it. */
function saidWith(statement) {
  const text = inLanguage(statement.text);
  if (!statement.other) return [text];
  const link = thingLink(statement.other);
  const place = text.indexOf("{}");
  return place < 0 ? [text, " ", link] : [text.slice(0, place), link, text.slice(place + 2)];
}

/**
 * The name of a thing as a link that selects it: an address of its own, for a new tab.
 * @param {import("./data.js").Thing} thing
 */
export function thingLink(thing) {
  return make("a", { href: `#/${encodeURIComponent(thing.id)}`, "data-thing": thing.id }, inLanguage(thing.label));
}

/** @param {Source[]} sources */
function moreSources(sources) {
  if (sources.length === 0) return null;
  return make(
    "details",
    {},
    make("summary", {}, say("moreSources", { n: sources.length })),
    make("ul", { class: "said-by several" }, ...sources.map(sourceItem)),
  );
}

/** @param {Source} source */
function sourceItem(source) {
  const url = webAddress(source.url);
  const title = source.title || url?.host.replace(/^www\./, "") || say("untitled");
  const rest = [source.publisher, sayDate(source.published)].filter(Boolean).join(", ");
  return make(
    "li",
    { class: "source" },
    url ? outwardLink(url, title, say("newTab")) : make("span", {}, title),
    rest && make("span", { class: "source-rest" }, ` ${rest}`),
  );
}
