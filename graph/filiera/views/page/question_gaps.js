// The gaps of a chain as statements: first the stages that are not well covered, then the others.

import { make } from "./dom.js";
import { say } from "./language.js";
import { chainLink, evidenceBehind, named } from "./question_links.js";
import { addresses } from "./question_paths.js";
import { joined } from "./question_brokers.js";

/** @typedef {import("./data.js").Page} Page */

const order = ["nobody", "risk", "outside", "one", "covered"];
/** The statuses of the answer by the marks of the chain view. */
const marks = { "nobody-known": "nobody", "at-risk": "risk", "outside-only": "outside", "one-only": "one", covered: "covered" };

/**
 * @param {Page} page
 * @param {any} answer
 */
export function gaps(page, answer) {
  const chain = answer.chain.split("/").at(-1);
  const stages = answer.stages.toSorted((a, b) => order.indexOf(markOf(a)) - order.indexOf(markOf(b)));
  const groups = Map.groupBy(stages, (stage) => stage.status_label);
  const { knowledge } = answer;
  return make(
    "div",
    { class: "analysis" },
    make("p", { class: "lead" }, say("questionsKnowledge", { named: knowledge.members_named, stated: knowledge.members_stated_text ?? say("unknown"), here: knowledge.members_with_capability_in_chain })),
    page.chains.some((each) => each.id === chain) && make("p", {}, chainLink(chain, null, say("questionsOpenChain", { chain: answer.label }))),
    ...[...groups].map(([label, some]) =>
      make("section", { "data-status": markOf(some[0]) }, make("h3", { class: "gap-status", "data-status": markOf(some[0]) }, make("span", { class: "status-mark", "aria-hidden": "true" }), make("span", { class: "gap-name" }, label), make("span", { class: "quiet" }, `(${some.length})`)), make("ul", { class: "gaps" }, ...some.map((stage) => stageItem(page, answer, chain, stage)))),
    ),
  );
}

function markOf(stage) {
  return marks[stage.status] ?? "risk";
}

function stageItem(page, answer, chain, stage) {
  const firms = [...stage.members, ...stage.others];
  const list = (key, iris) => iris.length > 0 && make("p", {}, make("span", { class: "quiet" }, `${say(key)} `), ...joined(iris.map((iri) => named(page, iri, answer.labels[iri]))));
  return make(
    "li",
    {},
    make("h4", {}, chainLink(chain, stage.stage.split("/").at(-1), stage.label)),
    firms.length > 0 && make("p", {}, ...joined(firms.map((firm) => named(page, firm.organisation, firm.label)))),
    list("questionsBreaks", stage.breaks),
    list("questionsInvite", stage.invite),
    evidenceBehind(firms.flatMap((firm) => firm.claims)),
  );
}

/** @param {any} answer @returns {import("./table_files.js").Rows} */
export function gapRows(answer) {
  const heads = ["questionsStage", "questionsStatus", "questionsMembers", "questionsOthers", "questionsBreaksHead", "column_sources"].map((key) => say(key));
  const names = (firms) => firms.map((firm) => firm.label).join("; ") || null;
  return [
    heads,
    ...answer.stages.map((stage) => [
      stage.label,
      stage.status_label,
      names(stage.members),
      names(stage.others),
      stage.breaks.map((iri) => answer.labels[iri] ?? iri).join("; ") || null,
      addresses([...stage.members, ...stage.others].flatMap((firm) => firm.claims)),
    ]),
  ];
}
