// The list beside the map: who is in a town, a province or a country, and who has no known place.

import { facetIds } from "./dimensions.js";
import { make } from "./dom.js";
import { isMember, isShown } from "./filters.js";
import { inLanguage, number, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { change, choose, state } from "./state.js";
import { thingLink } from "./statements.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./dimensions.js").Place} Place */

/**
 * What a list holds.
 * @typedef {object} Listed
 * @property {string} key
 * @property {string} title
 * @property {string} [help]
 * @property {Thing[]} things
 * @property {{title: string, things: Thing[]}[]} groups
 * @property {boolean} [folded] whether its groups open one by one
 * @property {boolean} [narrowed] whether the filters are what it stands for
 */

const most = 200;
const mostNames = 4;
export const nowhere = "nowhere";
export const abroad = "abroad";

/** @param {Thing} thing */
export const countryOf = (thing) => (thing.place?.kind === "country" ? thing.place : (thing.place?.country ?? null));

/**
 * The country of most things with a known one.
 * @param {Page} page
 */
export function homeCountry(page) {
  /** @type {Map<Place, number>} */
  const counts = new Map();
  for (const thing of page.things) {
    const country = countryOf(thing);
    if (country) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** @param {Thing} thing @param {Place | null} home */
export function isAbroad(thing, home) {
  const country = countryOf(thing);
  return country !== null && country !== home;
}

/**
 * What the state has the list show; null for none.
 * @param {Page} page
 * @param {Place | null} home
 * @returns {Listed | null}
 */
export function listed(page, home) {
  const { opened } = state;
  const shown = page.things.filter(isShown).sort((a, b) => inLanguage(a.label).localeCompare(inLanguage(b.label)));
  if (opened === nowhere) {
    const things = shown.filter((thing) => !thing.at);
    const groups = groupedBy(things, (thing) => thing.place);
    return { key: opened, title: say("mapNowhereTitle"), help: say("mapNowhereHelp"), things, groups, folded: true };
  }
  if (opened === abroad) {
    const things = shown.filter((thing) => isAbroad(thing, home));
    return { key: opened, title: say("mapAbroadTitle"), things, groups: groupedBy(things, countryOf), folded: true };
  }
  const ids = new Set((opened ?? "").split(",").filter(Boolean));
  const places = page.places.filter((place) => ids.has(place.id));
  if (opened !== null && places.length > 0) {
    const things = shown.filter((thing) => thing.seats.some((seat) => ids.has(seat.id)) || ids.has(countryOf(thing)?.id ?? ""));
    return { key: opened, title: titleOf(places), things, groups: membersFirst(things) };
  }
  const provinces = state.chosen.province;
  if (!provinces) return null;
  const things = shown.filter((thing) => facetIds.province(thing).some((id) => provinces.has(id)));
  const title = titleOf(page.places.filter((place) => provinces.has(place.id)));
  return { key: [...provinces].join(","), title, things, groups: membersFirst(things), narrowed: true };
}

const titleOf = (places) =>
  [...places.slice(0, mostNames).map((place) => inLanguage(place.label)), ...(places.length > mostNames ? ["…"] : [])].join(" · ");

function membersFirst(things) {
  return [
    { title: say("mapMembers"), things: things.filter(isMember) },
    { title: say("mapOthers"), things: things.filter((thing) => !isMember(thing)) },
  ].filter((group) => group.things.length > 0);
}

/** Groups by a place, the largest first, those without one last. */
function groupedBy(things, placeOf) {
  /** @type {Map<Place | null, Thing[]>} */
  const groups = new Map();
  for (const thing of things) groups.set(placeOf(thing), [...(groups.get(placeOf(thing)) ?? []), thing]);
  return [...groups]
    .sort(([a, one], [b, other]) => Number(a === null) - Number(b === null) || other.length - one.length)
    .map(([place, some]) => ({ title: place ? inLanguage(place.label) : say("mapNothingKnown"), things: some }));
}

/**
 * @param {Listed} list
 * @returns {HTMLElement}
 */
export function listCard(list) {
  const members = list.things.filter(isMember).length;
  const close = () => (list.narrowed ? choose("province", []) : change({ opened: null }));
  const word = say(list.narrowed ? "mapClear" : "mapClose");
  return make(
    "section",
    { class: "map-list", "aria-labelledby": "map-list-title", "data-list": list.key },
    make(
      "header",
      {},
      make("h2", { id: "map-list-title", tabindex: "-1" }, list.title),
      make("button", { type: "button", class: "icon", "data-key": "close-list", "aria-label": word, title: word, onclick: close }, cross()),
      make("p", {}, [say("mapCount", { n: list.things.length }), members > 0 && say("mapMemberCount", { n: members })].filter(Boolean).join(" · ")),
    ),
    make("div", { class: "map-list-body", tabindex: "0", role: "group", "aria-labelledby": "map-list-title" }, list.help && make("p", { class: "map-list-help" }, list.help), ...list.groups.map((group) => groupOf(group, list.folded === true))),
    list.things.length > 0 && make("footer", {}, make("button", { type: "button", class: "text-button", "data-key": "to-table", onclick: () => toTable(list) }, say("mapTable"))),
  );
}

function groupOf({ title, things }, folded) {
  const items = make("ul", {}, ...things.slice(0, most).map(itemOf));
  const more = things.length > most && make("p", { class: "map-list-help" }, say("mapMore", { n: things.length - most }));
  const count = make("span", { class: "group-count" }, number(things.length));
  if (folded) return make("details", { "data-group": title }, make("summary", {}, title, " ", count), items, more);
  return make("div", { class: "map-list-group" }, make("h3", {}, title, " ", count), items, more);
}

/** @param {Thing} thing */
function itemOf(thing) {
  const link = thingLink(thing);
  if (thing === state.selected) link.setAttribute("aria-current", "true");
  return make("li", {}, shapePicture(thing.kind, isMember(thing)), link);
}

/** The table of what is listed: by the filters where these say it, else as what was found. */
function toTable(list) {
  change(list.narrowed ? { view: "table" } : { view: "table", opened: null, found: new Set(list.things) });
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "m5.5 5.5 9 9m0-9-9 9");
  svg.append(path);
  return svg;
}
