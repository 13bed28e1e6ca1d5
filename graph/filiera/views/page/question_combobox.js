// A field for names: what is typed is completed from a list, by pointer or by keys.

import { make } from "./dom.js";
import { folded } from "./folding.js";

/** @typedef {import("./question_choices.js").Choice} Choice */

/**
 * @typedef {object} Naming
 * @property {string} id of the input
 * @property {string} placeholder
 * @property {boolean} several names joined by semicolons
 * @property {boolean} required
 * @property {(typed: string) => Promise<Choice[]> | Choice[]} suggest
 * @property {string} listLabel
 * @property {string} [describedBy]
 */

/** An input with a list of suggestions; its value is the ids of what was meant, or the words typed. */
export class Combobox {
  /** @param {Naming} naming */
  constructor(naming) {
    this.naming = naming;
    /** @type {Map<string, string>} what a name stands for, by the folded name */
    this.ids = new Map();
    /** @type {Choice[]} */
    this.choices = [];
    this.active = -1;
    this.asked = 0;
    const list = `${naming.id}-list`;
    this.list = make("ul", { id: list, role: "listbox", "aria-label": naming.listLabel, hidden: true, onpointerdown: (event) => event.preventDefault() });
    this.input = /** @type {HTMLInputElement} */ (
      make("input", {
        id: naming.id,
        type: "text",
        role: "combobox",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        placeholder: naming.placeholder,
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": list,
        "aria-describedby": naming.describedBy,
        required: naming.required,
        oninput: () => this.#suggest(),
        onblur: () => this.#close(),
        onkeydown: (event) => this.#key(event),
      })
    );
    this.element = make("div", { class: "combobox" }, this.input, this.list);
  }

  /**
   * Shows what is meant by its name.
   * @param {string} id
   * @param {string} name
   */
  put(id, name) {
    this.ids.set(folded(name), id);
    const before = this.#parts().slice(0, -1);
    this.input.value = this.naming.several ? [...before, name].join("; ") : name;
  }

  /** The ids of what the names stand for; names that are not known as they are. */
  get value() {
    return this.#parts()
      .map((name) => this.ids.get(folded(name)) ?? name)
      .filter(Boolean)
      .join("; ");
  }

  #parts() {
    const typed = this.input.value;
    return (this.naming.several ? typed.split(";") : [typed]).map((part) => part.trim());
  }

  async #suggest() {
    const asked = ++this.asked;
    const choices = await this.naming.suggest(this.#parts().at(-1) ?? "");
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.choices = choices;
    for (const choice of choices) if (!this.ids.has(folded(choice.label))) this.ids.set(folded(choice.label), choice.id);
    this.list.replaceChildren(
      ...choices.map((choice, place) =>
        make(
          "li",
          { id: `${this.naming.id}-${place}`, role: "option", "aria-selected": "false", onclick: () => this.#take(choice) },
          make("span", { class: "choice-name" }, choice.label),
          choice.detail && make("span", { class: "choice-detail" }, choice.detail),
        ),
      ),
    );
    this.list.hidden = choices.length === 0;
    this.input.setAttribute("aria-expanded", String(choices.length > 0));
    this.#activate(-1);
  }

  #activate(place) {
    this.active = place;
    [...this.list.children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === place));
      if (each === place) option.scrollIntoView({ block: "nearest" });
    });
    if (place >= 0) this.input.setAttribute("aria-activedescendant", `${this.naming.id}-${place}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Choice} choice */
  #take(choice) {
    this.put(choice.id, choice.label);
    this.#close();
    this.input.focus();
  }

  #close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #key(event) {
    const open = !this.list.hidden;
    const last = this.choices.length - 1;
    if (event.key === "ArrowDown" && !open) this.#suggest();
    else if (event.key === "ArrowDown") this.#activate(Math.min(last, this.active + 1));
    else if (event.key === "ArrowUp" && open) this.#activate(Math.max(0, this.active - 1));
    else if (event.key === "Enter" && open && this.active >= 0) this.#take(this.choices[this.active]);
    else if (event.key === "Escape" && open) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
