// The small network in the card: the closest neighbours, each with how it is linked.

import { make } from "./dom.js";
import { isMember, isTieShown } from "./filters.js";
import { inLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { thingLink } from "./statements.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Tie} Tie */

const space = "http://www.w3.org/2000/svg";
const most = 14;
const row = 44;
const reach = 56;

/**
 * The neighbours by the ties in view, those with most ties first; nothing where there are none.
 * @param {Thing} thing
 * @returns {HTMLElement | null}
 */
export function neighboursPart(thing) {
  const found = neighboursOf(thing);
  if (found.length === 0) return null;
  const shown = found.slice(0, most);
  const rest = found.length - shown.length;
  return make(
    "section",
    { class: "group ego", "data-group": "neighbours" },
    make("h3", {}, say("cardNeighbours"), make("span", { class: "group-count" }, String(found.length))),
    make("div", { class: "ego-drawing" }, spokes(shown), make("ul", {}, ...shown.map(neighbourItem))),
    rest > 0 && make("p", { class: "ego-rest" }, say("cardMoreNeighbours", { n: rest })),
  );
}

/**
 * @param {Thing} thing
 * @returns {{other: Thing, ties: Tie[], thing: Thing}[]}
 */
function neighboursOf(thing) {
  /** @type {Map<Thing, Tie[]>} */
  const found = new Map();
  for (const tie of thing.ties) {
    const other = tie.from === thing ? tie.to : tie.from;
    if (other !== thing && isTieShown(tie)) found.set(other, [...(found.get(other) ?? []), tie]);
  }
  return [...found]
    .map(([other, ties]) => ({ other, ties, thing }))
    .sort((a, b) => b.ties.length - a.ties.length || b.other.ties.length - a.other.ties.length || a.other.index - b.other.index);
}

function neighbourItem({ other, ties, thing }) {
  const relations = ties.map((tie) => inLanguage(tie.from === thing ? tie.relation.label : tie.relation.inverse));
  const said = [...new Set(relations)].join(", ");
  const link = thingLink(other);
  link.title = inLanguage(other.label);
  return make(
    "li",
    {},
    shapePicture(other.kind, isMember(other)),
    make("span", { class: "ego-name" }, link, make("span", { class: "ego-relation", title: said }, said)),
  );
}

/** The lines from the thing to its neighbours: as high as their list. */
function spokes(shown) {
  const svg = element("svg", { viewBox: `0 0 ${reach} ${shown.length * row}`, "aria-hidden": "true", class: "ego-spokes" });
  const middle = (shown.length * row) / 2;
  shown.forEach(({ ties }, place) => {
    const y = (place + 0.5) * row;
    const d = `M10 ${middle}C${reach * 0.7} ${middle} ${reach * 0.3} ${y} ${reach} ${y}`;
    svg.append(element("path", { d, "stroke-width": String(Math.min(ties.length, 3)) }));
  });
  svg.append(element("circle", { cx: "10", cy: String(middle), r: "7" }));
  return svg;
}

function element(name, attributes) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
