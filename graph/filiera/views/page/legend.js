// The legend that is the filter: real shapes, true counts, one click hides or shows.

import { make } from "./dom.js";
import { inLanguage, number, onLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { change, groupKey, isShown, isTieShown, kindKey, memberKey, onChange, state } from "./state.js";

/**
 * @typedef {object} Entry
 * @property {string} key as in `state.hidden`
 * @property {() => string} name
 * @property {() => Element} picture
 * @property {number} count
 * @property {import("./state.js").State["spotlight"]} spotlight
 */

/** The legend: builds itself anew when language or filters change. */
export class Legend {
  /** @param {import("./data.js").Page} page */
  constructor(page) {
    this.page = page;
    this.element = document.querySelector("#legend-entries");
    this.shown = document.querySelector("#legend-shown");
    this.all = document.querySelector("#legend-all");
    this.all.addEventListener("click", () => change({ hidden: new Set() }));
    this.sections = [
      { title: "kinds", entries: kindEntries(page) },
      { title: null, entries: memberEntries(page) },
      { title: "ties", entries: tieEntries(page) },
    ];
    onChange((changed) => {
      if (changed.has("hidden") || changed.has("selected")) this.#update();
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
        make("span", { class: "entry-count" }, number(entry.count)),
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
    for (const button of this.element.querySelectorAll(".entry")) {
      button.setAttribute("aria-pressed", String(!state.hidden.has(button.dataset.key)));
    }
    const { things, ties } = this.page;
    this.all.hidden = state.hidden.size === 0;
    this.shown.hidden = state.hidden.size === 0;
    this.shown.textContent = say("shown", {
      nodes: things.filter(isShown).length,
      allNodes: things.length,
      edges: ties.filter(isTieShown).length,
      allEdges: ties.length,
    });
  }
}

/** @returns {Entry[]} */
function kindEntries(page) {
  return page.kinds
    .map((kind) => ({
      key: `kind:${kind.id}`,
      name: () => inLanguage(kind.label),
      picture: () => shapePicture(kind),
      count: page.things.filter((thing) => thing.kind === kind).length,
      spotlight: { thing: (thing) => kindKey(thing) === `kind:${kind.id}` },
    }))
    .filter((entry) => entry.count > 0);
}

/** @returns {Entry[]} */
function memberEntries(page) {
  const circle = { shape: "dot", colour: 0 };
  return [
    { key: "member:yes", word: "member", member: true },
    { key: "member:no", word: "notMember", member: false },
  ]
    .map(({ key, word, member }) => ({
      key,
      name: () => say(word),
      picture: () => shapePicture(circle, member),
      count: page.things.filter((thing) => thing.member === member).length,
      spotlight: { thing: (thing) => memberKey(thing) === key },
    }))
    .filter((entry) => entry.count > 0);
}

/** @returns {Entry[]} */
function tieEntries(page) {
  return page.relationGroups.map((group) => ({
    key: `group:${group.id}`,
    name: () => say(`group_${group.id}`),
    picture: () => make("span", { class: "line", "aria-hidden": "true" }),
    count: group.count,
    spotlight: { tie: (tie) => groupKey(tie) === `group:${group.id}` },
  }));
}
