// The history of a body, told year by year, with the way to the view that draws it.

import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { evidenceOf, thingOf, withLinks } from "./question_links.js";
import { addresses } from "./question_paths.js";

/** @typedef {import("./data.js").Page} Page */

/**
 * @param {Page} page
 * @param {any} answer
 */
export function history(page, answer) {
  const isFocus = page.focus !== null && answer.body.endsWith(`/${page.focus.id}`);
  const years = answer.years.toReversed();
  return make(
    "div",
    { class: "analysis" },
    isFocus && page.history && make("p", {}, make("a", { href: "#/time" }, say("questionsOpenTime"))),
    answer.difference && difference(page, answer),
    answer.stated.length > 0 && make("section", {}, make("h3", {}, say("questionsStated")), make("ul", { class: "told-sentences" }, ...answer.stated.map((each) => make("li", {}, make("p", { class: "said" }, each.sentence), evidenceOf(each.evidence))))),
    ...years.map(({ year, happenings }) =>
      make(
        "section",
        { class: "history-year" },
        make("h3", {}, year === null ? say("noDate") : String(year)),
        make("ul", { class: "told-sentences" }, ...happenings.map((each) => happening(page, answer, each))),
      ),
    ),
  );
}

function happening(page, answer, each) {
  const things = [each.thing, each.other].filter((iri) => iri && iri !== answer.body).map((iri) => ({ iri, label: answer.labels[iri] ?? inLanguage(thingOf(page, iri)?.label) }));
  return make("li", {}, make("p", { class: "said" }, ...withLinks(page, each.sentence, things.filter(({ label }) => label))), evidenceOf(each.evidence));
}

/** What changed between two days, certainly or possibly. */
function difference(page, answer) {
  const { changes } = answer.difference;
  return make(
    "section",
    {},
    make("h3", {}, say("questionsDifference")),
    changes.length === 0 ? make("p", {}, say("questionsNoChange")) : make("ul", { class: "told-sentences" }, ...changes.map((each) => happening(page, answer, each))),
  );
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function historyRows(answer) {
  const heads = ["questionsYear", "questionsWhen", "questionsSentence", "column_sources"].map((key) => say(key));
  return [heads, ...answer.years.flatMap(({ year, happenings }) => happenings.map((each) => [year, each.when || null, each.sentence, addresses(each.evidence)]))];
}
