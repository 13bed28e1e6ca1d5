// One term on screen. Texts become text nodes and nothing else; only web addresses become links.

import { make, webAddress } from "../page/dom.js";
import { say } from "../page/language.js";
import { numberOf, xsd } from "./reading.js";
import { pageOfThing, shortened } from "./terms.js";

/** @typedef {import("./reading.js").Term} Term */
/** @typedef {import("./labels.js").Labels} Labels */

/** What commands a terminal, or turns the direction of all that follows. */
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text in which nothing commands.
 * @param {string} text
 */
export function harmless(text) {
  return text.replace(commands, "\ufffd");
}

/**
 * The text of a term, as it is read, sorted and searched.
 * @param {Term | undefined} term
 * @param {Labels} labels
 */
export function textOf(term, labels) {
  if (!term) return "";
  if (term.type === "uri") return harmless(labels.nameOf(term.value));
  return harmless(term.type === "bnode" ? `_:${term.value}` : term.value);
}

/**
 * The content of a cell.
 * @param {Term | undefined} term
 * @param {Labels} labels
 * @returns {HTMLElement | string}
 */
export function cellOf(term, labels) {
  if (!term) return "";
  const text = textOf(term, labels);
  if (term.type === "uri") return iriLink(term.value, text);
  if (term.type === "bnode") return make("span", { class: "blank" }, text);
  const lang = term["xml:lang"];
  if (lang) return make("span", { lang }, text, make("span", { class: "tag" }, lang));
  const datatype = term.datatype && term.datatype !== `${xsd}string` && numberOf(term) === null ? (shortened(term.datatype) ?? term.datatype) : undefined;
  return make("span", { title: datatype && harmless(datatype) }, text);
}

/**
 * A link to the page of a thing here, else to its address on the web; plain text where it has neither.
 * @param {string} iri
 * @param {string} text
 */
export function iriLink(iri, text) {
  const title = harmless(iri);
  const own = pageOfThing(iri);
  if (own !== null) return make("a", { href: own, title, class: "own" }, text);
  const url = webAddress(iri);
  if (!url) return make("span", { class: "plain-iri", title }, text);
  return make("a", { href: url.href, title, target: "_blank", rel: "noopener noreferrer" }, text, make("span", { class: "unseen" }, ` ${say("newTab")}`));
}
