// The tools of the network: its layout, what colours and sizes mean, and how far it reaches.

import { make } from "./dom.js";
import { say } from "./language.js";
import { change, state } from "./state.js";

/**
 * A choice: the key of the state, which is its word too; its values, and how their words begin.
 * @typedef {{key: "layout" | "colouring" | "sizing" | "steps", word: string, values: string[]}} Choice
 */

const following = ["layout", "colouring", "sizing", "steps", "selected", "expanded"];

/** The bar above the map; on a phone, what a button opens. */
export class NetworkTools {
  /** @param {HTMLElement} element that of the view */
  constructor(element) {
    this.element = make("div", { id: "network-tools", role: "group" });
    element.prepend(this.element);
    /** @type {Choice[]} */
    this.choices = [];
    this.open = false;
  }

  /**
   * Offers what this page has.
   * @param {string[]} layouts
   * @param {{colourings: () => string[], sizings: () => string[]}} looks
   */
  offer(layouts, looks) {
    /** @type {Choice[]} */
    const choices = [
      { key: "layout", word: "layout_", values: layouts },
      { key: "colouring", word: "colouring_", values: looks.colourings() },
      { key: "sizing", word: "sizing_", values: looks.sizings() },
      { key: "steps", word: "steps_", values: ["all", "1", "2"] },
    ];
    this.choices = choices.filter(({ values }) => values.length > 1);
    this.#build();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (changed.has("language")) this.#build();
    else if (following.some((name) => changed.has(name))) this.#follow();
  }

  #build() {
    this.element.setAttribute("aria-label", say("tools"));
    this.element.replaceChildren(
      make(
        "button",
        { type: "button", class: "text-button", id: "network-tools-open", "aria-controls": "network-choices", onclick: () => this.#toggle(!this.open) },
        say("toolsOpen"),
      ),
      make(
        "button",
        { type: "button", class: "text-button", id: "network-fold", onclick: () => change({ expanded: new Set() }) },
        say("communitiesFold"),
      ),
      make("div", { id: "network-choices", onkeydown: (event) => this.#key(event) }, ...this.choices.map((choice) => this.#choice(choice))),
    );
    this.#toggle(this.open);
    this.#follow();
  }

  /** @param {Choice} choice */
  #choice({ key, word, values }) {
    const select = make(
      "select",
      {
        id: `tool-${key}`,
        "data-choice": key,
        onchange: (event) => {
          const { value } = event.target;
          change(key === "steps" ? { steps: value === "all" ? null : Number(value), expanded: new Set() } : { [key]: value });
        },
      },
      ...values.map((value) => make("option", { value }, say(`${word}${value}`))),
    );
    return make("div", { class: "tool" }, make("label", { for: `tool-${key}` }, say(key)), select);
  }

  #follow() {
    const open = [...state.expanded].some((id) => id.startsWith("community:"));
    this.element.querySelector("#network-fold").hidden = !open;
    for (const select of this.element.querySelectorAll("select")) {
      const key = select.dataset.choice;
      const value = String(state[key] ?? "all");
      select.value = [...select.options].some((option) => option.value === value) ? value : select.options[0].value;
      select.parentElement.classList.toggle("chosen", select.selectedIndex > 0);
      if (key !== "steps") continue;
      select.disabled = !state.selected && state.steps === null;
      select.title = select.disabled ? say("stepsNone") : "";
    }
  }

  #toggle(open) {
    this.open = open;
    this.element.classList.toggle("open", open);
    this.element.querySelector("#network-tools-open").setAttribute("aria-expanded", String(open));
  }

  #key(event) {
    if (event.key !== "Escape" || !this.open) return;
    event.stopPropagation();
    this.#toggle(false);
    this.element.querySelector("#network-tools-open").focus();
  }
}
