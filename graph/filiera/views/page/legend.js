// The legend that is the filter: real shapes, true counts, one click hides or shows.

import { countElement, legendCounts, tellCount, thingCount, tieCount } from "./counts.js";
import { make } from "./dom.js";
import { inLanguage, onLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { certainty, groupKey, isShown, isTieShown, kindKey, memberKey } from "./filters.js";
import { looksOf } from "./network_looks.js";
import { change, clearFilters, isFiltered, onChange, state } from "./state.js";

/**
 * @typedef {object} Entry
 * @property {string} key as in `state.hidden`
 * @property {() => string} name
 * @property {() => Element} picture
 * @property {import("./state.js").State["spotlight"]} spotlight
 */

const redrawing = ["colouring", "moment", "view"];
const filtering = ["hidden", "chosen", "steps", "moment", "selected", "to", "path", "expanded"];

/** The legend: builds itself anew when language or filters change. */
export class Legend {
  /** @param {import("./data.js").Page} page */
  constructor(page) {
    this.page = page;
    this.element = document.querySelector("#legend-entries");
    this.shown = document.querySelector("#legend-shown");
    this.all = document.querySelector("#legend-all");
    this.all.addEventListener("click", clearFilters);
    this.sections = [
      { title: "kinds", entries: kindEntries(page) },
      { title: null, entries: memberEntries(page) },
      { title: "ties", entries: tieEntries(page) },
    ];
    onChange((changed) => {
      if (redrawing.some((key) => changed.has(key))) this.#build();
      if (filtering.some((key) => changed.has(key))) this.#update();
    });
    onLanguage(() => this.#build());
    this.#build();
  }

  #build() {
    this.element.replaceChildren(
      ...this.sections
        .filter((section) => section.entries.length > 1)
        .map((section) =>
          make(
            "section",
            {},
            section.title && make("h2", {}, say(section.title)),
            make("ul", {}, ...section.entries.map((entry) => this.#row(entry, section.entries))),
          ),
        ),
    );
    /** @type {{element: HTMLElement, count: () => import("./counts.js").Count}[]} */
    this.told = [];
    const counted = (count) => {
      const element = countElement();
      this.told.push({ element, count });
      return element;
    };
    this.element.prepend(...colours(this.page, counted));
    this.element.append(...certainties(this.page, counted));
    this.#update();
  }

  #row(entry, siblings) {
    const spot = (on) => change({ spotlight: on && !state.hidden.has(entry.key) ? entry.spotlight : null });
    const name = entry.name();
    return make(
      "li",
      {
        onpointerenter: (event) => event.pointerType === "mouse" && spot(true),
        onpointerleave: () => spot(false),
        onfocusin: (event) => spot(event.target.matches(":focus-visible")),
        onfocusout: () => spot(false),
      },
      make(
        "button",
        { class: "entry", type: "button", "data-key": entry.key, onclick: () => this.#toggle(entry) },
        entry.picture(),
        make("span", { class: "entry-name" }, name),
        countElement(),
      ),
      make(
        "button",
        {
          class: "only",
          type: "button",
          "aria-label": say("onlyLabel", { name }),
          onclick: () => this.#only(entry, siblings),
        },
        say("only"),
      ),
    );
  }

  #toggle(entry) {
    const hidden = new Set(state.hidden);
    if (!hidden.delete(entry.key)) hidden.add(entry.key);
    change({ hidden, spotlight: null });
  }

  #only(entry, siblings) {
    const hidden = new Set(state.hidden);
    for (const sibling of siblings) hidden.add(sibling.key);
    hidden.delete(entry.key);
    change({ hidden });
  }

  #update() {
    const counts = legendCounts(this.page);
    for (const button of this.element.querySelectorAll(".entry")) {
      button.setAttribute("aria-pressed", String(!state.hidden.has(button.dataset.key)));
      tellCount(button.querySelector(".entry-count"), counts.get(button.dataset.key) ?? { now: 0, whole: 0 });
    }
    for (const { element, count } of this.told) tellCount(element, count());
    const { things, ties } = this.page;
    this.all.hidden = !isFiltered();
    this.shown.hidden = !isFiltered() && state.moment === null;
    this.shown.textContent = say("shown", {
      nodes: things.filter(isShown).length,
      allNodes: things.length,
      edges: ties.filter(isTieShown).length,
      allEdges: ties.length,
    });
  }
}

/** Whether hues stand for something else than the kind: only the network can be coloured otherwise. */
const isRecoloured = () => state.view === "network" && state.colouring !== "kind";

/** What the colours of the network mean, when they do not mean the kind. */
function colours(page, counted) {
  const { meanings } = looksOf(page);
  if (!isRecoloured() || meanings.length === 0) return [];
  const rows = meanings.map(({ hue, label, has }) => {
    const spot = (on) => change({ spotlight: on ? { thing: has } : null });
    return make(
      "li",
      { onpointerenter: (event) => event.pointerType === "mouse" && spot(true), onpointerleave: () => spot(false) },
      shapePicture({ shape: "dot", colour: hue }),
      make("span", { class: "entry-name" }, label()),
      counted(() => thingCount(page, has)),
    );
  });
  return [
    make(
      "section",
      { class: "meanings", "data-section": "colours" },
      make("h2", {}, say("colours", { what: say(`colouring_${state.colouring}`).toLowerCase() })),
      make("ul", {}, ...rows),
      state.colouring === "chain" && make("p", { class: "meaning-note" }, say("colourSeveral")),
    ),
  ];
}

/** How ties are drawn of which it is only possible that they hold at the chosen date. */
function certainties(page, counted) {
  if (state.moment === null) return [];
  const row = (word, certain, kind) =>
    make(
      "li",
      {},
      make("span", { class: kind, "aria-hidden": "true" }),
      make("span", { class: "entry-name" }, say(word)),
      counted(() => tieCount(page, (tie) => certainty(tie) === certain)),
    );
  return [
    make(
      "section",
      { class: "meanings", "data-section": "certainty" },
      make("h2", {}, say("atMoment")),
      make("ul", {}, row("tieCertain", "certain", "line"), row("tiePossible", "possible", "line dashed")),
    ),
  ];
}

/** @returns {Entry[]} */
function kindEntries(page) {
  const used = new Set(page.things.map((thing) => thing.kind));
  return page.kinds
    .filter((kind) => used.has(kind))
    .map((kind) => ({
      key: `kind:${kind.id}`,
      name: () => inLanguage(kind.label),
      picture: () => shapePicture(isRecoloured() ? { ...kind, colour: 0 } : kind),
      spotlight: { thing: (thing) => kindKey(thing) === `kind:${kind.id}` },
    }));
}

/** @returns {Entry[]} */
function memberEntries(page) {
  const circle = { shape: "dot", colour: 0 };
  return [
    { key: "member:yes", word: "member", member: true },
    { key: "member:no", word: "notMember", member: false },
  ]
    .filter(({ member }) => page.things.some((thing) => thing.member === member))
    .map(({ key, word, member }) => ({
      key,
      name: () => say(word),
      picture: () => shapePicture(circle, member),
      spotlight: { thing: (thing) => memberKey(thing) === key },
    }));
}

/** @returns {Entry[]} */
function tieEntries(page) {
  return page.relationGroups.map((group) => ({
    key: `group:${group.id}`,
    name: () => say(`group_${group.id}`),
    picture: () => make("span", { class: "line", "aria-hidden": "true" }),
    spotlight: { tie: (tie) => groupKey(tie) === `group:${group.id}` },
  }));
}
