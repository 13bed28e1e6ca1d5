// The sheet that tells how two things are linked: each step with its dates and its sources.

import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { saidBy, thingLink } from "./statements.js";
import { change } from "./state.js";

/** @typedef {import("./network_path.js").Path} Path */

/**
 * What the panel holds while a path is open.
 * @param {Path} path
 * @returns {HTMLElement[]}
 */
export function pathSheet(path) {
  const several = path.ways.length > 1;
  return [
    make(
      "header",
      { class: "path-head" },
      make("p", { class: "panel-kind" }, say("pathTitle")),
      make("h2", { id: "panel-name", tabindex: "-1" }, `${inLanguage(path.from.label)} – ${inLanguage(path.to.label)}`),
      make("p", { class: "path-said", role: "status" }, path.waiting ? say("pathWaiting") : path.said),
      make("button", { type: "button", class: "text-button", onclick: () => change({ to: null }) }, say("pathLeave", { name: inLanguage(path.from.label) })),
    ),
    ...path.ways.map((way, place) => wayPart(way, several ? place + 1 : 0)),
    ...(path.waiting ? [] : [make("p", { class: "note" }, path.method)]),
  ];
}

/**
 * @param {import("./network_path.js").Way} way
 * @param {number} place among several; 0 when it is the only one
 */
function wayPart(way, place) {
  const list = make("ol", { class: "path-steps" });
  way.things.forEach((thing, at) => {
    list.append(make("li", { class: "path-halt" }, shapePicture(thing.kind, thing.member), thingLink(thing)));
    const step = way.steps[at];
    if (step) list.append(make("li", { class: "path-step" }, make("ul", { class: "statements" }, ...step.map(jointItem))));
  });
  return make(
    "section",
    { class: "group path-way" },
    make("h3", {}, place > 0 ? `${place}. ${way.said}` : way.said),
    list,
  );
}

/** @param {import("./network_path.js").Joint} joint */
function jointItem(joint) {
  const { text, when, sources } = joint;
  return make("li", { class: "statement" }, make("p", { class: "said" }, text), ...saidBy({ when: when || undefined, sources }, when !== null));
}
