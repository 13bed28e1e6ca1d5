// Search as you type: names, other names, towns, what somebody does; accents and case do not matter.

import { make } from "./dom.js";
import { folded } from "./folding.js";
import { inLanguage, number, onLanguage, say } from "./language.js";
import { narrow, narrowings } from "./search_narrowing.js";
import { shapePicture } from "./shapes.js";
import { change, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

const most = 8;
/** Things listed where there is more to be taken than things. */
const fewer = 5;
/** Things that are indexed in one go while nobody types. */
const preparedAtOnce = 1000;

/** @typedef {{thing: Thing, names: string[], words: string}} Entry all without case and accents */

/** @param {Thing} thing @returns {Entry} */
function indexed(thing) {
  const labels = textsOf(thing.label);
  // The name in the address is often the one in common use, such as "unimore".
  const names = [...new Set([...labels, ...thing.aliases, thing.id].map(folded))];
  const towns = thing.place ? textsOf(thing.place.label) : [];
  const others = [thing.town ?? "", ...towns, ...doings(thing).flatMap(textsOf)];
  return { thing, names, words: ` ${names.join(" ")} ${[...new Set(others.map(once))].join(" ")}` };
}

const textsOf = (label) => (typeof label === "string" ? [label] : Object.values(label));

/** What a thing does: its sectors, and the stages at which it works. @param {Thing} thing */
const doings = (thing) => [...(thing.fields ?? []), ...(thing.stages ?? [])].map(({ label }) => label);

/** @type {Map<string, string>} the same towns, sectors and stages again and again */
const known = new Map();

/** As `folded`, worked out once. @param {string} text */
function once(text) {
  const found = known.get(text) ?? folded(text);
  known.set(text, found);
  return found;
}

/** How well an entry answers: 0 best, null not at all. */
function grade({ names, words }, query, tokens) {
  if (names.includes(query)) return 0;
  if (names.some((name) => name.startsWith(query))) return 1;
  if (names.some((name) => name.includes(` ${query}`))) return 2;
  if (tokens.every((token) => words.includes(` ${token}`))) return 3;
  return tokens.every((token) => words.includes(token)) ? 4 : null;
}

/** @type {WeakMap<Thing[], Entry[]>} the index of the things of a page, made when it is first needed */
const indexes = new WeakMap();

/**
 * The index, as far as to a place at least.
 * @param {Thing[]} ranked
 * @param {number} [end]
 * @returns {Entry[]}
 */
function indexOf(ranked, end = ranked.length) {
  const found = indexes.get(ranked) ?? [];
  indexes.set(ranked, found);
  for (let place = found.length; place < Math.min(end, ranked.length); place += 1) found.push(indexed(ranked[place]));
  return found;
}

/** Makes the index before anybody types, a part whenever nothing else is to be done. @param {Thing[]} ranked */
function prepare(ranked) {
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 300));
  idle(() => {
    const { length } = indexOf(ranked, (indexes.get(ranked)?.length ?? 0) + preparedAtOnce);
    if (length < ranked.length) prepare(ranked);
  });
}

/**
 * The things that a query finds, best first.
 * @param {{ranked: Thing[]}} page
 * @param {string} text
 * @returns {Thing[]}
 */
export function findThings({ ranked }, text) {
  const query = folded(text);
  if (query === "") return [];
  const tokens = query.split(" ");
  return indexOf(ranked)
    .map((entry) => ({ thing: entry.thing, grade: grade(entry, query, tokens) }))
    .filter((answer) => answer.grade !== null)
    .sort((a, b) => Number(a.grade) - Number(b.grade))
    .map((answer) => answer.thing);
}

/** The search box with its list of results. */
export class Search {
  /**
   * @param {import("./data.js").Page} page
   * @param {(thing: Thing) => void} choose
   */
  constructor(page, choose) {
    this.page = page;
    this.choose = choose;
    this.input = document.querySelector("#search");
    this.box = document.querySelector("#results");
    this.list = document.querySelector("#result-list");
    this.summary = document.querySelector("#result-summary");
    this.clearButton = document.querySelector("#search-clear");
    /** @type {Thing[]} */
    this.results = [];
    /** What can be taken, as it is listed: things, and values of facets to narrow down to. @type {(Thing | import("./search_narrowing.js").Narrowing)[]} */
    this.options = [];
    this.active = -1;

    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#show(this.input.value !== ""));
    this.input.addEventListener("blur", () => this.#show(false));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.clearButton.addEventListener("click", () => {
      this.clear();
      this.input.focus();
    });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    onLanguage(() => this.#typed());
    prepare(page.ranked);
  }

