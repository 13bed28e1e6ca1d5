// Starts the page: reads the data, puts the parts together, and says when the first frame is drawn.

import { addressed, onAddress, writeAddress } from "./address.js";
import { ChainView } from "./chain_view.js";
import { readPage } from "./data.js";
import { delivered, deliveredWhole, Undelivered } from "./delivery.js";
import { Facets } from "./facets.js";
import { filter, isShown, isTieShown } from "./filters.js";
import { Help } from "./help.js";
import { followKeyboard } from "./keyboard.js";
import { changeLanguage, inLanguage, language, number, onLanguage, say, speak, startLanguage } from "./language.js";
import { Legend } from "./legend.js";
import { MapView } from "./map_view.js";
import { announce, message, notice } from "./messages.js";
import { followPaths } from "./network_path.js";
import { NetworkView } from "./network_view.js";
import { isWanted, Overview } from "./overview.js";
import { Panel } from "./panel.js";
import { followPrint } from "./print.js";
import { QuestionsView } from "./questions_view.js";
import { Search } from "./search.js";
import { Share } from "./share.js";
import { rememberSide, Side } from "./side.js";
import { change, clearFilters, onChange, state } from "./state.js";
import { TableView } from "./table_view.js";
import { isDark, onTheme, startTheme, switchTheme, themeLabel } from "./theme.js";
import { TimeBar } from "./time_bar.js";
import { TimeView } from "./time_view.js";
import { Views } from "./views.js";
import { words } from "./words.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */

const root = document.documentElement;
const one = (selector) => document.querySelector(selector);

/** @type {Record<string, import("./views.js").Maker>} */
const makers = {
  chain: (element, page, actions) => new ChainView(element, page, actions),
  map: (element, page, actions) => new MapView(element, page, actions),
  network: (element, page, actions) => new NetworkView(element, page, actions),
  questions: (element, page) => new QuestionsView(element, page),
  table: (element, page, actions) => new TableView(element, page, actions),
  time: (element, page) => new TimeView(element, page),
};

start();

async function start() {
  speak(words);
  rememberSide();
  startLanguage(root.lang);
  startTheme();
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => changeLanguage(button.dataset.lang));
  }
  one("#theme").addEventListener("click", switchTheme);
  labelTheme();
  onTheme(labelTheme);
  onLanguage(labelTheme);

  one("#message-again").addEventListener("click", load);
  await load();
}

/** What is shown until all of the data of a very large network is here. @type {Overview | null} */
let overview = null;

/** Reads the data; when it cannot be had, says why, and a person can have it tried again. */
async function load() {
  message(overview ? null : "loading");
  let page;
  try {
    const place = one("#page-data");
    page = readPage(place.dataset.whole ? await whole(place) : await delivered(place));
  } catch (error) {
    console.error(error);
    overview?.end();
    overview = null;
    message(error instanceof Undelivered ? error.why : "broken");
    root.dataset.ready = "";
    return;
  }
  message(null);
  sayTitle(page);
  onLanguage(() => sayTitle(page));
  if (page.things.length === 0) {
    message("emptyGraph");
    root.dataset.ready = "";
    return;
  }
  run(page);
}

/** All of the data of a very large network, with its overview in view until it is here. */
async function whole(place) {
  const raw = await delivered(place);
  if (isWanted() && raw.communities.every(({ r }) => r > 0)) {
    message(null);
    sayTitle(raw);
    onLanguage(() => overview && sayTitle(raw));
    overview = new Overview(raw);
    requestAnimationFrame(() => (root.dataset.overview = ""));
  }
  return deliveredWhole(place, (making) => overview?.tell(making));
}

/** The network takes the place of its overview, just as a person has left that. */
function takeOver(views) {
  if (!overview) return;
  const { wanted, camera: before, mark } = overview;
  overview.end();
  overview = null;
  const { map } = /** @type {any} */ (views.current);
  map.mark.id = mark.id;
  map.resize();
  if (wanted) map.open(wanted);
  else if (!before.whole) Object.assign(map.camera, { centre: before.centre, scale: before.scale, whole: false });
  map.draw();
}

