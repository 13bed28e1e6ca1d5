// Starts the page: reads the data, puts the parts together, and says when the first frame is drawn.

import { address, addressedId, onAddress } from "./address.js";
import { readPage } from "./data.js";
import { followKeyboard } from "./keyboard.js";
import { changeLanguage, inLanguage, language, number, onLanguage, say, startLanguage } from "./language.js";
import { Legend } from "./legend.js";
import { announce, message, notice } from "./messages.js";
import { forgetNames } from "./names.js";
import { NetworkMap } from "./network.js";
import { Panel } from "./panel.js";
import { followPointer } from "./pointer.js";
import { Search } from "./search.js";
import { change, isShown, isTieShown, onChange, state } from "./state.js";
import { isDark, onTheme, startTheme, switchTheme, themeLabel } from "./theme.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */

const root = document.documentElement;
const one = (selector) => document.querySelector(selector);

start();

function start() {
  startLanguage(root.lang);
  startTheme();
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => changeLanguage(button.dataset.lang));
  }
  one("#theme").addEventListener("click", switchTheme);
  labelTheme();
  onTheme(labelTheme);
  onLanguage(labelTheme);

  let page;
  try {
    page = readPage(one("#page-data").textContent);
  } catch (error) {
    console.error(error);
    message("broken");
    root.dataset.ready = "";
    return;
  }
  sayTitle(page);
  onLanguage(() => sayTitle(page));
  if (page.things.length === 0) {
    message("emptyGraph");
    root.dataset.ready = "";
    return;
  }
  run(page);
}

/** @param {Page} page */
function run(page) {
  const panel = new Panel(() => select(null));
  const map = new NetworkMap(one("#map"), page, () => panel.insets());
  const search = new Search(page, (thing) => {
    select(thing, { fly: true });
    panel.takeFocus();
  });
  new Legend(page);

  /**
   * Selects a thing, or nothing.
   * @param {Thing | null} thing
   * @param {{fly?: boolean, animate?: boolean}} [how]
   */
  function select(thing, { fly = false, animate = true } = {}) {
    change({ selected: thing, found: null, spotlight: null, hoveredTie: null });
    one("#hint").hidden = true;
    search.clear();
    address(thing?.id ?? null);
    if (!thing) return;
    if (fly) map.flyTo(thing, animate);
    else map.camera.bringIntoView(thing);
  }

  function followAddress(animate) {
    const id = addressedId();
    const thing = id === null ? null : (page.byId.get(id) ?? null);
    notice(id !== null && !thing ? say("notFound", { id }) : "");
    if (thing !== state.selected) {
      const byKeyboard = one("#panel").contains(document.activeElement);
      select(thing, { fly: true, animate });
      if (thing && byKeyboard) panel.takeFocus();
    }
  }

  onChange((changed) => {
    map.refocus();
    if (changed.has("hidden") || changed.has("selected")) {
      message(page.things.some(isShown) ? null : "nothingShown");
    }
    if (changed.has("selected") && state.selected) tellSelection(state.selected);
  });
  onTheme(() => map.drawNow());
  onLanguage(() => {
    forgetNames();
    map.draw();
  });
  followPointer(map, select);
  followKeyboard(map, search, select);
  one("#zoom-in").addEventListener("click", () => map.camera.zoomBy(1.5, undefined, true));
  one("#zoom-out").addEventListener("click", () => map.camera.zoomBy(1 / 1.5, undefined, true));
  one("#zoom-fit").addEventListener("click", () => map.fit());
  one("#legend-open").addEventListener("click", () => toggleLegend());
  one("#legend-close").addEventListener("click", () => toggleLegend());
  one("#legend").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !one("#legend").classList.contains("open")) return;
    event.stopPropagation();
    toggleLegend();
  });
  one("#message-all").addEventListener("click", () => change({ hidden: new Set() }));

  onAddress(() => followAddress(true));
  followAddress(false);

  map.drawNow();
  window.filiera = {
    screenPos: (id) => screenPos(map, page.byId.get(id)),
    select: (id) => {
      const thing = id === null ? null : page.byId.get(id);
      if (thing !== undefined) select(thing, { fly: true, animate: false });
      return thing !== undefined;
    },
    state: () => ({
      selected: state.selected?.id ?? null,
      hovered: state.hovered?.id ?? null,
      query: state.query,
      found: state.found?.size ?? null,
      hidden: [...state.hidden],
      nodes: page.things.filter(isShown).length,
      edges: page.ties.filter(isTieShown).length,
      lang: language(),
      theme: isDark() ? "dark" : "light",
      scale: map.camera.scale,
    }),
  };
  root.dataset.ready = "";
}

/** Where a thing is on screen, in CSS pixels of the window; null when it is hidden or unknown. */
function screenPos(map, thing) {
  if (!thing || !isShown(thing)) return null;
  const box = map.element.getBoundingClientRect();
  const { view } = map.camera;
  return { x: screenX(thing, view) + box.left, y: screenY(thing, view) + box.top };
}

/** @param {Page} page */
function sayTitle(page) {
  const title = inLanguage(page.title);
  document.title = title;
  one("#title").textContent = title;
  one("#subtitle").textContent = inLanguage(page.subtitle);
  one("#map").setAttribute(
    "aria-label",
    `${say("map", { nodes: page.things.length, edges: page.ties.length })}. ${say("mapHelp")}`,
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
