// Who links groups, what falls apart, and which groups there are.

import { make } from "./dom.js";
import { number, say } from "./language.js";
import { evidenceBehind, named } from "./question_links.js";
import { method } from "./question_paths.js";

/** @typedef {import("./data.js").Page} Page */

/**
 * @param {Page} page
 * @param {any} answer
 */
export function brokers(page, answer) {
  const { network } = answer;
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "lead" }, say("questionsOfNetwork", { things: network.things, pairs: network.pairs })),
    make("section", {}, make("h3", {}, say("questionsBrokers")), ranked(page, answer.brokers, "betweenness")),
    answer.critical.length > 0 && make("section", {}, make("h3", {}, say("questionsCritical")), make("p", { class: "quiet" }, say("questionsArticulation", { n: answer.articulation_points })), ranked(page, answer.critical, "cut")),
    make(
      "section",
      {},
      make("h3", {}, say("questionsCommunities")),
      make("ul", { class: "groups" }, ...answer.communities.map((each) => make("li", {}, make("strong", {}, number(each.size)), " ", ...joined(each.central.map((thing) => named(page, thing.iri, thing.label)))))),
    ),
    method(answer),
  );
}

/** A list by rank, each with a bar for what it is ranked by. */
function ranked(page, items, by) {
  const measure = (item) => (by === "cut" ? item.cut_off.length : item.betweenness);
  const greatest = Math.max(...items.map(measure)) || 1;
  return make(
    "ol",
    { class: "ranking" },
    ...items.map((item) => {
      const fill = make("span", { class: "bar-fill" });
      fill.style.width = `${(100 * measure(item)) / greatest}%`;
      return make(
        "li",
        {},
        make("h4", {}, named(page, item.iri, item.label)),
        make("span", { class: "bar-track", "aria-hidden": "true" }, fill),
        make("p", { class: "said" }, item.text),
        by === "cut" && item.cut_off.length > 0 && make("details", {}, make("summary", {}, say("questionsCutOff", { n: item.cut_off.length })), make("p", {}, ...joined(item.cut_off.map((thing) => named(page, thing.iri, thing.label))))),
        by !== "cut" && evidenceBehind(item.evidence),
      );
    }),
  );
}

/** @param {HTMLElement[]} names @returns {(Node | string)[]} */
export function joined(names) {
  return names.flatMap((name, place) => (place > 0 ? [" · ", name] : [name]));
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function brokerRows(answer) {
  const heads = ["questionsRank", "column_name", "questionsNeighbour", "questionsBetweenness", "questionsConstraint", "questionsCut", "questionsSentence"].map((key) => say(key));
  return [
    heads,
    ...answer.brokers.map((each, place) => [place + 1, each.label, each.neighbours, each.betweenness, each.constraint ?? null, each.cut_off.length, each.text]),
  ];
}
