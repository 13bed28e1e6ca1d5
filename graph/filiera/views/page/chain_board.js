// The board of a chain: a column for each step of the flow, a card for each stage, a chip for each
// organisation; what serves the whole chain stands below.

import { chips } from "./chain_firms.js";
import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { change, state } from "./state.js";

/** @typedef {import("./dimensions.js").Chain} Chain */
/** @typedef {import("./dimensions.js").Board} Board */
/** @typedef {import("./dimensions.js").Stage} Stage */
/** @typedef {import("./dimensions.js").Firm} Firm */

/**
 * @param {Chain} chain
 * @param {Board} now
 * @param {Board | null} before what to compare with
 */
export function board(chain, now, before) {
  const heads = chain.stages.filter((stage) => !stage.parent);
  const columns = [...new Set(heads.flatMap((stage) => (stage.column === null ? [] : [stage.column])))].sort((a, b) => a - b);
  const services = heads.filter((stage) => stage.column === null);
  const cards = (stages) => stages.toSorted((a, b) => a.row - b.row).map((stage) => card(chain, stage, now, before));
  return make(
    "div",
    { class: "chain-board" },
    make(
      "div",
      { class: "chain-flow", role: "list" },
      ...columns.map((column) =>
        make("div", { class: "chain-column", role: "presentation" }, ...cards(heads.filter((stage) => stage.column === column))),
      ),
    ),
    services.length > 0 &&
      make(
        "section",
        { class: "chain-services" },
        make("h2", {}, say("chainServices")),
        make("div", { class: "chain-service-list", role: "list" }, ...cards(services)),
      ),
  );
}

/**
 * The organisations that work at a stage itself: who works at a part of it stands there.
 * @param {Board} told
 * @param {Stage} stage
 * @param {Stage[]} parts
 * @returns {Firm[]}
 */
function own(told, stage, parts) {
  const within = new Set(parts.flatMap((part) => (told.stages.get(part)?.firms ?? []).map((firm) => firm.id)));
  return (told.stages.get(stage)?.firms ?? []).filter((firm) => !within.has(firm.id));
}

/** A stage with its organisations, and the stages that it consists of. */
function card(chain, stage, now, before) {
  const told = now.stages.get(stage);
  const status = told?.status ?? "nobody";
  const parts = chain.stages.filter((other) => other.parent === stage).toSorted((a, b) => (a.column ?? 0) - (b.column ?? 0) || a.row - b.row);
  const was = before && (before.stages.get(stage)?.status ?? "nobody");
  return make(
    "article",
    { class: "stage", role: "listitem", "data-stage": stage.id, "data-status": status, "data-changed": was !== null && was !== status },
    make(
      "h3",
      {},
      make(
        "button",
        {
          type: "button",
          "data-key": `stage:${stage.id}`,
          "aria-expanded": String(state.opened === stage.id),
          onclick: () => change({ opened: state.opened === stage.id ? null : stage.id }),
        },
        inLanguage(stage.label),
      ),
    ),
    make(
      "p",
      { class: "stage-status" },
      make("span", { class: "status-mark", "aria-hidden": "true" }),
      say(`status_${status}`),
      was !== null && was !== status && make("span", { class: "stage-was" }, say("chainWas", { status: say(`status_${was}`) })),
    ),
    chips(stage, own(now, stage, parts), before && own(before, stage, parts)),
    parts.length > 0 && make("div", { class: "stage-parts", role: "list" }, ...parts.map((part) => card(chain, part, now, before))),
  );
}
