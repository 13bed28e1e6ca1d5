// A chain in one sentence and one bar: how many stages nobody covers, and on whom the others rest.

import { make } from "./dom.js";
import { inLanguage, number, say } from "./language.js";
import { change } from "./state.js";

/** @typedef {import("./dimensions.js").Chain} Chain */
/** @typedef {import("./dimensions.js").Board} Board */
/** @typedef {import("./dimensions.js").Stage} Stage */

/** The states of a stage, best first. */
export const statuses = Object.freeze(["covered", "one", "risk", "outside", "nobody"]);

/**
 * @param {Board} board
 * @param {Stage} stage
 */
export const statusOf = (board, stage) => board.stages.get(stage)?.status ?? "nobody";

/**
 * @param {Chain} chain
 * @param {Board} now
 */
export function summary(chain, now) {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0]));
  for (const stage of chain.stages) counts[statusOf(now, stage)] += 1;
  return make(
    "div",
    { class: "chain-summary" },
    headline(chain, now, counts),
    gaps(chain, now),
    make(
      "ul",
      { class: "chain-key" },
      ...statuses.map((status) =>
        make(
          "li",
          { "data-status": status, title: say(`statusHelp_${status}`) },
          make("span", { class: "status-mark", "aria-hidden": "true" }),
          make("strong", {}, number(counts[status])),
          ` ${say(`status_${status}`)}`,
        ),
      ),
      make("li", {}, make("span", { class: "warned" }, say("chainWarned")), ` ${say("chainWarnedHelp")}`),
      make("li", {}, make("span", { class: "aged" }, say("chainWarned")), ` ${say("chainAgedHelp")}`),
    ),
    make(
      "div",
      { class: "chain-bar", "aria-hidden": "true" },
      ...statuses
        .filter((status) => counts[status] > 0)
        .map((status) => {
          const part = make("span", { "data-status": status });
          part.style.flexGrow = String(counts[status]);
          return part;
        }),
    ),
  );
}

/**
 * "31 stages: nobody known at 7, 5 rest on one member, 4 of them on Flash Battery."
 * @param {Chain} chain
 * @param {Board} now
 * @param {Record<string, number>} counts of stages by status
 */
function headline(chain, now, { nobody = 0, one = 0 }) {
  const parts = [
    say("chainNobodyAt", { n: nobody }),
    one > 0 && say("chainOnOne", { n: one }),
    pillar(chain, now),
  ].filter(Boolean);
  return make("p", { class: "chain-headline" }, `${say("chainStages", { n: chain.stages.length })}: ${parts.join(", ")}.`);
}

/** The member on whom most of the stages rest that have no other, when it is one and no two do. */
function pillar(chain, now) {
  const alone = chain.stages
    .filter((stage) => statusOf(now, stage) === "one")
    .flatMap((stage) => (now.stages.get(stage)?.firms ?? []).filter((firm) => firm.member && firm.state === undefined));
  const [first, second] = [...Map.groupBy(alone, (firm) => firm.id).values()].sort((a, b) => b.length - a.length);
  if (!first || first.length < 2 || first.length === second?.length) return null;
  return say("chainOnSame", { n: first.length, name: inLanguage(first[0].label) });
}

/** The stages without anybody by name; a whole stands for its parts when they have nobody either. */
function gaps(chain, now) {
  const empty = chain.stages.filter((stage) => statusOf(now, stage) === "nobody");
  const named = empty.filter((stage) => !stage.parent || !empty.includes(stage.parent));
  if (named.length === 0) return null;
  return make(
    "ul",
    { class: "chain-gaps", "aria-label": say("chainGaps") },
    ...named.map((stage) => {
      const n = empty.filter((part) => part.parent === stage).length;
      return make(
        "li",
        {},
        stageButton(stage, `gap:${stage.id}`),
        n > 0 && make("span", { class: "quiet" }, ` ${say("chainWithParts", { n })}`),
      );
    }),
  );
}

/**
 * The name of a stage as a button that opens it.
 * @param {Stage} stage
 * @param {string} key to find it again when all is drawn anew
 */
export function stageButton(stage, key) {
  return make(
    "button",
    { type: "button", class: "stage-name", "data-key": key, onclick: () => change({ opened: stage.id }) },
    inLanguage(stage.label),
  );
}

/**
 * What differs from an earlier or later board: each stage with its state then and now.
 * @param {Chain} chain
 * @param {Board} now
 * @param {Board} before
 * @param {string} when
 */
export function changes(chain, now, before, when) {
  const changed = chain.stages.filter((stage) => statusOf(before, stage) !== statusOf(now, stage));
  return make(
    "div",
    { class: "chain-changes", role: "status" },
    make("p", {}, say("chainChanges", { n: changed.length, when })),
    changed.length > 0 &&
      make(
        "ul",
        {},
        ...changed.map((stage) =>
          make(
            "li",
            {},
            stageButton(stage, `changed:${stage.id}`),
            `: ${say(`status_${statusOf(before, stage)}`)} → ${say(`status_${statusOf(now, stage)}`)}`,
          ),
        ),
      ),
  );
}
