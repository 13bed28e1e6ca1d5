// Beside the query: examples to take, the vocabulary to look up, and what was asked before.
// On a small screen the query comes first, and a button below it unfolds them.

import { make } from "../page/dom.js";
import { inLanguage, language, number, onLanguage, say } from "../page/language.js";
import { remember, remembered } from "../page/memory.js";
import { folded } from "../page/folding.js";
import { forgetQueries, recent } from "./recent.js";
import { known, shortened } from "./terms.js";

const tabs = ["examples", "vocabulary", "recent"];
const topics = ["members", "chains", "organisations", "ties", "events", "sources", "other"];
const mostTerms = 200;
const narrow = matchMedia("(max-width: 900px)");

/** Whether the screen is too narrow for a side: the style sheet has the same width. */
export const isNarrow = () => narrow.matches;

/** The side in its element. */
export class Side {
  /**
   * @param {HTMLElement} element
   * @param {{take: (query: string) => void, insert: (term: string) => void}} on a query is chosen, or a term
   */
  constructor(element, on) {
    this.element = element;
    this.on = on;
    const before = remembered("editorSide");
    this.tab = before !== null && tabs.includes(before) ? before : "examples";
    this.words = "";
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isNarrow() || !element.classList.contains("open")) return;
      event.stopPropagation();
      this.unfold(false);
      /** @type {HTMLElement | null} */ (element.querySelector("#side-open"))?.focus();
    });
    narrow.addEventListener("change", () => this.#settle());
    onLanguage(() => this.draw());
    this.#settle();
    this.draw();
  }

  /** Shows or hides everything but the button; where there is room for a side it is always there. */
  unfold(open) {
    this.element.classList.toggle("open", open);
    this.element.querySelector("#side-open")?.setAttribute("aria-expanded", String(open));
  }

  /** Stands where it is seen, so that it is read and reached in this order too. */
  #settle() {
    if (isNarrow()) document.querySelector("#query-part").after(this.element);
    else document.querySelector("main").before(this.element);
  }

  /** Draws everything again: terms, language or queries have changed. */
  draw() {
    const { tab } = this;
    const open = (name) => {
      this.tab = name;
      this.words = "";
      remember("editorSide", name);
      this.draw();
      this.element.querySelector(`#side-${name}`)?.focus();
    };
    const list = make(
      "div",
      { class: "tabs", role: "tablist", "aria-label": say("side") },
      ...tabs.map((name) => make("button", { type: "button", role: "tab", id: `side-${name}`, "aria-controls": "side-panel", "aria-selected": String(name === tab), tabindex: name === tab ? "0" : "-1", onclick: () => open(name) }, say(`side_${name}`))),
    );
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) open(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]);
    });
    const results = make("div", { class: "side-list" });
    const fill = () => results.replaceChildren(...{ examples: () => this.#examples(), vocabulary: () => this.#vocabulary(), recent: () => this.#recent() }[tab]());
    const search = /** @type {HTMLInputElement} */ (
      make("input", { type: "search", id: "side-search", value: this.words, autocomplete: "off", placeholder: say(`sideSearch_${tab}`), "aria-label": say(`sideSearch_${tab}`), oninput: () => {
        this.words = search.value;
        fill();
      } })
    );
    fill();
    const unfold = make("button", { type: "button", id: "side-open", "aria-controls": "side-panel", onclick: () => this.unfold(!this.element.classList.contains("open")) }, say("sideOpen"));
    this.element.replaceChildren(unfold, list, make("div", { id: "side-panel", role: "tabpanel", "aria-labelledby": `side-${tab}` }, search, results));
    this.unfold(this.element.classList.contains("open"));
  }

  /** Whether a text holds all words that are searched for. */
  #matches(...texts) {
    const text = folded(texts.join(" "));
    return folded(this.words).split(" ").every((token) => text.includes(token));
  }

  #examples() {
    const found = known.examples.filter((example) => this.#matches(inLanguage(example.title), inLanguage(example.description), example.name));
    if (found.length === 0) return [make("p", { class: "quiet" }, say(known.examples.length === 0 ? "sideWaiting" : "sideNothing"))];
    const topicOf = (example) => (topics.includes(example.topic) ? example.topic : "other");
    return topics.flatMap((topic) => {
      const some = found.filter((example) => topicOf(example) === topic);
      const entry = (example) =>
        make("li", {}, make("button", { type: "button", class: "entry", "data-example": example.name, onclick: () => this.on.take(inLanguage(example.sparql)) }, make("strong", {}, inLanguage(example.title)), make("span", {}, inLanguage(example.description))));
      return some.length === 0 ? [] : [make("section", {}, make("h3", {}, say(`topic_${topic}`)), make("ul", {}, ...some.map(entry)))];
    });
  }

  #vocabulary() {
    const part = (kind) => {
      const found = known.terms.filter((term) => {
        const name = shortened(term.iri);
        return term.kind === kind && name !== null && this.#matches(name, inLanguage(term.label), inLanguage(term.definition));
      });
      const entry = (term) => {
        const name = shortened(term.iri) ?? "";
        return make(
          "li",
          {},
          make("button", { type: "button", class: "entry term", "data-term": name, onclick: () => this.on.insert(name) }, make("strong", {}, name), make("em", {}, inLanguage(term.label)), make("span", {}, inLanguage(term.definition)), term.count > 0 && make("small", {}, say("uses", { n: term.count }))),
        );
      };
      return found.length === 0 ? [] : [make("section", {}, make("h3", {}, say(`terms_${kind}`), make("span", { class: "quiet" }, ` ${number(found.length)}`)), make("ul", {}, ...found.slice(0, mostTerms).map(entry)))];
    };
    const parts = [...part("class"), ...part("property")];
    if (parts.length > 0) return parts;
    return [make("p", { class: "quiet" }, say(known.terms.length === 0 ? "sideWaiting" : "sideNothing"))];
  }

  #recent() {
    const found = recent().filter((entry) => this.#matches(entry.query));
    if (found.length === 0) return [make("p", { class: "quiet" }, say(this.words.trim() === "" ? "recentNothing" : "sideNothing"))];
    const form = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" });
    const entry = ({ query, when, rows }) =>
      make("li", {}, make("button", { type: "button", class: "entry recent", onclick: () => this.on.take(query) }, make("code", {}, outline(query)), make("small", {}, `${form.format(when)} · ${rows === null ? say("recentFailed") : say("nRows", { n: rows })}`)));
    const forget = make("button", { type: "button", class: "text-button", onclick: () => {
      forgetQueries();
      this.draw();
    } }, say("recentForget"));
    return [make("ul", {}, ...found.map(entry)), forget];
  }
}

/** A query in short: its title where it has one, else its first words after the prefixes. */
function outline(query) {
  const title = /^\s*#\s*(.+)/.exec(query)?.[1];
  if (title) return title;
  return query.replaceAll(/^\s*(?:PREFIX|BASE)\b.*$/gim, "").replaceAll(/\s+/g, " ").trim().slice(0, 140);
}
