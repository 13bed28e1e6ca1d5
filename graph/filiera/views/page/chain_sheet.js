// What is known of one stage: every organisation with its evidence.

import { firmMark, isFirmShown } from "./chain_firms.js";
import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { change } from "./state.js";
import { saidBy, thingLink } from "./statements.js";

/** @typedef {import("./dimensions.js").Stage} Stage */

/**
 * @param {Stage} stage
 * @param {import("./dimensions.js").StageState | undefined} told
 */
export function stageSheet(stage, told) {
  const all = told?.firms ?? [];
  const firms = all.filter(isFirmShown);
  const status = told?.status ?? "nobody";
  return make(
    "aside",
    { class: "stage-sheet", "aria-label": inLanguage(stage.label), "data-status": status },
    make(
      "button",
      { type: "button", class: "icon close", "aria-label": say("chainClose"), title: say("chainClose"), onclick: () => change({ opened: null }) },
      cross(),
    ),
    make("p", { class: "stage-status" }, make("span", { class: "status-mark", "aria-hidden": "true" }), say(`status_${status}`)),
    make("h2", {}, inLanguage(stage.label)),
    stage.definition && make("p", { class: "stage-definition" }, inLanguage(stage.definition)),
    make("p", { class: "stage-said" }, say(`statusHelp_${status}`)),
    neighbours("chainFeeds", stage.feeds),
    neighbours(["nobody", "outside"].includes(status) ? "chainBreaks" : "chainWouldBreak", told?.breaks ?? []),
    make("h3", {}, say("chainEvidence")),
    all.length === 0 && make("p", { class: "unknown" }, say("chainNobody")),
    make("ul", { class: "statements" }, ...firms.map(evidence)),
    all.length > firms.length && make("p", { class: "unknown" }, say("chainFiltered", { n: all.length - firms.length })),
  );
}

function evidence(firm) {
  return make(
    "li",
    { class: "statement" },
    make("p", { class: "said" }, firmMark(firm), firm.thing ? thingLink(firm.thing) : make("span", {}, inLanguage(firm.label)), firm.member && make("span", { class: "tag" }, say(firm.possibly ? "chainPossibly" : "chainMember"))),
    firm.why && make("div", { class: "firm-state" }, make("p", {}, inLanguage(firm.why)), ...saidBy({ sources: firm.whySources }, false)),
    firm.later && make("p", { class: "firm-what unknown" }, say("chainLater")),
    firm.what && make("p", { class: "firm-what" }, inLanguage(firm.what)),
    ...saidBy(firm, true),
  );
}

/** @param {string} word @param {Stage[]} stages */
function neighbours(word, stages) {
  if (stages.length === 0) return null;
  return make("p", { class: "stage-next" }, make("strong", {}, `${say(word)}: `), stages.map((stage) => inLanguage(stage.label)).join(" · "));
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "m5.5 5.5 9 9m0-9-9 9");
  svg.append(path);
  return svg;
}
