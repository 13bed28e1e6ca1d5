// What may stand at the cursor: prefixes, terms, variables, words of SPARQL, and things by their names.

import { inLanguage, language } from "../page/language.js";
import { namesLike } from "../page/question_asking.js";
import { folded } from "../page/folding.js";
import { expanded, known, meaning, shortened, termOf } from "./terms.js";

/**
 * A suggestion: the text that would stand there, what it is called, and what it means.
 * @typedef {{text: string, kind: "prefix" | "class" | "property" | "variable" | "keyword" | "thing", name: string, meaning: string}} Suggestion
 */

/** What is being written: its beginning in the line, the text so far, and what surrounds it. */
/** @typedef {{start: number, typed: string, isClass: boolean}} Written */

const most = 40;
const mostOfEach = 12;
const idPrefixes = ["id", "graph"];

const keywords = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES " +
  "EXISTS GROUP ORDER HAVING LIMIT OFFSET COUNT SAMPLE GROUP_CONCAT SEPARATOR COALESCE BOUND LANG LANGMATCHES DATATYPE " +
  "REGEX REPLACE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR UCASE LCASE CONCAT YEAR MONTH UNDEF"
).split(" ");

/**
 * What is being written at the end of a part of a line; null where nothing can be suggested.
 * @param {string} before the line up to the cursor
 * @returns {Written | null}
 */
export function written(before) {
  const match = /[?$]\w*$|(?<![\w:?$<])[A-Za-z][\w-]*(?::[\w.-]*)?$/.exec(before);
  if (!match) return null;
  return { start: match.index, typed: match[0], isClass: /(?:^|[\s;])(?:a|rdf:type)\s+$/.test(before.slice(0, match.index)) };
}

/**
 * @param {Written} now
 * @param {string[]} variables those of the query
 * @returns {Promise<Suggestion[]>}
 */
export async function suggestions(now, variables) {
  const { typed } = now;
  if (/^[?$]/.test(typed)) return ofVariables(typed, variables);
  const colon = typed.indexOf(":");
  if (colon < 0) return [...ofWords(typed), ...ofPrefixes(typed), ...ofTerms(now, typed), ...(await ofThings("id", typed, typed))].slice(0, most);
  const prefix = typed.slice(0, colon);
  const local = typed.slice(colon + 1);
  if (idPrefixes.includes(prefix)) return (await ofThings(prefix, local, typed)).slice(0, most);
  return ofTerms(now, local, known.prefixes[prefix] ?? "").slice(0, most);
}

/**
 * Whether a word is written out in full: a word of SPARQL or a term of ours.
 * @param {string} typed
 */
export function isWhole(typed) {
  const iri = expanded(typed);
  return keywords.includes(typed.toUpperCase()) || (iri !== null && termOf(iri) !== undefined);
}

/** @returns {Suggestion[]} */
function ofVariables(typed, variables) {
  const others = variables.filter((name) => name !== typed && name.slice(1).startsWith(typed.slice(1)));
  return others.map((name) => ({ text: typed[0] + name.slice(1), kind: "variable", name: "", meaning: "" }));
}

/** @returns {Suggestion[]} */
function ofWords(typed) {
  const word = typed.toUpperCase();
  return keywords.filter((keyword) => keyword.startsWith(word) && keyword !== word).map((keyword) => ({ text: keyword, kind: "keyword", name: "", meaning: "" }));
}

/** @returns {Suggestion[]} */
function ofPrefixes(typed) {
  const names = Object.keys(known.prefixes).filter((prefix) => prefix.startsWith(typed.toLowerCase()));
  return names.map((prefix) => ({ text: `${prefix}:`, kind: "prefix", name: known.prefixes[prefix], meaning: known.prefixes[prefix] }));
}

/**
 * Terms by their local names, and by the words for them in the language of the page.
 * @param {Written} now
 * @param {string} words
 * @param {string} [base] the namespace that they must have; without one, any that has a prefix
 * @returns {Suggestion[]}
 */
function ofTerms(now, words, base) {
  const wanted = folded(words);
  /** @type {{rank: number, suggestion: Suggestion}[]} */
  const found = [];
  for (const term of known.terms) {
    if (base !== undefined && (base === "" || !term.iri.startsWith(base))) continue;
    if (now.isClass && term.kind !== "class") continue;
    const text = shortened(term.iri);
    if (text === null || text === now.typed) continue;
    const local = folded(text.slice(text.indexOf(":") + 1));
    const label = folded(inLanguage(term.label));
    const fit = [local.startsWith(wanted), label.startsWith(wanted), local.includes(wanted) || label.includes(wanted)].indexOf(true);
    // Where no class is asked for, properties are written far more often.
    const rank = 2 * fit + Number(term.kind === "class" && !now.isClass);
    if (fit >= 0) found.push({ rank, suggestion: { text, kind: term.kind, name: inLanguage(term.label), meaning: meaning(term) } });
  }
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, base === undefined ? mostOfEach : most).map(({ suggestion }) => suggestion);
}

/**
 * Things by their names, as the server knows them.
 * @param {string} prefix
 * @param {string} name
 * @param {string} typed
 * @returns {Promise<Suggestion[]>}
 */
async function ofThings(prefix, name, typed) {
  if (name.length < 3) return [];
  const found = await namesLike("", prefix === "graph" ? "source" : "thing", name.replaceAll("-", " "), language());
  return found.flatMap(({ id, label }) => {
    const text = `${prefix}:${id}`;
    const iri = expanded(text);
    if (text === typed || iri === null) return [];
    return [{ text: shortened(iri) ?? `<${iri}>`, kind: /** @type {const} */ ("thing"), name: label, meaning: label }];
  });
}
