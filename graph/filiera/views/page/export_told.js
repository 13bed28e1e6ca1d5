// What a picture or a print shows, in words: the view, the date, the selection, the filters, the sources.

import { addressOf } from "./address.js";
import { isServed } from "./delivery.js";
import { facetNames } from "./dimensions.js";
import { facetLabel } from "./facets.js";
import { isShown, isTieShown } from "./filters.js";
import { inLanguage, language, say, sayDate } from "./language.js";
import { state, usual } from "./state.js";
import { momentSaid } from "./time_bar.js";

/** @typedef {import("./data.js").Page} Page */

/**
 * @typedef {object} Told
 * @property {string} title of the page
 * @property {string} view what is shown of it
 * @property {string[]} facts date, selection, filters, how much is in view
 * @property {string[]} sources who says so, when it was made, where it stands
 */

/**
 * @param {Page} page
 * @param {import("./dimensions.js").Chain | undefined} chain the one in view
 * @returns {Told}
 */
export function told(page, chain) {
  const { moments } = page;
  const dated = moments.length > 1;
  const facts = [
    [
      dated && say("sheetDate", { date: momentSaid(moments, state.moment) }),
      state.compared !== null && say("sheetCompared", { date: momentSaid(moments, state.compared) }),
      state.selected && state.to && say("sheetTo", { from: inLanguage(state.selected.label), to: inLanguage(state.to.label) }),
      state.selected && !state.to && say("sheetSelected", { name: inLanguage(state.selected.label) }),
      state.view === "network" && state.colouring !== usual.colouring && say("sheetColour", { name: say(`colouring_${state.colouring}`) }),
    ],
    [filtersSaid(page)],
    [
      say("sheetShown", {
        nodes: page.things.filter(isShown).length,
        allNodes: page.things.length,
        edges: page.ties.filter(isTieShown).length,
        allEdges: page.ties.length,
      }),
    ],
  ];
  return {
    title: inLanguage(page.title),
    view: say(`sheetView_${state.view}`, { name: chain ? inLanguage(chain.label) : "" }).replace(/: $/, ""),
    facts: facts.map((line) => line.filter(Boolean).join(" · ")).filter(Boolean),
    sources: [
      `${say("sheetSources", { n: page.counts.sources })} · ${say("sheetMade", { date: sayDate(today()) })}`,
      isServed() ? stateAddress(page) : "",
    ].filter(Boolean),
  };
}

/** The filters in words; empty when everything is in view. */
function filtersSaid(page) {
  const facets = facetNames.flatMap((name) => {
    const ids = state.chosen[name];
    return ids ? [`${say(`facet_${name}`)}: ${[...ids].map((id) => facetLabel(page, name, id)).join(", ")}`] : [];
  });
  const without = [...state.hidden].map((key) => hiddenName(page, key)).filter(Boolean);
  const filters = [
    ...facets,
    without.length > 0 && say("sheetWithout", { names: without.join(", ") }),
    state.steps !== null && state.selected && say("sheetSteps", { n: state.steps, name: inLanguage(state.selected.label) }),
  ].filter(Boolean);
  return filters.length > 0 && say("sheetFilters", { filters: filters.join("; ") });
}

/** What an entry of the legend is called; null when the page does not have it. */
function hiddenName(page, key) {
  const [sort, id] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
  if (sort === "member") return say(id === "yes" ? "member" : "notMember");
  if (sort === "group") return page.relationGroups.some((group) => group.id === id) ? say(`group_${id}`) : null;
  const kind = page.kinds.find((each) => each.id === id);
  return kind ? inLanguage(kind.label) : null;
}

/**
 * The address of the page as it stands: state, language, and the theme when it was chosen.
 * @param {Page} page
 */
export function stateAddress(page) {
  const address = new URL(location.href);
  address.searchParams.set("lang", language());
  const { theme } = document.documentElement.dataset;
  if (theme) address.searchParams.set("theme", theme);
  address.hash = addressOf(page);
  return address.href;
}

/** Whether the page has an address that others can open: not when it is written into another page. */
export function hasAddress() {
  return location.protocol !== "about:" && location.protocol !== "data:";
}

/** The day of the visitor, as 2025-12-31. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * A name for a file of what is in view: what it is, and of which date.
 * @param {Page} page
 * @param {import("./dimensions.js").Chain | undefined} chain
 * @param {string} form
 */
export function pictureName(page, chain, form) {
  const what = slug(chain && state.view === "chain" ? inLanguage(chain.label) : say(`view_${state.view}`));
  const date = state.moment === null ? today() : page.moments[state.moment].date;
  return `${["filiera", what, date].filter(Boolean).join("-")}.${form}`;
}

function slug(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
}
