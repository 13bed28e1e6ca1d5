// What is under the pointer or the finger, and what a click on it does.

import { followGestures } from "./gestures.js";
import { inLanguage } from "./language.js";
import { toggleExpanded } from "./network_badges.js";
import { sizeOf } from "./network_communities.js";
import { change, state } from "./state.js";

const mouseReach = 5;
const fingerReach = 20;
const markReach = 12;

/**
 * @param {import("./network.js").NetworkMap} map
 * @param {(thing: import("./data.js").Thing | null) => void} select
 */
export function followPointer(map, select) {
  const { element } = map;
  const hint = document.querySelector("#hint");

  followGestures(element, map.camera, {
    hover: (point) => pointAt(point, mouseReach),
    leave: () => {
      hint.hidden = true;
      change({ hovered: null, hoveredTie: null });
    },
    tap: (point, finger, shift) => {
      map.mark?.to(null);
      const marked = map.badgeAt(point, finger ? fingerReach : markReach);
      if (marked) {
        toggleExpanded(marked);
        return;
      }
      const thing = map.thingAt(point, finger ? fingerReach : mouseReach);
      const bubble = thing ? null : map.bubbleAt(point);
      if (bubble) {
        map.open(bubble);
        return;
      }
      if (thing && shift && state.selected && thing !== state.selected) change({ to: thing, picking: false });
      else if (thing) select(thing);
      else if (map.tieAt(point)) pointAt(point, 0);
      else select(null);
    },
    twice: (point) => {
      if (!map.thingAt(point, mouseReach)) map.camera.zoomBy(1.8, point, true);
    },
  });

  function pointAt(point, reach) {
    const marked = map.badgeAt(point, markReach);
    const hovered = marked ? null : map.thingAt(point, reach);
    const bubble = hovered || marked ? null : map.bubbleAt(point);
    const hoveredTie = hovered || marked || bubble ? null : map.tieAt(point);
    element.style.cursor = hovered || marked || bubble ? "pointer" : "";
    change({ hovered, hoveredTie });
    hint.hidden = hoveredTie === null && !bubble;
    if (hoveredTie || bubble) {
      hint.replaceChildren(...(bubble ? bubbleSaid(bubble) : sentence(hoveredTie)));
      const { right, bottom } = map.camera.insets();
      const x = Math.min(point.x + 14, element.clientWidth - right - hint.offsetWidth - 8);
      const y = Math.min(point.y + 16, element.clientHeight - bottom - hint.offsetHeight - 8);
      hint.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
    }
  }
}

/** A community in words: its name, and how many are in it. */
function bubbleSaid(bubble) {
  return [Object.assign(document.createElement("strong"), { textContent: inLanguage(bubble.label) }), ` · ${sizeOf(bubble)}`];
}

/** A tie in words: who, what, whom, when. */
function sentence(tie) {
  const [from, to] = state.selected === tie.to && tie.relation.symmetric ? [tie.to, tie.from] : [tie.from, tie.to];
  const strong = (text) => Object.assign(document.createElement("strong"), { textContent: text });
  const when = inLanguage(tie.when);
  return [
    strong(inLanguage(from.label)),
    ` ${inLanguage(tie.relation.label)} `,
    strong(inLanguage(to.label)),
    ...(when ? [` · ${when}`] : []),
  ];
}
