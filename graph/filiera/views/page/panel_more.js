// What the card tells besides its facts: how the thing stands, where it works in the chains, what is unknown.

import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { change } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

/**
 * How it stands, when it does not simply go on working.
 * @param {Thing} thing
 */
export function standingPart(thing) {
  if (!thing.standing) return null;
  return make(
    "div",
    { class: "panel-standing", "data-standing": thing.standing },
    make("p", { class: "panel-standing-title" }, say("cardStanding")),
    make("p", {}, inLanguage(thing.standingText)),
  );
}

/**
 * What one could expect and no source says.
 * @param {Thing} thing
 */
export function unknownPart(thing) {
  const unknown = [
    !thing.kindLabel && "kind",
    !thing.span && "founded",
    !thing.description && "description",
  ].filter((name) => name !== false);
  if (unknown.length === 0 || thing.groups.length === 0) return null;
  const what = unknown.map((name) => say(`cardUnknown_${name}`)).join(", ");
  return make("p", { class: "panel-unknown" }, say("cardUnknown", { what }));
}

/**
 * The stages at which it works, each a link that opens it in its chain.
 * @param {Thing} thing
 */
export function stagesPart(thing) {
  if (thing.stages.length === 0) return null;
  return make(
    "section",
    { class: "group", "data-group": "works-at" },
    make("h3", {}, say("cardStages"), make("span", { class: "group-count" }, String(thing.stages.length))),
    make("ul", { class: "works-at" }, ...thing.stages.map(stageItem)),
  );
}

/** @param {import("./dimensions.js").Stage} stage */
function stageItem(stage) {
  const query = new URLSearchParams({ chain: stage.chain.id, open: stage.id });
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change({ view: "chain", chain: stage.chain.id, opened: stage.id });
  };
  return make(
    "li",
    {},
    make("a", { href: `#/chain?${query}`, onclick: open, "data-key": `stage ${stage.id}` }, inLanguage(stage.label)),
    make("span", { class: "works-chain" }, inLanguage(stage.chain.label)),
  );
}