  clear() {
    if (this.input.value === "" && state.found === null) return;
    this.input.value = "";
    this.#typed();
  }

  /**
   * What a query finds, best first.
   * @param {string} text
   * @returns {Thing[]}
   */
  find(text) {
    return findThings(this.page, text);
  }

  #typed() {
    const query = this.input.value;
    const typed = folded(query) !== "";
    this.results = this.find(query);
    this.active = 0;
    this.clearButton.hidden = query === "";
    this.#list(query);
    this.#show(typed && document.activeElement === this.input);
    change({ query, found: typed ? new Set(this.results) : null });
  }

  #list(query) {
    const narrower = narrowings(this.page, query);
    const shown = this.results.slice(0, narrower.length > 0 ? fewer : most);
    this.options = [...shown, ...narrower];
    this.list.replaceChildren(...shown.map((thing, place) => this.#option(thing, place, query)));
    const more = this.results.length - shown.length;
    this.summary.replaceChildren(
      ...(this.results.length === 0
        ? [make("strong", {}, say("noMatch", { query: query.trim() })), make("span", {}, say("searchHint"))]
        : [say("found", { n: this.results.length })]),
    );
    if (more > 0) this.list.append(make("li", { class: "more", role: "presentation" }, say("moreFound", { n: more })));
    this.list.append(...narrower.map((narrowing, place) => this.#narrowing(narrowing, shown.length + place)));
    this.#activate(Math.min(this.active, this.options.length - 1));
  }

  #narrowing(narrowing, place) {
    return make(
      "li",
      { id: `result-${place}`, class: "result-narrowing", role: "option", "aria-selected": "false", onclick: () => this.#take(narrowing) },
      make("span", { class: "result-sign", "aria-hidden": "true" }),
      make("span", { class: "result-name" }, say("searchNarrow", { name: narrowing.label })),
      make("span", { class: "result-detail" }, `${say(`facet_${narrowing.facet}`)} · ${number(narrowing.count)} ${say("countNodes", { n: narrowing.count })}`),
    );
  }

  #option(thing, place, query) {
    const name = inLanguage(thing.label);
    const words = folded(query).split(" ");
    const matches = (text) => words.every((word) => folded(text).includes(word));
    const alias = matches(name) ? undefined : thing.aliases.find(matches);
    const isNamed = matches(name) || alias !== undefined || matches(thing.town ?? "");
    const doing = isNamed ? undefined : doings(thing).map(inLanguage).find(matches);
    const detail = [alias, doing, inLanguage(thing.kindLabel ?? thing.kind.label), thing.town].filter(Boolean).join(" · ");
    return make(
      "li",
      { id: `result-${place}`, role: "option", "aria-selected": "false", onclick: () => this.#take(thing) },
      shapePicture(thing.kind, thing.member),
      make("span", { class: "result-name" }, name),
      make("span", { class: "result-detail" }, detail),
    );
  }

  #activate(place) {
    this.active = place;
    for (const option of this.list.querySelectorAll("[role=option]")) {
      const active = option.id === `result-${place}`;
      option.setAttribute("aria-selected", String(active));
      if (active) option.scrollIntoView({ block: "nearest" });
    }
    if (place >= 0) this.input.setAttribute("aria-activedescendant", `result-${place}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #show(open) {
    this.box.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  /** @param {Thing | import("./search_narrowing.js").Narrowing} option */
  #take(option) {
    this.clear();
    this.#show(false);
    this.input.blur();
    if ("facet" in option) narrow(option);
    else this.choose(option);
  }

  #key(event) {
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" && this.input.value === "" && this.box.hidden) {
      this.results = this.page.ranked;
      this.active = 0;
      this.#list("");
      this.#show(true);
    } else if (event.key === "ArrowDown") {
      this.#activate(Math.min(last, this.active + 1));
    } else if (event.key === "ArrowUp") {
      this.#activate(Math.max(0, this.active - 1));
    } else if (event.key === "Enter" && this.active >= 0 && this.options[this.active]) {
      this.#take(this.options[this.active]);
    } else if (event.key === "Escape" && this.input.value !== "") {
      this.clear();
    } else if (event.key === "Escape") {
      this.#show(false);
      this.input.blur();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
