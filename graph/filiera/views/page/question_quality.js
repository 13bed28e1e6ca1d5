// How good the facts are: the score with its formula, the measures, and what to ask whom.

import { make, outwardLink, webAddress } from "./dom.js";
import { language, number, say } from "./language.js";
import { named } from "./question_links.js";

/** @typedef {import("./data.js").Page} Page */

const asksAtFirst = 20;

/**
 * @param {Page} page
 * @param {any} answer
 */
export function quality(page, answer) {
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "quality-score" }, make("strong", {}, percent(answer.score)), ` ${say("questionsQuality")}`),
    make("ul", { class: "bars" }, ...Object.entries(answer.parts).map(([part, share]) => bar(say(`questionsQuality_${part}`), share, percent(share)))),
    make("p", { class: "quiet" }, `${say("questionsFormula")} `, make("code", {}, answer.formula)),
    make("section", {}, make("h3", {}, say("questionsMeasures")), make("ul", { class: "bars" }, ...answer.measures.map((each) => bar(each.label, each.total ? each.count / each.total : 0, say("questionsOf", { n: each.count, all: each.total }))))),
    make("section", {}, make("h3", {}, say("questionsToAsk")), make("p", { class: "quiet" }, say("questionsToAskHelp", { n: answer.to_ask.length, all: answer.questions })), asks(page, answer.to_ask)),
  );
}

function bar(label, share, value) {
  const fill = make("span", { class: "bar-fill" });
  fill.style.width = `${100 * share}%`;
  return make("li", {}, make("span", { class: "bar-label" }, label), make("span", { class: "bar-track", "aria-hidden": "true" }, fill), make("span", { class: "bar-value" }, value));
}

function percent(share) {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

function asks(page, items) {
  const list = (some) => make("ol", { class: "asks" }, ...some.map((each) => ask(page, each)));
  const rest = items.slice(asksAtFirst);
  return make("div", {}, list(items.slice(0, asksAtFirst)), rest.length > 0 && make("details", {}, make("summary", {}, say("more", { n: rest.length })), list(rest)));
}

function ask(page, each) {
  const website = webAddress(each.website);
  return make(
    "li",
    {},
    make("p", {}, named(page, each.ask, each.label), website && " · ", website && outwardLink(website, website.host.replace(/^www\./, ""), say("newTab"))),
    make("p", { class: "said" }, each.sentence.replace(`${each.label}: `, "")),
    each.could_know.length > 0 && make("p", { class: "quiet" }, say("questionsCouldKnow", { names: each.could_know.join(", ") })),
  );
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function qualityRows(answer) {
  const heads = ["questionsWhom", "questionsQuestion", "questionsUse", "column_website"].map((key) => say(key));
  return [heads, ...answer.to_ask.map((each) => [each.label, each.sentence, each.use, each.website])];
}
