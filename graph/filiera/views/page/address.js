// The address: #/<view>/<selection>?<everything else that is not as usual>. Back and forward walk
// through views and selections; a filter or the slider changes the address in place.

import { facetNames } from "./dimensions.js";
import { state, usual } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./data.js").Page} Page */

/** A change of these is a step that Back undoes. */
const steps = new Set(["view", "selected", "to", "question", "parameters", "chain", "opened"]);

/** What the address holds, and so what a change of which rewrites it. */
const lasting = new Set([
  ...steps, "hidden", "chosen", "moment", "compared", "layout", "colouring", "sizing", "steps", "expanded", "parameters", "sort", "columns",
]);

/** Plain texts of the state, by their names in the address. */
const plain = { chain: "chain", open: "opened", layout: "layout", colour: "colouring", size: "sizing", ask: "question", sort: "sort" };

/** What these can be; anything else in an address is as usual. */
const choices = {
  layout: ["force", "chain", "place", "circle"],
  colouring: ["kind", "chain", "province", "member", "community"],
  sizing: ["ties", "betweenness", "same"],
};

let written = "";

/** Whether the state is following the address: it is then put in order in place, or Back would lead nowhere. */
let following = false;

/**
 * The hash that stands for the state.
 * @param {Page} page
 * @returns {string}
 */
export function addressOf(page) {
  const query = new URLSearchParams();
  const set = (name, value) => value && query.set(name, value);
  set("to", state.to?.id);
  set("hide", [...state.hidden].sort().join(","));
  for (const facet of facetNames) set(facet, [...(state.chosen[facet] ?? [])].sort().join(","));
  set("at", state.moment === null ? null : page.moments[state.moment].date);
  set("compare", state.compared === null ? null : page.moments[state.compared].date);
  for (const [name, key] of Object.entries(plain)) if (state[key] !== usual[key]) set(name, state[key]);
  set("steps", state.steps && String(state.steps));
  set("expand", [...state.expanded].sort().join(","));
  set("columns", state.columns?.join(","));
  for (const [name, value] of Object.entries(state.parameters)) set(`p.${name}`, value);
  const selected = state.selected ? encodeURIComponent(state.selected.id) : "";
  const view = state.view === usual.view && selected ? "" : `${state.view}/`;
  const path = state.view === usual.view && !selected ? "" : `${view}${selected}`;
  const asked = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return `#/${path.replace(/\/$/, "")}${asked ? `?${asked}` : ""}`;
}

/**
 * The state that an address stands for, as a patch, and the id of a selection that is not there.
 * @param {Page} page
 * @param {readonly string[]} views
 * @returns {{patch: Partial<State>, unknown: string | null}}
 */
export function addressed(page, views) {
  const [path, asked = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const query = new URLSearchParams(asked);
  const [first = "", ...rest] = path.split("/").map(decoded);
  const view = views.includes(first) ? first : usual.view;
  const id = views.includes(first) ? rest.join("/") : [first, ...rest].join("/");
  const selected = page.byId.get(id) ?? null;
  const list = (name) => (query.get(name) ?? "").split(",").filter(Boolean);
  const chosen = Object.fromEntries(
    facetNames.map((facet) => [facet, new Set(list(facet))]).filter(([, ids]) => /** @type {Set<string>} */ (ids).size > 0),
  );
  const steps = Number(query.get("steps"));
  const patch = {
    view,
    selected,
    to: page.byId.get(query.get("to") ?? "") ?? null,
    hidden: new Set(list("hide")),
    chosen,
    moment: momentOf(page, query.get("at")),
    compared: momentOf(page, query.get("compare")),
    steps: steps === 1 || steps === 2 ? steps : null,
    expanded: new Set(list("expand").filter((name) => page.byId.has(name) || /^community:\d+$/.test(name))),
    columns: list("columns").length > 0 ? list("columns") : null,
    parameters: kept(Object.fromEntries([...query].filter(([name]) => name.startsWith("p.")).map(([name, value]) => [name.slice(2), value]))),
  };
  for (const [name, key] of Object.entries(plain)) {
    const value = query.get(name);
    const known = value && (!(key in choices) || choices[key].includes(value));
    patch[key] = known ? value : (usual[key] ?? null);
  }
  return { patch, unknown: id !== "" && !selected ? id : null };
}

/** The parameters of the state when these are the same, so that nothing has changed. */
function kept(parameters) {
  const before = state.parameters;
  const names = Object.keys(parameters);
  const same = names.length === Object.keys(before).length && names.every((name) => before[name] === parameters[name]);
  return same ? before : parameters;
}

/** The last moment that is not after a date: of a year or month, its end. */
function momentOf(page, date) {
  if (!date || !/^\d{4}(-\d\d(-\d\d)?)?$/.test(date)) return null;
  const end = `${date}-99-99`.slice(0, 10);
  const found = page.moments.findLastIndex((moment) => moment.date <= end);
  return found === -1 ? (page.moments.length > 0 ? 0 : null) : found;
}

/**
 * Writes the state into the address after a change.
 * @param {Page} page
 * @param {Set<string>} changed
 */
export function writeAddress(page, changed) {
  if (![...changed].some((name) => lasting.has(name))) return;
  const hash = addressOf(page);
  if (hash === (location.hash || "#/") || hash === written) return;
  written = hash;
  const step = !following && [...changed].some((name) => steps.has(name));
  try {
    if (step) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch {
    // A page inside another document has no address of its own; the state changes all the same.
  }
}

/**
 * Calls back when the address changes from outside: Back, a link, a person typing.
 * @param {() => void} listener
 */
export function onAddress(listener) {
  const heard = () => {
    written = location.hash;
    following = true;
    try {
      listener();
    } finally {
      following = false;
    }
  };
  addEventListener("popstate", heard);
  addEventListener("hashchange", () => {
    if (location.hash !== written) heard();
  });
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
