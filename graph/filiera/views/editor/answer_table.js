// The rows as a table: by pages, sortable by each column, narrowed by a word.

import { make } from "../page/dom.js";
import { number, say } from "../page/language.js";
import { folded } from "../page/folding.js";
import { cellOf, textOf } from "./cell.js";
import { momentOf, numberOf } from "./reading.js";

/** @typedef {import("./reading.js").Term} Term */
/** @typedef {(Term | undefined)[]} Row */

const onPage = 100;
/** How many IRIs get their labels before somebody looks at them, so that rows can be sorted by them. */
const mostLabels = 4000;

/** A table in an element. */
export class AnswerTable {
  /**
   * @param {HTMLElement} element
   * @param {{columns: string[], rows: Row[]}} answer
   * @param {import("./labels.js").Labels} labels
   */
  constructor(element, answer, labels) {
    this.element = element;
    this.answer = answer;
    this.labels = labels;
    this.page = 0;
    /** @type {{column: number, down: boolean} | null} */
    this.sort = null;
    this.words = "";
    this.isNumeric = answer.columns.map((_, column) => answer.rows.some((row) => row[column]) && answer.rows.every((row) => !row[column] || numberOf(row[column]) !== null));
    this.shown = answer.rows;
    this.body = make("tbody");
    this.#frame();
    this.#fetchLabels();
  }

  /** Draws everything again: language or labels have changed. */
  refresh() {
    this.#frame();
  }

  async #fetchLabels() {
    this.labels.fetch(this.#irisOf(this.answer.rows.slice(0, onPage))).then((any) => any && this.#arrange(false));
    const all = new Set();
    for (const row of this.answer.rows) {
      for (const iri of this.#irisOf([row])) all.add(iri);
      if (all.size >= mostLabels) break;
    }
    if (await this.labels.fetch(all)) this.#arrange(false);
  }

  *#irisOf(rows) {
    for (const row of rows) for (const term of row) if (term?.type === "uri") yield term.value;
  }

  #frame() {
    const { columns, rows } = this.answer;
    const search = /** @type {HTMLInputElement} */ (
      make("input", { type: "search", id: "rows-search", value: this.words, placeholder: say("rowsSearch"), "aria-label": say("rowsSearch"), autocomplete: "off", oninput: () => {
        this.words = search.value;
        this.#arrange(true);
      } })
    );
    this.count = make("p", { class: "quiet", role: "status" });
    this.pager = make("nav", { class: "pager", "aria-label": say("pages") });
    this.body = make("tbody");
    this.heads = columns.map((name, column) => make("th", { scope: "col", class: this.isNumeric[column] ? "numeric" : undefined }, make("button", { type: "button", onclick: () => this.#sortBy(column) }, name, make("span", { class: "arrow", "aria-hidden": "true" }))));
    this.element.replaceChildren(
      make("div", { class: "rows-tools" }, rows.length > 10 && search, this.count, this.pager),
      make("div", { class: "rows-scroll", tabindex: "0", role: "region", "aria-label": say("tabTable") }, make("table", { class: "rows" }, make("thead", {}, make("tr", {}, ...this.heads)), this.body)),
    );
    this.#arrange(false);
  }

  #sortBy(column) {
    const before = this.sort?.column === column ? this.sort : null;
    this.sort = before?.down ? null : { column, down: before !== null };
    this.#arrange(true);
  }

  /** Filters, sorts and draws. @param {boolean} fromStart */
  #arrange(fromStart) {
    const { answer, labels, sort } = this;
    const tokens = folded(this.words).split(" ").filter(Boolean);
    this.shown = answer.rows;
    if (tokens.length > 0) {
      this.shown = answer.rows.filter((row) => {
        const text = folded(row.map((term) => textOf(term, labels)).join(" "));
        return tokens.every((token) => text.includes(token));
      });
    }
    if (sort) {
      const { column, down } = sort;
      const keys = new Map(this.shown.map((row) => [row, keyOf(row[column], labels)]));
      this.shown = this.shown.toSorted((a, b) => compared(keys.get(a), keys.get(b), down));
    }
    this.heads?.forEach((head, column) => {
      const direction = sort?.column === column ? (sort.down ? "descending" : "ascending") : "none";
      head.setAttribute("aria-sort", direction);
    });
    if (fromStart) this.page = 0;
    this.#draw();
  }

  #draw() {
    const { labels, shown } = this;
    const pages = Math.max(1, Math.ceil(shown.length / onPage));
    this.page = Math.min(this.page, pages - 1);
    const start = this.page * onPage;
    const rows = shown.slice(start, start + onPage);
    this.body.replaceChildren(
      ...rows.map((row) => make("tr", {}, ...row.map((term, column) => make("td", { class: this.isNumeric[column] ? "numeric" : undefined, dir: "auto" }, cellOf(term, labels))))),
    );
    const told = this.words.trim() === "" ? "" : say("rowsFound", { n: shown.length });
    if (this.count && this.count.textContent !== told) this.count.textContent = told;
    const turn = (page, key, sign, on) => make("button", { type: "button", class: "plain", disabled: !on, "aria-label": say(key), title: say(key), onclick: () => this.#turn(page) }, sign);
    this.pager?.replaceChildren(
      ...(pages === 1
        ? []
        : [
            turn(0, "pageFirst", "«", this.page > 0),
            turn(this.page - 1, "pageBefore", "‹", this.page > 0),
            make("span", { role: "status" }, say("pageRows", { from: number(start + 1), to: number(start + rows.length), all: number(shown.length) })),
            turn(this.page + 1, "pageAfter", "›", this.page < pages - 1),
            turn(pages - 1, "pageLast", "»", this.page < pages - 1),
          ]),
    );
    if (start > 0) this.labels.fetch(this.#irisOf(rows)).then((any) => any && this.#draw());
  }

  #turn(page) {
    const label = document.activeElement?.getAttribute("aria-label");
    this.page = page;
    this.#draw();
    const scroll = this.element.querySelector(".rows-scroll");
    if (scroll) scroll.scrollTop = 0;
    const again = /** @type {HTMLElement | null} */ (label ? this.element.querySelector(`.pager [aria-label="${CSS.escape(label)}"]:not(:disabled)`) : null);
    (again ?? scroll)?.focus();
  }
}

/** What a term is sorted by: numbers and dates by their values, all else by its text. */
function keyOf(term, labels) {
  if (!term) return null;
  return numberOf(term) ?? momentOf(term) ?? textOf(term, labels);
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Nothing comes last in both directions, numbers before texts. */
function compared(a, b, down) {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const order = typeof a === "number" && typeof b === "number" ? a - b : typeof a === typeof b ? collator.compare(a, b) : typeof a === "number" ? -1 : 1;
  return down ? -order : order;
}
