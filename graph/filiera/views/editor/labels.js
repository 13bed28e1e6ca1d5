// The labels that people read in place of IRIs, asked of the endpoint a few hundred at a time.

import { inLanguage, language } from "../page/language.js";
import { asked } from "./asking.js";
import { known, shortened, termOf } from "./terms.js";

const together = 400;
const predicates = ["skos:prefLabel", "rdfs:label", "dcterms:title"];
const rankOf = Object.fromEntries(["core#prefLabel", "rdf-schema#label", "dc/terms/title"].map((end, place) => [end, place]));

/** Labels, looked up when first asked for and then kept. */
export class Labels {
  /** @param {string} endpoint */
  constructor(endpoint) {
    this.endpoint = endpoint;
    /** @type {Map<string, Record<string, string>>} texts by language, by IRI; none for one that has no label */
    this.known = new Map();
    /** @type {Set<string>} */
    this.awaited = new Set();
  }

  /**
   * The label of an IRI in the language of the page, else another; null when it has none, or none yet.
   * @param {string} iri
   * @returns {string | null}
   */
  of(iri) {
    const term = termOf(iri);
    if (term?.label) return inLanguage(term.label);
    const texts = this.known.get(iri);
    if (!texts) return null;
    const label = texts[language()] ?? texts.it ?? texts.en ?? texts[""] ?? Object.values(texts)[0] ?? null;
    if (label !== null || partsOf(iri).length === 0) return label;
    return partsOf(iri).map((part) => this.of(part) ?? part.slice(part.lastIndexOf("/") + 1).replaceAll("-", " ")).join(" · ");
  }

  /**
   * What stands for an IRI: its label, else its name with a prefix, else itself.
   * @param {string} iri
   */
  nameOf(iri) {
    return this.of(iri) ?? shortened(iri) ?? iri;
  }

  /**
   * Looks labels up; afterwards `of` knows them. Does nothing for those that are known or on their way.
   * @param {Iterable<string>} iris
   * @returns {Promise<boolean>} whether any came
   */
  async fetch(iris) {
    const wanted = [...new Set(iris)].filter((iri) => !this.known.has(iri) && !this.awaited.has(iri) && !termOf(iri)?.label && isIri(iri));
    for (const iri of wanted) this.awaited.add(iri);
    let any = false;
    for (let start = 0; start < wanted.length; start += together) {
      const some = wanted.slice(start, start + together);
      try {
        await this.#ask(some);
        any = true;
      } catch {
        // Without their labels things are shown by their IRIs; the next page of rows asks again.
      }
      for (const iri of some) this.awaited.delete(iri);
    }
    const parts = wanted.filter((iri) => Object.keys(this.known.get(iri) ?? { "": "" }).length === 0).flatMap(partsOf);
    if (parts.length > 0) await this.fetch(parts);
    return any;
  }

  /**
   * The class of each of some IRIs: of several the one that says most, ours before others, the rarer first.
   * @param {string[]} iris
   * @returns {Promise<Map<string, string>>} nothing for one of which no class is stated, or that cannot be asked for
   */
  async classes(iris) {
    const found = new Map();
    const rankOfClass = (iri) => (iri.startsWith(known.prefixes.fil ?? "\n") ? 0 : 1e9) + (termOf(iri)?.count ?? 1e8);
    const wanted = iris.filter(isIri);
    for (let start = 0; start < wanted.length; start += together) {
      const query = `SELECT ?iri ?class WHERE { VALUES ?iri { ${inBrackets(wanted.slice(start, start + together))} } ?iri a ?class }`;
      try {
        const { text } = await asked(this.endpoint, query, "application/sparql-results+json");
        for (const row of JSON.parse(text).results.bindings) {
          const before = found.get(row.iri.value);
          if (!before || rankOfClass(row.class.value) < rankOfClass(before)) found.set(row.iri.value, row.class.value);
        }
      } catch {
        // Then the colours do not tell classes.
      }
    }
    return found;
  }

  async #ask(iris) {
    const query = `SELECT ?iri ?by ?label WHERE { VALUES ?iri { ${inBrackets(iris)} } VALUES ?by { ${predicates.join(" ")} } ?iri ?by ?label }`;
    const { text } = await asked(this.endpoint, query, "application/sparql-results+json");
    const ranks = new Map();
    for (const iri of iris) this.known.set(iri, {});
    for (const { iri, by, label } of JSON.parse(text).results.bindings) {
      const rank = rankOf[Object.keys(rankOf).find((end) => by.value.endsWith(end)) ?? ""] ?? 9;
      const best = ranks.get(iri.value) ?? Infinity;
      if (rank > best || label.type !== "literal") continue;
      if (rank < best) this.known.set(iri.value, {});
      ranks.set(iri.value, rank);
      /** @type {Record<string, string>} */ (this.known.get(iri.value))[label["xml:lang"] ?? ""] = label.value;
    }
  }
}

/**
 * What a fact is about, whose IRI is made of it and has no label: `…/id/membership/a--b` of `…/id/a` and `…/id/b`.
 * @returns {string[]} nothing for what is no fact
 */
function partsOf(iri) {
  const base = Object.keys(known.pages).find((one) => iri.startsWith(one));
  const name = iri.slice(iri.lastIndexOf("/") + 1);
  return base !== undefined && name.includes("--") ? name.split("--").map((part) => base + part) : [];
}

const inBrackets = (iris) => iris.map((iri) => `<${iri}>`).join(" ");

/** Whether an IRI can stand in a query between < and >. */
function isIri(iri) {
  return iri.length < 2000 && /^[^\u0000-\u0020<>"{}|^`\\]+$/.test(iri);
}
