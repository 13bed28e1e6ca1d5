// The timeline in the card: the dated ties of a thing and what happened to it, on one scale.

import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { isTieShown } from "./filters.js";
import { state } from "./state.js";
import { thingLink } from "./statements.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./dimensions.js").Days} Days */

/** @typedef {{said: (Node | string)[], when: string, days: Days}} Dated */

const space = "http://www.w3.org/2000/svg";
const atFirst = 12;
const most = 5;

/**
 * What has days, the earliest first; nothing where nothing has.
 * @param {Thing} thing
 * @param {Page} page
 * @returns {HTMLElement | null}
 */
export function timelinePart(thing, page) {
  const items = datedOf(thing, page);
  if (items.length === 0) return null;
  const scale = scaleOf(items, page);
  const undated = thing.ties.filter((tie) => isTieShown(tie) && !tie.days).length;
  const list = (some) => make("ol", { class: "dated" }, ...some.map((item) => itemRow(item, scale)));
  const later = items.slice(atFirst);
  return make(
    "section",
    { class: "group", "data-group": "timeline" },
    make("h3", {}, say("cardTimeline"), make("span", { class: "group-count" }, String(items.length))),
    make("p", { class: "note" }, say("cardTimelineHelp")),
    axis(scale),
    list(items.slice(0, atFirst)),
    later.length > 0 && make("details", {}, make("summary", {}, say("cardMoreDates", { n: later.length })), list(later)),
    undated > 0 && make("p", { class: "note" }, say("cardUndatedTies", { n: undated })),
  );
}

/**
 * @param {Thing} thing
 * @param {Page} page
 * @returns {Dated[]}
 */
function datedOf(thing, page) {
  /** @type {Dated[]} */
  const found = [];
  if (thing.span) found.push({ said: [say("cardExists")], when: "", days: thing.span });
  for (const tie of thing.ties) {
    if (!tie.days || !isTieShown(tie)) continue;
    const out = tie.from === thing;
    const relation = inLanguage(out ? tie.relation.label : tie.relation.inverse);
    found.push({ said: [`${relation} `, thingLink(out ? tie.to : tie.from)], when: inLanguage(tie.when), days: tie.relation.momentary ? beginning(tie.days) : tie.days });
  }
  for (const happening of page.history?.happenings ?? []) {
    if (happening.day === undefined || ["joined", "left"].includes(happening.kind) || !happening.others.includes(thing)) continue;
    /** @type {import("./dimensions.js").Interval} */
    const within = [happening.day, happening.last ?? happening.day];
    const sure = within[0] === within[1];
    found.push({ said: [inLanguage(happening.text)], when: inLanguage(happening.when), days: [sure ? within : null, within] });
  }
  const first = ({ days: [certain, possible] }) => possible[0] ?? certain?.[0] ?? possible[1] ?? 0;
  return found.sort((a, b) => first(a) - first(b));
}

/**
 * The days on which something happened, from those on which it has happened.
 * @param {Days} days
 * @returns {Days}
 */
function beginning([certain, possible]) {
  const first = possible[0] ?? certain?.[0] ?? null;
  const last = certain?.[0] ?? first;
  return [first === last ? [first, last] : null, [first, last]];
}

function scaleOf(items, page) {
  const days = items.flatMap(({ days: [certain, possible] }) => [...(certain ?? []), ...possible]).filter((day) => day !== null);
  const today = page.moments.at(-1)?.day ?? Math.max(...days);
  const year = (day) => new Date(day * 86_400_000).getUTCFullYear();
  const start = (number) => Date.UTC(number, 0, 1) / 86_400_000;
  const [from, to] = [year(Math.min(...days)), year(Math.max(today, ...days)) + 1];
  const place = (day) => (100 * (day - start(from))) / (start(to) - start(from));
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => (to - from) / each <= most) ?? 200;
  const years = [];
  for (let number = Math.ceil(from / step) * step; number < to; number += step) years.push({ number, x: place(start(number)) });
  return { place, years, today, moment: state.moment === null ? null : page.moments[state.moment].day };
}

function itemRow({ said, when, days }, scale) {
  return make(
    "li",
    {},
    make("p", { class: "dated-said" }, ...said, when && " · ", when && make("span", { class: "dated-when" }, when)),
    bars(days, scale),
  );
}

function bars([certain, possible], scale) {
  const svg = element("svg", { width: "100%", height: 16, "aria-hidden": "true" });
  for (const { x } of scale.years) svg.append(line(x, "year"));
  const add = ([first, last], kind) => {
    const x = scale.place(first ?? Math.min(last ?? scale.today, scale.today));
    const width = scale.place(last ?? Math.max(scale.today, first ?? 0)) - x;
    if (width < 0.8) svg.append(element("circle", { cx: `${x + width / 2}%`, cy: 8, r: 4.5, class: kind }));
    else svg.append(element("rect", { x: `${x}%`, y: 5, width: `${width}%`, height: 6, class: kind }));
  };
  add(possible, "possible");
  if (certain) add(certain, "certain");
  if (scale.moment !== null) svg.append(line(scale.place(scale.moment), "now"));
  return svg;
}

function axis(scale) {
  const svg = element("svg", { width: "100%", height: 20, "aria-hidden": "true", class: "dated-axis" });
  for (const { number, x } of scale.years) {
    const anchor = x < 5 ? "start" : x > 95 ? "end" : "middle";
    const text = element("text", { x: `${x}%`, y: 14, "text-anchor": anchor });
    text.textContent = String(number);
    svg.append(text);
  }
  return svg;
}

const line = (x, kind) => element("line", { x1: `${x}%`, x2: `${x}%`, y1: 0, y2: "100%", class: kind });

function element(name, attributes) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
