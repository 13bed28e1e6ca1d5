// Partners for a need, and who should know each other: ranked cards, each with its reasons.

import { make } from "./dom.js";
import { number, say } from "./language.js";
import { evidenceBehind, named } from "./question_links.js";
import { addresses, scoreBar } from "./question_paths.js";

/** @typedef {import("./data.js").Page} Page */

/**
 * @param {Page} page
 * @param {any} answer
 */
export function partners(page, answer) {
  const cards = answer.partners.map((partner) => card(page, [partner], partner));
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "lead" }, say("questionsFound", { n: answer.found, need: answer.need.label || answer.need.words })),
    cards.length > 0 ? make("ol", { class: "partners" }, ...cards) : make("p", {}, say("questionsNobody")),
    answer.excluded.length > 0 &&
      make(
        "section",
        {},
        make("h3", {}, say("questionsExcluded")),
        make("ul", { class: "excluded" }, ...answer.excluded.map((each) => make("li", {}, named(page, each.organisation, each.label), `: ${each.text}`, evidenceBehind(each.evidence)))),
      ),
    weights(answer.weights),
  );
}

/**
 * @param {Page} page
 * @param {any} answer
 */
export function suggestions(page, answer) {
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "lead" }, say("questionsPairs", { n: answer.found })),
    answer.pairs.length > 0 ? make("ol", { class: "partners" }, ...answer.pairs.map((pair) => card(page, pair.organisations, pair))) : make("p", {}, say("questionsNobody")),
    weights(answer.weights),
    make("details", { class: "method" }, make("summary", {}, say("questionsMethod")), make("ul", {}, ...Object.values(answer.parts ?? {}).map((text) => make("li", {}, String(text))))),
  );
}

function card(page, organisations, item) {
  const names = organisations.flatMap((each, place) => [place > 0 && " – ", named(page, each.organisation, each.label)]);
  const cautions = [...(item.cautions ?? []), ...organisations.flatMap((each) => (each === item ? [] : (each.cautions ?? [])))];
  return make(
    "li",
    { class: "partner" },
    make(
      "div",
      { class: "partner-head" },
      make("h3", {}, ...names),
      make("p", { class: "quiet" }, [item.exact === true && say("questionsExact"), typeof item.kilometres === "number" && say("questionsKilometres", { km: item.kilometres })].filter(Boolean).join(" · ")),
      scoreBar(item.score),
    ),
    make("ul", { class: "reasons" }, ...item.reasons.map((reason) => make("li", {}, reason.text, evidenceBehind(reason.evidence)))),
    cautions.length > 0 && make("ul", { class: "cautions" }, ...cautions.map((caution) => make("li", {}, make("strong", {}, `${say("questionsCaution")} `), caution.text, evidenceBehind(caution.evidence)))),
  );
}

function weights(given) {
  const told = Object.entries(given ?? {}).map(([part, weight]) => `${say(`questionsPart_${part}`)} ${number(weight)}`);
  return make("p", { class: "quiet" }, say("questionsWeights", { weights: told.join(", ") }));
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function partnerRows(answer) {
  return rowsOf(answer.partners, (partner) => [partner.label]);
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function suggestionRows(answer) {
  return rowsOf(answer.pairs, (pair) => [pair.organisations.map((each) => each.label).join(" – ")]);
}

function rowsOf(items, name) {
  const heads = ["questionsRank", "column_name", "questionsScore", "questionsDistance", "questionsReasons", "column_sources"].map((key) => say(key));
  return [
    heads,
    ...items.map((item, place) => [
      place + 1,
      ...name(item),
      item.score,
      item.kilometres ?? null,
      item.reasons.map((reason) => reason.text).join("; "),
      addresses(item.reasons.flatMap((reason) => reason.evidence)),
    ]),
  ];
}
