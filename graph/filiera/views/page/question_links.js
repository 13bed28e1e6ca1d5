// What an answer names, as links: things and stages of the page, and sources.

import { make, outwardLink, webAddress } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { saidBy, thingLink } from "./statements.js";

/** @typedef {import("./data.js").Page} Page */

/** A source as an answer tells it. @typedef {{source: string, title?: string, publisher?: string, published?: string, url?: string}} ToldSource */

/** A fact that a statement rests on. @typedef {{fact: string, when?: string, sources: ToldSource[]}} Evidence */

/**
 * The thing of the page that an IRI names.
 * @param {Page} page
 * @param {string | null | undefined} iri
 */
export function thingOf(page, iri) {
  const slug = /\/id\/([^/]+)$/.exec(iri ?? "")?.[1];
  return slug === undefined ? undefined : page.byId.get(slug);
}

/**
 * The name of what an IRI stands for; a link where the page can show it.
 * @param {Page} page
 * @param {string} iri
 * @param {string} [label]
 * @returns {HTMLElement}
 */
export function named(page, iri, label) {
  const thing = thingOf(page, iri);
  if (thing) {
    const link = thingLink(thing);
    if (label) link.textContent = label;
    return link;
  }
  const id = iri.split("/").at(-1) ?? iri;
  const stage = page.stages.find((each) => iri.endsWith(`/id/${each.id}`));
  if (stage) return chainLink(stage.chain.id, stage.id, label || inLanguage(stage.label));
  const chain = page.chains.find((each) => iri.endsWith(`/id/${each.id}`));
  if (chain) return chainLink(chain.id, null, label || inLanguage(chain.label));
  return make("span", {}, label || id);
}

/**
 * A sentence with the names in it as links; the things that it does not name follow it.
 * @param {Page} page
 * @param {string} sentence
 * @param {{iri: string, label: string}[]} things
 * @returns {(Node | string)[]}
 */
export function withLinks(page, sentence, things) {
  /** @type {(Node | string)[]} */
  let parts = [sentence];
  const unnamed = [];
  for (const { iri, label } of things) {
    const place = parts.findIndex((part) => typeof part === "string" && label !== "" && part.includes(label));
    const text = parts[place];
    if (typeof text !== "string") {
      unnamed.push(named(page, iri, label));
      continue;
    }
    const [before, ...after] = text.split(label);
    parts = [...parts.slice(0, place), before, named(page, iri, label), after.join(label), ...parts.slice(place + 1)];
  }
  return [...parts.filter((part) => part !== ""), ...unnamed.flatMap((link) => [" · ", link])];
}

/**
 * A link into the chain view; the page follows it without losing its state.
 * @param {string} chain
 * @param {string | null} stage
 * @param {string} label
 */
export function chainLink(chain, stage, label) {
  const query = new URLSearchParams(stage ? { chain, open: stage } : { chain });
  return make("a", { href: `#/chain?${query}` }, label);
}

/**
 * A link to a source, or its name where it has no address.
 * @param {ToldSource} source
 */
export function sourceLink(source) {
  const url = webAddress(source.url);
  const title = source.title || source.publisher || url?.host.replace(/^www\./, "") || say("untitled");
  return url ? outwardLink(url, title, say("newTab")) : make("span", {}, title);
}

/**
 * When something holds and who says so, of all of its evidence together.
 * @param {Evidence[]} evidence
 * @param {boolean} [dated] whether the dates are to be told
 */
export function evidenceOf(evidence, dated = false) {
  const sources = sourcesOf(evidence);
  const whens = dated ? [...new Set(evidence.map(({ when }) => when).filter(Boolean))].join(" / ") : "";
  return make("div", { class: "evidence" }, ...saidBy({ when: whens || undefined, sources }, false).filter((part) => part !== null));
}

/**
 * The same behind a short line that counts the sources.
 * @param {Evidence[]} evidence
 */
export function evidenceBehind(evidence) {
  const n = sourcesOf(evidence).length;
  if (n === 0) return null;
  return make("details", { class: "evidence-behind" }, make("summary", {}, say("questionsSources", { n })), evidenceOf(evidence, true));
}

/**
 * @param {Evidence[]} evidence
 * @returns {import("./data.js").Source[]}
 */
function sourcesOf(evidence) {
  const byIri = new Map(evidence.flatMap(({ sources }) => sources).map((source) => [source.source, source]));
  return [...byIri.values()].map((source) => ({ ...source, id: source.source }));
}
