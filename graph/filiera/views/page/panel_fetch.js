// The card of a thing of a large network: fetched from the server when the thing is selected.

import { readCard } from "./data.js";
import { make } from "./dom.js";
import { say } from "./language.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */

/** A server that says nothing for this long, in ms, does not answer. */
const patience = 20_000;

/** Fetches cards, one at a time: only what is selected now is of interest. */
export class CardFetcher {
  /**
   * @param {Page} page
   * @param {(thing: Thing) => void} done called when a card is there, or cannot be had
   */
  constructor(page, done) {
    this.page = page;
    this.done = done;
    /** @type {{thing: Thing, stop: AbortController} | null} */
    this.waiting = null;
    /** @type {Thing | null} */
    this.failed = null;
  }

  /**
   * Sees to it that the card of a thing comes; what was wanted before is not any more.
   * @param {Thing | null} thing
   * @param {boolean} [again] whether to try once more what could not be had
   */
  want(thing, again = false) {
    if (this.waiting?.thing === thing) return;
    this.waiting?.stop.abort();
    this.waiting = null;
    if (thing !== this.failed || again) this.failed = null;
    if (thing && !thing.told && !this.failed && this.page.server !== null) this.#fetch(thing);
  }

  /** @param {Thing} thing */
  async #fetch(thing) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    this.waiting = { thing, stop };
    try {
      const response = await fetch(`data/card/${encodeURIComponent(thing.id)}.json`, { signal: stop.signal });
      if (!response.ok) throw new Error(`The server does not say what it knows of ${thing.id}: ${response.status}.`);
      readCard(thing, await response.json(), this.page.byId);
    } catch (error) {
      if (this.waiting?.thing !== thing) return;
      console.warn(error);
      this.failed = thing;
    } finally {
      clearTimeout(timer);
    }
    if (this.waiting?.thing !== thing) return;
    this.waiting = null;
    this.done(thing);
  }

  /**
   * What stands in the panel for facts that are not here: they are coming, cannot be had, or are in no file.
   * @param {Thing} thing
   * @returns {HTMLElement}
   */
  part(thing) {
    if (this.waiting?.thing === thing) {
      return make(
        "div",
        { class: "card-coming", role: "status" },
        make("p", {}, say("cardComing")),
        make("div", { class: "card-lines", "aria-hidden": "true" }),
      );
    }
    if (this.failed === thing) {
      return make(
        "div",
        { class: "card-missing", role: "alert" },
        make("p", { class: "card-missing-title" }, say("cardFailed")),
        make("p", {}, say("cardFailedHelp")),
        make("button", { type: "button", class: "button", "data-key": "card-again", onclick: () => this.#again(thing) }, say("tryAgain")),
      );
    }
    return make("div", { class: "card-missing" }, make("p", { class: "card-missing-title" }, say("cardElsewhere")), make("p", {}, say("cardElsewhereHelp")));
  }

  /** @param {Thing} thing */
  #again(thing) {
    this.want(thing, true);
    this.done(thing);
  }
}
