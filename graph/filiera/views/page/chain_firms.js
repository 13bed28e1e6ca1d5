// The organisations of a stage: which of them are in view, and their chips.

import { make } from "./dom.js";
import { isMember, isShown } from "./filters.js";
import { inLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { change, state } from "./state.js";

/** @typedef {import("./dimensions.js").Stage} Stage */
/** @typedef {import("./dimensions.js").Firm} Firm */

/** How many chips a card shows before it is opened. */
const most = 6;

/**
 * Whether the filters leave a firm. Of one that is no node, no more is known than its membership.
 * @param {Firm} firm
 */
export function isFirmShown(firm) {
  return firm.thing ? isShown(firm.thing) : !state.hidden.has(firm.member ? "member:yes" : "member:no");
}

/** The mark of a firm; one that is no node of the network has none in the legend. @param {Firm} firm */
export function firmMark(firm) {
  if (!firm.thing) return make("span", { class: "shape", "aria-hidden": "true" });
  return shapePicture(firm.thing.kind, firm.member || isMember(firm.thing));
}

/**
 * The organisations of a stage: members first; a long list is cut, and says by how many.
 * @param {Stage} stage
 * @param {Firm[]} firms
 * @param {Firm[] | null} before
 */
export function chips(stage, firms, before) {
  const earlier = new Set((before ?? []).map((firm) => firm.id));
  const here = new Set(firms.map((firm) => firm.id));
  const all = [
    ...firms.map((firm) => ({ firm, mark: before && !earlier.has(firm.id) ? "added" : null })),
    ...(before ?? []).filter((firm) => !here.has(firm.id)).map((firm) => ({ firm, mark: "gone" })),
  ];
  const left = all.filter(({ firm }) => isFirmShown(firm)).sort((a, b) => Number(b.firm.member) - Number(a.firm.member));
  const shown = state.opened === stage.id || left.length <= most + 1 ? left : left.slice(0, most);
  if (all.length === 0) return null;
  return make(
    "ul",
    { class: "chips" },
    ...shown.map(({ firm, mark }) => make("li", {}, chip(stage, firm, mark))),
    left.length > shown.length &&
      make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "chip more", "data-key": `more:${stage.id}`, onclick: () => change({ opened: stage.id }) },
          say("chainMore", { n: left.length - shown.length }),
        ),
      ),
    all.length > left.length && make("li", { class: "chip filtered" }, say("chainFiltered", { n: all.length - left.length })),
  );
}

/** A link that selects the firm; plain text where there is nothing to select. */
function chip(stage, firm, mark) {
  const { thing } = firm;
  const name = inLanguage(firm.label);
  const notes = [
    say(firm.possibly ? "chainPossibly" : firm.member ? "chainMember" : "chainOther"),
    firm.why && inLanguage(firm.why),
    firm.later && say("chainLater"),
    mark === "added" && say("chainAdded"),
    mark === "gone" && say("chainGone"),
  ].filter(Boolean);
  const link = thing && {
    href: `#/${encodeURIComponent(thing.id)}`,
    "data-thing": thing.id,
    "aria-current": thing === state.selected ? "true" : undefined,
  };
  return make(
    link ? "a" : "span",
    {
      class: "chip",
      ...link,
      "data-key": `chip:${stage.id}:${firm.id}`,
      "data-member": firm.member,
      "data-state": firm.state,
      "data-mark": mark ?? undefined,
      title: [name, ...notes].join(" · "),
    },
    firmMark(firm),
    make("span", { class: "chip-name" }, name),
    make("span", { class: "unseen" }, `, ${notes.join(", ")}`),
  );
}
