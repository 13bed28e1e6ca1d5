// The facets below the legend: value chain, stage, province, sector, relation, source. Each narrows
// what is in view to the values chosen; counts say what a choice would leave.

import { countElement, facetCounts, tellCount } from "./counts.js";
import { facetNames } from "./dimensions.js";
import { arrange, make } from "./dom.js";
import { facetValues } from "./facet_values.js";
import { inLanguage, inOrder, onLanguage, say } from "./language.js";
import { folded } from "./folding.js";
import { choose, onChange, state, toggleChosen } from "./state.js";

/** @typedef {import("./dimensions.js").FacetName} FacetName */

/**
 * A facet on the page. `words` are its values as they are called, and `rows` those that have been shown:
 * both in the language of the page, and used again.
 * @typedef {object} Made
 * @property {HTMLDetailsElement} details
 * @property {HTMLElement} summary
 * @property {HTMLElement} body
 * @property {HTMLElement} list
 * @property {string} search
 * @property {Set<string>} pinned
 * @property {Map<string, {label: string, folded: string}>} words
 * @property {Map<string, HTMLElement>} rows
 */

const most = 40;
const few = 12;
const filtering = ["hidden", "chosen", "moment", "steps", "expanded", "selected", "to", "path"];

/** The lists of values; each opens on its own. */
export class Facets {
  /** @param {import("./data.js").Page} page */
  constructor(page) {
    this.page = page;
    this.element = document.querySelector("#facets");
    /** @type {Map<FacetName, Made>} */
    this.made = new Map();
    for (const name of facetNames) this.#make(name);
    onChange((changed) => {
      if (filtering.some((key) => changed.has(key))) this.#updateAll();
    });
    onLanguage(() => {
      for (const made of this.made.values()) {
        made.words.clear();
        made.rows.clear();
        made.body.replaceChildren();
      }
      this.#updateAll();
    });
    this.#updateAll();
  }

  /** @param {FacetName} name */
  #make(name) {
    const values = name === "relation" ? this.page.ties : facetValues(this.page, name).ids;
    if (values.length === 0) return;
    const summary = make("summary", { "data-key": "summary" });
    const body = make("div");
    const details = /** @type {HTMLDetailsElement} */ (make("details", { class: "facet", "data-facet": name }, summary, body));
    details.addEventListener("toggle", () => {
      this.#pin(name);
      this.#update(name);
    });
    const list = make("ul");
    this.made.set(name, { details, summary, body, list, search: "", pinned: new Set(), words: new Map(), rows: new Map() });
    this.element.append(details);
  }

  #updateAll() {
    for (const name of this.made.keys()) this.#update(name);
  }

  /** What is chosen stands first from now on. @param {FacetName} name */
  #pin(name) {
    const made = this.made.get(name);
    if (made) made.pinned = state.chosen[name] ?? new Set();
  }

  /** @param {FacetName} name */
  #update(name) {
    const made = this.made.get(name);
    if (!made) return;
    const { details, summary, body, list, search } = made;
    const chosen = state.chosen[name] ?? new Set();
    const title = say(`facet_${name}`);
    summary.replaceChildren(
      make("span", {}, title),
      ...(chosen.size > 0 ? [make("span", { class: "facet-chosen" }, say("facetChosen", { n: chosen.size }))] : []),
    );
    if (!details.open) {
      body.replaceChildren();
      return;
    }
    const focused = details.contains(document.activeElement) ? document.activeElement : null;
    const values = this.#values(name, made, chosen);
    const words = folded(search).split(" ").filter(Boolean);
    const found = values.filter((value) => words.every((word) => value.folded.includes(word)));
    const more = found.length - most;
    arrange(list, found.slice(0, most).map((value) => this.#row(name, made, value, chosen.has(value.id))));
    const box = body.querySelector("input") ?? (values.length > few ? this.#search(name, title, search) : null);
    arrange(body, [
      ...(box ? [box] : []),
      list,
      ...(more > 0 ? [make("p", { class: "facet-more" }, say("facetMore", { n: more }))] : []),
      ...(found.length === 0 ? [make("p", { class: "facet-more", role: "status" }, say("facetNothing"))] : []),
      ...(chosen.size > 0
        ? [make("button", { type: "button", class: "text-button", "data-key": "clear", onclick: () => this.#clear(name) }, say("facetClear", { facet: title }))]
        : []),
    ]);
    if (focused instanceof HTMLElement) this.#focus(details, focused);
  }

  /** The keyboard stays where it was, or on what has taken its place. @param {HTMLElement} focused */
  #focus(details, focused) {
    if (document.activeElement === focused) return;
    const again = focused.isConnected ? focused : details.querySelector(`[data-key="${CSS.escape(focused.dataset.key ?? "")}"]`);
    (again ?? details.querySelector("summary")).focus({ preventScroll: true });
  }

  #search(name, title, search) {
    const words = say("facetSearch", { facet: title });
    return make("input", {
      type: "search",
      value: search,
      "data-key": "search",
      "aria-label": words,
      placeholder: words,
      oninput: (event) => {
        const made = this.made.get(name);
        if (made) made.search = event.target.value;
        this.#update(name);
      },
    });
  }

  /** The row of a value: made once, told anew. */
  #row(name, made, value, pressed) {
    const row = made.rows.get(value.id) ?? this.#newRow(name, value);
    made.rows.set(value.id, row);
    row.firstElementChild.setAttribute("aria-pressed", String(pressed));
    tellCount(row.querySelector(".entry-count"), value.count);
    return row;
  }

  #newRow(name, value) {
    return make(
      "li",
      {},
      make(
        "button",
        {
          type: "button",
          class: "facet-value",
          "data-key": `value:${value.id}`,
          "data-value": value.id,
          onclick: () => toggleChosen(name, value.id),
        },
        make("span", { class: "check", "aria-hidden": "true" }),
        make("span", { class: "entry-name" }, value.label),
        countElement(),
      ),
    );
  }

  /** @param {FacetName} name */
  #clear(name) {
    choose(name, []);
    this.#pin(name);
    this.#update(name);
  }

  /** The values of a facet: those chosen when it was opened first, then those with most; none is left out. */
  #values(name, { pinned, words }, chosen) {
    const counts = facetCounts(this.page, name);
    const ids = new Set([...counts.keys(), ...chosen]);
    return [...ids]
      .map((id) => {
        let said = words.get(id);
        if (!said) {
          const label = facetLabel(this.page, name, id);
          said = { label, folded: folded(label) };
          words.set(id, said);
        }
        return { id, ...said, count: counts.get(id) ?? { now: 0, whole: 0 }, first: pinned.has(id) };
      })
      .sort(
        (a, b) =>
          Number(b.first) - Number(a.first) || b.count.now - a.count.now || b.count.whole - a.count.whole || inOrder().compare(a.label, b.label),
      );
  }
}

/**
 * A value of a facet in words; an id that the page does not know stands for itself.
 * @param {import("./data.js").Page} page
 * @param {FacetName} name
 * @param {string} id
 */
export function facetLabel(page, name, id) {
  if (name === "source") {
    const source = page.sourceById.get(id);
    return source ? [source.title, source.publisher].filter(Boolean).join(" · ") || id : id;
  }
  const lists = { in: page.chains, stage: page.stages, province: page.places, field: page.fields, relation: page.relations };
  const found = lists[name].find((item) => item.id === id);
  return found ? inLanguage(found.label) : id;
}
