// The form of a question: a labelled field for each of its parameters.

import { make } from "./dom.js";
import { inLanguage, language, say, sayDate } from "./language.js";
import { fewChoices, isServerNamed, nameOf, suggested, takesNames } from "./question_choices.js";
import { Combobox } from "./question_combobox.js";
import { namesLike } from "./question_asking.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./question_catalogue.js").Field} Field */
/** @typedef {import("./question_catalogue.js").Question} Question */

/** A field on screen, and what stands in it. @typedef {{element: HTMLElement, value: () => string, field: Field}} Drawn */

const shownAtOnce = 4;

/** The form of one question. */
export class QuestionForm {
  /**
   * @param {Question} question
   * @param {Page} page
   * @param {Record<string, string>} values
   * @param {{slider: string | null, submit: string, ask: (values: Record<string, string>) => void, typed: (values: Record<string, string>) => void}} how
   *   `slider` is the date at which the page stands
   */
  constructor(question, page, values, how) {
    this.question = question;
    this.page = page;
    this.how = how;
    this.drawn = question.fields.map((field) => this.#field(field, values[field.id] ?? field.default ?? ""));
    const first = this.drawn.filter(({ field }, place) => field.needed || place < shownAtOnce || values[field.id]);
    const rest = this.drawn.filter((each) => !first.includes(each));
    this.element = make(
      "form",
      {
        class: "question-form",
        hidden: question.fields.length === 0,
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          how.ask(this.values);
        },
        oninput: () => how.typed(this.values),
        onchange: () => how.typed(this.values),
      },
      make("div", { class: "question-fields" }, ...first.map(({ element }) => element)),
      rest.length > 0 &&
        make("details", {}, make("summary", {}, say("questionsMoreFields")), make("div", { class: "question-fields" }, ...rest.map(({ element }) => element))),
      make("button", { type: "submit", class: "button", "data-key": "ask" }, how.submit),
    );
  }

  /** What stands in the fields; nothing empty. */
  get values() {
    return Object.fromEntries(this.drawn.map(({ field, value }) => [field.id, value().trim()]).filter(([, value]) => value !== ""));
  }

  /**
   * Marks the fields that are needed and empty, and goes to the first of them.
   * @param {Field[]} fields
   */
  lack(fields) {
    for (const { element, field } of this.drawn) {
      const lacking = fields.includes(field);
      element.querySelector("input, select").setAttribute("aria-invalid", String(lacking));
      element.querySelector(".field-lack").hidden = !lacking;
    }
    document.getElementById(idOf(fields[0]))?.focus();
  }

  /**
   * @param {Field} field
   * @param {string} value
   * @returns {Drawn}
   */
  #field(field, value) {
    const id = idOf(field);
    const lack = make("p", { class: "field-lack", id: `${id}-lack`, hidden: true }, say("questionsLacking"));
    const { control, read, hint } = this.#control(field, value);
    return {
      field,
      value: read,
      element: make(
        "div",
        { class: "question-field", "data-type": field.type.split(":")[0] },
        make("label", { for: id }, inLanguage(field.label), !field.needed && !field.default && make("span", { class: "field-optional" }, ` ${say("questionsOptional")}`)),
        control,
        hint,
        lack,
      ),
    };
  }

  /**
   * @param {Field} field
   * @param {string} value
   * @returns {{control: HTMLElement, read: () => string, hint?: HTMLElement}}
   */
  #control(field, value) {
    const few = fewChoices(field, this.page);
    if (few) return choice(field, few, value);
    if (takesNames(field)) return this.#names(field, value);
    if (field.type === "date") return dateField(field, value, this.how);
    const numeric = field.type === "integer" || field.type === "number";
    const input = /** @type {HTMLInputElement} */ (
      make("input", { ...common(field), type: "text", inputmode: numeric ? "decimal" : undefined, value, placeholder: field.example && say("questionsExample", { example: field.example }) })
    );
    return { control: input, read: () => input.value };
  }

  #names(field, value) {
    const box = new Combobox({
      id: idOf(field),
      placeholder: field.type === "need" ? say("questionsNeed") : say("questionsName"),
      several: field.type === "organisations",
      required: field.needed === true,
      describedBy: `${idOf(field)}-lack`,
      listLabel: inLanguage(field.label),
      suggest: (typed) => suggested(field, this.page, typed),
    });
    const parts = field.type === "organisations" ? value.split(";").map((part) => part.trim()) : [value];
    if (value !== "") {
      box.input.value = "";
      for (const part of parts) {
        if (box.input.value !== "") box.input.value += "; ";
        box.put(part, nameOf(field, this.page, part) ?? part);
      }
      if (this.page.server !== null && isServerNamed(field)) this.#learn(box, field, value);
    }
    return { control: box.element, read: () => box.value };
  }

  /** Shows the name of an id that only the server knows. */
  async #learn(box, field, value) {
    const [first] = await namesLike(this.page.server ?? "", field.type, value, language());
    const known = first && (first.id === value || first.id.endsWith(`/${value}`));
    if (known && box.input.value === value) box.put(value, first.label);
  }
}

/** @param {Field} field */
function idOf(field) {
  return `question-${field.id}`;
}

/** @param {Field} field */
function common(field) {
  return { id: idOf(field), autocomplete: "off", required: field.needed === true, "aria-describedby": `${idOf(field)}-lack` };
}

function choice(field, few, value) {
  const known = value === "" || few.some(({ id }) => id === value);
  const select = /** @type {HTMLSelectElement} */ (
    make(
      "select",
      common(field),
      ...(field.needed && value !== "" ? [] : [make("option", { value: "" }, say(field.needed ? "questionsChoose" : "questionsAny"))]),
      ...few.map(({ id, label }) => make("option", { value: id, selected: id === value }, label)),
      !known && make("option", { value, selected: true }, value),
    )
  );
  return { control: select, read: () => select.value };
}

/**
 * A date as people say it, with a calendar for a day, and the date of the slider on offer.
 * @param {Field} field
 * @param {string} value
 * @param {{slider: string | null, typed: (values: Record<string, string>) => void}} how
 */
function dateField(field, value, { slider }) {
  const input = /** @type {HTMLInputElement} */ (
    make("input", { ...common(field), type: "text", inputmode: "numeric", value, placeholder: say("questionsDate") })
  );
  const put = (date) => {
    input.value = date;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const day = /** @type {HTMLInputElement} */ (
    make("input", { type: "date", class: "day", tabindex: "-1", "aria-hidden": "true", onchange: () => put(day.value) })
  );
  const open = make(
    "button",
    {
      type: "button",
      class: "icon calendar",
      "aria-label": say("questionsCalendar", { field: inLanguage(field.label) }),
      onclick: () => {
        day.value = /^\d{4}-\d\d-\d\d$/.test(input.value) ? input.value : "";
        day.showPicker();
      },
    },
    calendar(),
  );
  const hint =
    slider !== null && slider !== value
      ? make(
          "button",
          {
            type: "button",
            class: "text-button field-hint",
            onclick: () => {
              put(slider);
              hint?.remove();
              input.focus();
            },
          },
          say("questionsSlider", { date: sayDate(slider) }),
        )
      : undefined;
  return { control: make("div", { class: "date-field" }, input, open, day), read: () => input.value, hint };
}

function calendar() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M3.5 5h13v11.5h-13zM3.5 8.6h13M7 3v3.4M13 3v3.4");
  svg.append(path);
  return svg;
}
