// The views of the page: one is open, the others wait; what changes reaches the open one only.

import { make } from "./dom.js";
import { onLanguage, say } from "./language.js";
import { change, onChange, state } from "./state.js";
import { onTheme } from "./theme.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./data.js").Thing} Thing */

/** The names of the views, in the order of their tabs. */
export const viewNames = Object.freeze(["network", "chain", "map", "time", "table", "questions"]);

/**
 * What a view can have the page do.
 * @typedef {object} Actions
 * @property {(thing: Thing | null, how?: {fly?: boolean, animate?: boolean, view?: string}) => void} select
 * @property {() => import("./camera.js").Insets} insets what covers the borders of the stage
 */

/**
 * A view: made when it is first opened.
 * @typedef {object} View
 * @property {() => void} [show] it has just been opened
 * @property {() => void} [hide] it has just been left
 * @property {(changed: Set<string>) => void} update the state has changed: "language" and "theme" too
 * @property {(thing: Thing, animate: boolean) => void} [flyTo] brings a thing into the middle
 * @property {(thing: Thing) => void} [bringIntoView] moves no more than it takes to see a thing
 * @property {() => void} [fit] everything into view
 * @property {number} [scale] CSS pixels for one unit of what it draws
 * @property {(thing: Thing) => {x: number, y: number} | null} [screenPos] where a thing is, in CSS pixels of the window
 * @property {(event: KeyboardEvent) => boolean} [key] a key pressed anywhere; true when it was for the view
 */

/** @typedef {(element: HTMLElement, page: Page, actions: Actions) => View} Maker */

/** The tabs, and the view that is open. */
export class Views {
  /**
   * @param {Page} page
   * @param {Actions} actions
   * @param {Record<string, Maker>} makers by the name of the view
   */
  constructor(page, actions, makers) {
    this.page = page;
    this.actions = actions;
    this.makers = makers;
    this.names = viewNames.filter((name) => name in makers);
    /** @type {Map<string, {element: HTMLElement, view: View, missed: Set<string>}>} */
    this.made = new Map();
    this.tabs = /** @type {HTMLElement} */ (document.querySelector("#views"));
    this.tabs.append(...this.names.map((name) => this.#tab(name)));
    onLanguage(() => {
      this.#label();
      this.#tell(new Set(["language"]));
    });
    onTheme(() => this.#tell(new Set(["theme"])));
    onChange((changed) => {
      if (changed.has("view")) this.#open();
      this.#tell(changed);
    });
    this.#label();
    this.#open();
  }

  /** The view that is open. */
  get current() {
    return this.#make(state.view).view;
  }

  #open() {
    document.body.dataset.view = state.view;
    for (const [name, { element, view }] of this.made) {
      if (name === state.view || element.hidden) continue;
      element.hidden = true;
      view.hide?.();
    }
    const { element, view, missed } = this.#make(state.view);
    element.hidden = false;
    view.show?.();
    if (missed.size > 0) view.update(new Set(missed));
    missed.clear();
    for (const tab of this.tabs.querySelectorAll("button")) {
      const open = tab.dataset.view === state.view;
      if (open) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
      if (open) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /** @param {Set<string>} changed */
  #tell(changed) {
    for (const [name, { view, missed }] of this.made) {
      if (name === state.view) view.update(changed);
      else for (const key of changed) missed.add(key);
    }
  }

  /** @param {string} name */
  #make(name) {
    let made = this.made.get(name);
    if (!made) {
      const id = `view-${name}`;
      let element = /** @type {HTMLElement | null} */ (document.getElementById(id));
      if (!element) {
        element = make("section", { id, class: "view" });
        document.querySelector("#stage").prepend(element);
      }
      element.hidden = false;
      made = { element, view: this.makers[name](element, this.page, this.actions), missed: new Set() };
      this.made.set(name, made);
      this.#label();
    }
    return made;
  }

  /** @param {string} name */
  #tab(name) {
    return make("button", { type: "button", "data-view": name, onclick: () => change({ view: name }) }, icon(name), make("span"));
  }

  #label() {
    this.tabs.setAttribute("aria-label", say("views"));
    for (const tab of this.tabs.querySelectorAll("button")) {
      tab.querySelector("span").textContent = say(`view_${tab.dataset.view}`);
    }
    for (const [name, { element }] of this.made) element.setAttribute("aria-label", say(`view_${name}`));
  }
}

const icons = {
  network: "M4.5 14.5 10 5l5.5 9.5zM10 3.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2M4.5 12.9a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2M15.5 12.9a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2",
  chain: "M2.5 7h4v6h-4zM13.5 7h4v6h-4zM6.5 10h7m-2.4-2.4 2.4 2.4-2.4 2.4",
  map: "M10 17.2S4.6 12 4.6 8a5.4 5.4 0 1 1 10.8 0c0 4-5.4 9.2-5.4 9.2M10 6.2a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8",
  time: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14m0 3v4.2l2.8 1.8",
  table: "M3 4.5h14v11H3zM3 8.2h14M3 11.9h14M8 4.5v11",
  questions: "M7.2 7.6a2.8 2.8 0 1 1 4.2 2.4c-1 .6-1.4 1.1-1.4 2.2m0 2.6v.1M10 2.6a7.4 7.4 0 1 1 0 14.8 7.4 7.4 0 0 1 0-14.8",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}