/** @param {Page} page */
function run(page) {
  filter(page);
  const panel = new Panel(page, () => (state.to ? change({ to: null }) : select(null)));
  const search = new Search(page, (thing) => {
    select(thing, { fly: true });
    panel.takeFocus();
  });
  const first = addressed(page, Object.keys(makers));
  change(first.patch);
  const views = new Views(page, { select, insets: () => panel.insets() }, makers);
  new Legend(page);
  new Facets(page);
  new TimeBar(page);
  const side = new Side(views);
  new Share(page, views);
  followPrint(page, views);
  const help = new Help(page, views.names.length);
  followKeyboard(views, search, select, {
    "?": () => help.open(),
    b: () => side.toggle(),
    "/": () => side.toggle(true),
  });

  /**
   * Selects a thing, or nothing.
   * @param {Thing | null} thing
   * @param {{fly?: boolean, animate?: boolean, view?: string}} [how]
   */
  function select(thing, { fly = false, animate = true, view = state.view } = {}) {
    one("#hint").hidden = true;
    if (thing && state.picking && state.selected && thing !== state.selected) {
      change({ to: thing, picking: false, found: null });
      search.clear();
      return;
    }
    change({ selected: thing, to: null, picking: false, found: null, spotlight: null, hoveredTie: null, view });
    search.clear();
    if (!thing) return;
    if (fly) views.current.flyTo?.(thing, animate);
    else views.current.bringIntoView?.(thing);
  }

  function followAddress() {
    const { patch, unknown } = addressed(page, Object.keys(makers));
    notice(unknown === null ? "" : say("notFound", { id: unknown }));
    const before = state.selected;
    const byKeyboard = one("#panel").contains(document.activeElement);
    change({ ...patch, picking: false, found: null, spotlight: null, hoveredTie: null });
    search.clear();
    if (!state.selected || state.selected === before) return;
    views.current.flyTo?.(state.selected, true);
    if (byKeyboard) panel.takeFocus();
  }

  onChange((changed) => {
    writeAddress(page, changed);
    if (changed.has("selected") && state.selected) notice("");
    if (["hidden", "chosen", "steps", "moment", "selected", "view"].some((key) => changed.has(key))) {
      sayWhenNothing(page);
    }
    if (changed.has("selected") && state.selected) tellSelection(state.selected);
  });
  onAddress(followAddress);
  sayWhenNothing(page);
  followPaths(page);
  followLinks(page, select);
  notice(first.unknown === null ? "" : say("notFound", { id: first.unknown }));
  if (state.selected) views.current.flyTo?.(state.selected, false);

  one("#legend-open").addEventListener("click", () => toggleLegend());
  one("#legend-close").addEventListener("click", () => toggleLegend());
  one("#legend").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !one("#legend").classList.contains("open")) return;
    event.stopPropagation();
    toggleLegend();
  });
  one("#message-all").addEventListener("click", clearFilters);

  takeOver(views);
  if (one("#search").value !== "") one("#search").dispatchEvent(new Event("input"));
  window.filiera = embedding(page, views, select);
  requestAnimationFrame(() => (root.dataset.ready = ""));
}

/** When filters or date leave nothing, the page says so. */
function sayWhenNothing(page) {
  message(page.things.some(isShown) ? null : "nothingShown");
}

/** A link to a thing selects it here, and leaves filters and moment as they are. */
function followLinks(page, select) {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const link = event.target.closest("a[data-thing]");
    const thing = link instanceof HTMLElement && page.byId.get(link.dataset.thing);
    if (!thing) return;
    event.preventDefault();
    select(thing, { fly: true });
    if (one("#panel").contains(link)) one("#panel-content h2")?.focus({ preventScroll: true });
  });
}

/** What other pages, and tests, may ask of this one. */
function embedding(page, views, select) {
  return {
    screenPos: (id) => screenPos(views, page.byId.get(id)),
    select: (id) => {
      const thing = id === null ? null : page.byId.get(id);
      if (thing !== undefined) select(thing, { fly: true, animate: false });
      return thing !== undefined;
    },
    state: () => ({
      view: state.view,
      selected: state.selected?.id ?? null,
      to: state.to?.id ?? null,
      hovered: state.hovered?.id ?? null,
      query: state.query,
      found: state.found?.size ?? null,
      hidden: [...state.hidden],
      chosen: Object.fromEntries(Object.entries(state.chosen).map(([facet, ids]) => [facet, [...ids]])),
      at: state.moment === null ? null : page.moments[state.moment].date,
      compared: state.compared === null ? null : page.moments[state.compared].date,
      chain: state.chain,
      layout: state.layout,
      colouring: state.colouring,
      sizing: state.sizing,
      steps: state.steps,
      expanded: [...state.expanded],
      path: state.path && !state.path.waiting ? state.path.ways.map((way) => way.things.map((thing) => thing.id)) : null,
      sort: state.sort,
      columns: state.columns && [...state.columns],
      opened: state.opened,
      question: state.question,
      parameters: { ...state.parameters },
      nodes: page.things.filter(isShown).length,
      edges: page.ties.filter(isTieShown).length,
      lang: language(),
      theme: isDark() ? "dark" : "light",
      scale: views.current.scale ?? null,
    }),
  };
}

/** Where a thing is on screen, in CSS pixels of the window; null when it is hidden, unknown or not drawn. */
function screenPos(views, thing) {
  return thing && isShown(thing) ? (views.current.screenPos?.(thing) ?? null) : null;
}

/** @param {Pick<Page, "title" | "subtitle" | "counts">} page */
function sayTitle(page) {
  const title = inLanguage(page.title);
  document.title = title;
  one("#title").textContent = title;
  one("#subtitle").textContent = inLanguage(page.subtitle);
  one("#subtitle").title = inLanguage(page.subtitle);
  one("#map").setAttribute(
    "aria-label",
    `${say("map", { nodes: page.counts.nodes, edges: page.counts.edges })}. ${say("mapHelp")}`,
  );
  for (const [name, word] of [
    ["nodes", "countNodes"],
    ["edges", "countEdges"],
    ["facts", "countFacts"],
    ["sources", "countSources"],
  ]) {
    const count = page.counts[name];
    one(`#count-${name} dd`).textContent = number(count);
    one(`#count-${name} dt`).textContent = say(word, { n: count });
  }
}

function labelTheme() {
  one("#theme").setAttribute("aria-label", themeLabel());
  one("#theme").title = themeLabel();
}

/** @param {Thing} thing */
function tellSelection(thing) {
  announce(
    say("selectedNow", {
      name: inLanguage(thing.label),
      kind: inLanguage(thing.kindLabel ?? thing.kind.label),
      ties: say("nTies", { n: thing.ties.length }),
    }),
  );
}

function toggleLegend() {
  const open = one("#legend").classList.toggle("open");
  one("#legend-open").setAttribute("aria-expanded", String(open));
  one(open ? "#legend-close" : "#legend-open").focus();
}
