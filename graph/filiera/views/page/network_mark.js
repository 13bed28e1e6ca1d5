// Communities by keyboard: arrows go from one to the next, Enter opens it, Escape folds it again.

import { directions, toward } from "./keyboard.js";
import { inLanguage, say } from "./language.js";
import { announce } from "./messages.js";
import { writeOnPlate } from "./names.js";
import { ringOf, sizeOf } from "./network_communities.js";
import { colour } from "./theme.js";

/** @typedef {import("./network_communities.js").Bubble} Bubble */

/**
 * What draws communities.
 * @typedef {object} Drawing
 * @property {import("./camera.js").Camera} camera
 * @property {Bubble[]} inReach where arrows lead, the largest first; none while they are for something else
 * @property {(bubble: Bubble) => boolean} open whether there was anything to open
 * @property {(bubble: Bubble) => boolean} fold whether there was anything to fold
 * @property {() => void} draw
 */

/** The mark on the community to which the arrows have come. */
export class Mark {
  /**
   * @param {HTMLElement} element what has the focus
   * @param {Drawing} drawing
   */
  constructor(element, drawing) {
    this.element = element;
    this.drawing = drawing;
    /** @type {number | null} the number of the community */
    this.id = null;
    element.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (!ctrlKey && !metaKey && !altKey && !shiftKey && this.#follow(key)) event.preventDefault();
    });
    for (const name of ["focus", "blur"]) element.addEventListener(name, () => drawing.draw());
  }

  /** The community that is marked, where the keys are for it. */
  get bubble() {
    if (document.activeElement !== this.element) return undefined;
    return this.drawing.inReach.find(({ id }) => id === this.id);
  }

  /**
   * Goes to a community, or to none.
   * @param {Bubble | null} bubble
   */
  to(bubble) {
    this.id = bubble && bubble.id;
    if (bubble) this.drawing.camera.bringIntoView(bubble);
    this.tell();
    this.drawing.draw();
  }

  /**
   * A thing is selected, and keys are for it; or none any more, and they are for its community.
   * @param {import("./data.js").Thing | null} thing
   */
  follow(thing) {
    if (this.id === null) return;
    this.id = thing?.community ?? this.id;
    this.tell();
  }

  /** Tells a screen reader what is marked. */
  tell() {
    const { bubble } = this;
    if (bubble) announce(say(bubble.open ? "communityOpen" : "communityFolded", { name: inLanguage(bubble.label), size: sizeOf(bubble) }));
  }

  /**
   * A ring, with the name in full: not every bubble has room for its own.
   * @param {CanvasRenderingContext2D} context in CSS pixels
   * @param {import("./view.js").View} view
   */
  draw(context, view) {
    const { bubble } = this;
    if (!bubble) return;
    const { x, y, r } = ringOf(bubble, view);
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = colour("ink");
    context.stroke();
    writeOnPlate(context, view, inLanguage(bubble.label), x, y, r, ` · ${sizeOf(bubble)}`);
  }

  /** Whether a key was for the communities. */
  #follow(key) {
    const { bubble, drawing } = this;
    if (directions[key]) {
      // Each arrow leads into its quarter of all directions: so no community is left out.
      const next = bubble ? toward(bubble, drawing.inReach, directions[key], 1, 1) : drawing.inReach[0];
      if (next) this.to(next);
      return Boolean(next);
    }
    if (!bubble) return false;
    if (key === "Enter") return drawing.open(bubble);
    if (key !== "Escape") return false;
    if (!drawing.fold(bubble)) this.to(null);
    return true;
  }
}
