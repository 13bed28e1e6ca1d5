// The left column: hidden, it leaves its room to the views. The choice is remembered.

import { onLanguage, say } from "./language.js";
import { remember, remembered } from "./memory.js";

export class Side {
  /** @param {import("./views.js").Views} views */
  constructor(views) {
    this.views = views;
    this.button = /** @type {HTMLButtonElement} */ (document.querySelector("#side-toggle"));
    this.stage = /** @type {HTMLElement} */ (document.querySelector("#stage"));
    this.button.addEventListener("click", () => this.toggle());
    // Only when it is followed: a browser may give it the focus of its own accord, as after a reload.
    document.querySelector(".skip").addEventListener("click", () => this.toggle(true));
    onLanguage(() => this.#tell());
    this.#tell();
  }

  get shown() {
    return document.body.dataset.side !== "hidden";
  }

  /** @param {boolean} [show] the other way round when it is left out */
  toggle(show = !this.shown) {
    if (show === this.shown) return;
    const before = this.stage.getBoundingClientRect();
    document.body.dataset.side = show ? "shown" : "hidden";
    remember("side", show ? "shown" : "hidden");
    const after = this.stage.getBoundingClientRect();
    // The middle of the stage moves; what a person has moved to a place stays there on screen.
    const { map, field } = /** @type {any} */ (this.views.current);
    const camera = (map ?? field)?.camera;
    const moved = before.left + before.width / 2 - after.left - after.width / 2;
    if (camera && !camera.whole && moved !== 0) camera.panBy(moved, 0);
    this.#tell();
  }

  #tell() {
    const said = say(this.shown ? "sideHide" : "sideShow");
    this.button.setAttribute("aria-label", said);
    this.button.setAttribute("aria-expanded", String(this.shown));
    this.button.title = said;
  }
}

/** As it was left: called before anything is drawn, so that nothing jumps. */
export function rememberSide() {
  if (remembered("side") === "hidden") document.body.dataset.side = "hidden";
}
