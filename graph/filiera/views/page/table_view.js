// The table: what is in view as rows, to sort, to read with a screen reader, and to take away.

import { arrange, make, outwardLink, webAddress } from "./dom.js";
import { download } from "./download.js";
import { isMember, isShown, isTieShown } from "./filters.js";
import { inLanguage, language, number, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { change, state } from "./state.js";
import { thingLink } from "./statements.js";
import { columns, siteName, sorted } from "./table_columns.js";
import { toCsv, toWorkbook } from "./table_files.js";
import { momentSaid } from "./time_bar.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./table_columns.js").Column} Column */

const atOnce = 200;
/** The height of a row at least, in CSS pixels: as many as a screen holds are there in the next frame. */
const rowHeight = 31;
const narrow = matchMedia("(max-width: 900px)");
/** Names in a cell, beyond which they fold. */
const namesAtOnce = () => (narrow.matches ? 2 : 5);
/** Changes of these may bring a thing into view that filters hide, or change what is near. */
const moving = ["selected", "to", "path", "expanded"];
/** Changes of these bring other rows, or another order: the table begins again at its head. */
const deciding = ["hidden", "chosen", "steps", "moment", "found", "sort"];

/** @typedef {import("./views.js").View} View */

/** @implements {View} */
export class TableView {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {import("./views.js").Actions} actions
   */
  constructor(element, page, actions) {
    this.element = element;
    this.page = page;
    this.actions = actions;
    this.rowsShown = atOnce;
    this.choosing = false;
    /** @type {Thing[]} what was in view when it was last drawn, sorted */
    this.drawn = [];
    /** @type {Thing[]} what is to have a row, and has none yet */
    this.waiting = [];
    /** @type {HTMLTableSectionElement | null} */
    this.body = null;
    /** what the table was made for: its columns, their order and the language */
    this.madeFor = "";
    /** @type {Map<Thing, {row: HTMLTableRowElement, told: string}>} rows that can be used again */
    this.rowOf = new Map();
    addEventListener("beforeprint", () => this.#fill());
    element.classList.add("table-view");
  }

  show() {
    this.#draw();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (deciding.some((name) => changed.has(name))) {
      this.rowsShown = atOnce;
      this.#draw({ fromTop: true });
    } else if (changed.has("columns") || changed.has("language")) {
      this.#draw();
    } else if (moving.some((name) => changed.has(name))) {
      const things = this.things;
      if (things.length !== this.drawn.length || things.some((thing, place) => thing !== this.drawn[place])) this.#draw();
      else this.#mark();
    }
  }

  /** @param {Thing} thing */
  flyTo(thing) {
    const place = this.drawn.indexOf(thing);
    if (place >= this.rowsShown) {
      this.rowsShown = Math.ceil((place + 1) / atOnce) * atOnce;
      this.#draw();
    }
    this.#fill();
    const scroll = this.element.querySelector(".table-scroll");
    const row = this.element.querySelector(`[data-row="${CSS.escape(thing.id)}"]`);
    if (!row) return;
    // In the middle; the first row in view whole below the heads, not cut by them.
    const head = scroll.querySelector("thead").offsetHeight;
    const { bottom = 0 } = this.actions.insets();
    const top = row.offsetTop - Math.max(0, scroll.clientHeight - bottom - head - row.offsetHeight) / 2;
    const first = [...(this.body?.rows ?? [])].find((each) => each.offsetTop >= top) ?? row;
    scroll.scrollTop = first.offsetTop - head;
  }

  /** The columns in view, in their order. */
  get columns() {
    const chosen = state.columns?.filter((id) => columns.some((column) => column.id === id));
    return columns.filter((column) => column.id === "name" || (chosen?.length ? chosen.includes(column.id) : column.usual));
  }

  /** What is in view, sorted. */
  get things() {
    const shown = this.page.things.filter((thing) => isShown(thing) && (!state.found || state.found.has(thing)));
    const descending = state.sort?.startsWith("-") ?? false;
    const id = state.sort?.replace(/^-/, "") ?? "name";
    return sorted(this.page.things, shown, columns.find((column) => column.id === id) ?? columns[0], descending);
  }

  /** @param {{fromTop?: boolean}} [how] */
  #draw({ fromTop = false } = {}) {
    const things = this.things;
    this.drawn = things;
    const shown = things.slice(0, this.rowsShown);
    // Who has scrolled or stands on a row keeps all rows in the same moment, or the table would jump.
    const whole = (!fromTop && (this.element.querySelector(".table-scroll")?.scrollTop ?? 0) > 0) || this.#focused !== undefined;
    const atFirst = whole ? shown.length : Math.ceil(this.element.clientHeight / rowHeight) + 1;
    this.waiting = shown.slice(atFirst);
    const madeFor = `${language()} ${state.sort} ${this.choosing} ${this.columns.map((column) => column.id)}`;
    if (madeFor !== this.madeFor) this.#make(things, shown.slice(0, atFirst), fromTop);
    else {
      this.#renew(things, fromTop);
      this.#place(shown.slice(0, atFirst));
    }
    this.madeFor = madeFor;
    this.body?.setAttribute("aria-busy", String(this.waiting.length > 0));
    if (this.waiting.length > 0) requestAnimationFrame(() => setTimeout(() => this.#fill()));
  }

  /** The key of what has the focus, if it is in the table. */
  get #focused() {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement && this.element.contains(activeElement) ? activeElement.dataset.key : undefined;
  }

  /** Everything anew, with the rows of some of the things. */
  #make(things, first, fromTop) {
    const { element } = this;
    const focused = this.#focused;
    const scrolled = element.querySelector(".table-scroll");
    const scrollLeft = scrolled?.scrollLeft ?? 0;
    const scrollTop = fromTop ? 0 : (scrolled?.scrollTop ?? 0);
    const title = say("tableTitle", { n: things.length });
    this.rowOf.clear();
    this.body = /** @type {HTMLTableSectionElement} */ (make("tbody"));
    const scroll = make(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", "aria-label": title },
      table(this.columns, make("caption", { class: "unseen" }, title), this.#widths(), make("thead", {}, make("tr", {}, ...this.columns.map((column) => this.#head(column)))), this.body),
    );
    element.replaceChildren(this.#bar(), ...(this.choosing ? [this.#chooser()] : []), scroll);
    this.#renew(things, fromTop);
    this.#place(first);
    if (scrollLeft > 0 || scrollTop > 0) scroll.scrollTo({ left: scrollLeft, top: scrollTop, behavior: "instant" });
    if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** What is said around the rows. */
  #renew(things, fromTop) {
    const title = say("tableTitle", { n: things.length });
    const scroll = this.element.querySelector(".table-scroll");
    scroll.setAttribute("aria-label", title);
    this.element.querySelector("caption").textContent = title;
    this.element.querySelector(".table-bar p").textContent = state.moment === null ? title : `${title} · ${momentSaid(this.page.moments, state.moment)}`;
    const more = scroll.querySelector(".table-more");
    const rest = things.length - this.rowsShown;
    if (rest <= 0) more?.remove();
    else if (more) more.textContent = say("tableMore", { n: rest });
    else scroll.append(this.#more(rest));
    if (fromTop && scroll.scrollTop > 0) scroll.scrollTo({ top: 0, behavior: "instant" });
  }

  /** Rows of these things and no others: a row that still says what is so stays where it is. */
  #place(things) {
    if (this.body) arrange(this.body, things.map((thing) => this.#rowFor(thing)));
  }

  /** The row of a thing: that of before, unless it would say something else now. */
  #rowFor(thing) {
    const told = `${isMember(thing)} ${thing.told} ${thing.ties.filter(isTieShown).map((tie) => tie.index)}`;
    let known = this.rowOf.get(thing);
    if (known?.told !== told) {
      known = { row: /** @type {HTMLTableRowElement} */ (this.#row(thing)), told };
      this.rowOf.set(thing, known);
    }
    known.row.toggleAttribute("data-selected", thing === state.selected);
    return known.row;
  }

  /** The rows that were not needed for the first frame. */
  #fill() {
    this.body?.append(...this.waiting.map((thing) => this.#rowFor(thing)));
    this.body?.setAttribute("aria-busy", "false");
    this.waiting = [];
  }

  /** Columns keep their widths whatever stands in them, so that nothing moves when rows come and go. */
  #widths() {
    const columns = this.columns.map((column) => {
      const col = make("col", { "data-column": column.id });
      col.style.width = `${column.width}rem`;
      return col;
    });
    return make("colgroup", {}, ...columns);
  }

  #bar() {
    const take = (form) => () => download(fileName(this.page, form), this.#file(form, this.drawn));
    return make(
      "header",
      { class: "table-bar" },
      make("p", { role: "status" }),
      make("button", { type: "button", class: "plain", "data-key": "choose", "aria-expanded": String(this.choosing), onclick: () => this.#toggleChooser() }, say("tableColumns")),
      make("button", { type: "button", class: "plain", "data-key": "csv", onclick: take("csv") }, "CSV"),
      make("button", { type: "button", class: "plain", "data-key": "xlsx", onclick: take("xlsx") }, "Excel"),
    );
  }

  #file(form, things) {
    const heads = this.columns.map((column) => say(`column_${column.id}`));
    const rows = things.map((thing) => this.columns.map((column) => column.value(thing)));
    if (form === "csv") return new Blob([toCsv([heads, ...rows])], { type: "text/csv;charset=utf-8" });
    const about = [
      [inLanguage(this.page.title)],
      [say("tableTitle", { n: things.length })],
      [momentSaid(this.page.moments, state.moment)],
      [say("tableLicence")],
    ];
    return toWorkbook([
      { name: say("view_table"), rows: [heads, ...rows], filter: true },
      { name: say("tableAbout"), rows: about },
    ]);
  }

  #toggleChooser() {
    this.choosing = !this.choosing;
    this.#draw();
  }

  #chooser() {
    const chosen = new Set(this.columns.map((column) => column.id));
    return make(
      "fieldset",
      { class: "table-chooser" },
      make("legend", { class: "unseen" }, say("tableColumns")),
      ...columns
        .filter((column) => column.id !== "name")
        .map((column) =>
          make(
            "label",
            {},
            make("input", {
              type: "checkbox",
              checked: chosen.has(column.id),
              "data-key": `column:${column.id}`,
              onchange: () => {
                if (!chosen.delete(column.id)) chosen.add(column.id);
                const usual = columns.filter((each) => each.usual).map((each) => each.id);
                const ids = columns.map((each) => each.id).filter((id) => chosen.has(id));
                change({ columns: ids.join() === usual.join() ? null : ids });
              },
            }),
            ` ${say(`column_${column.id}`)}`,
          ),
        ),
    );
  }

  /** @param {Column} column */
  #head(column) {
    const by = state.sort?.replace(/^-/, "") ?? "name";
    const descending = state.sort?.startsWith("-") ?? false;
    const order = by === column.id ? (descending ? "descending" : "ascending") : "none";
    const next = by === column.id ? (descending ? column.id : `-${column.id}`) : column.numeric ? `-${column.id}` : column.id;
    return make(
      "th",
      { scope: "col", "aria-sort": order, class: column.numeric ? "numeric" : undefined },
      make(
        "button",
        { type: "button", "data-key": `sort:${column.id}`, onclick: () => change({ sort: next === "name" ? null : next }) },
        say(`column_${column.id}`),
        make("span", { class: "order", "aria-hidden": "true" }),
      ),
    );
  }

  /** @param {Thing} thing */
  #row(thing) {
    return make(
      "tr",
      { "data-row": thing.id },
      ...this.columns.map((column) => this.#cell(thing, column)),
    );
  }

  #cell(thing, column) {
    if (column.id === "name") {
      return make("th", { scope: "row" }, make("span", { class: "row-name" }, shapePicture(thing.kind, isMember(thing)), thingLink(thing)));
    }
    const value = column.value(thing);
    if (value === null) return make("td", { class: "unknown" }, make("span", { "aria-hidden": "true" }, "—"), make("span", { class: "unseen" }, say("unknown")));
    if (column.things) return make("td", {}, ...links(column.things(thing)));
    const address = webAddress(column.address?.(thing));
    if (address) return make("td", {}, outwardLink(address, siteName(address.href) ?? "", say("newTab")));
    return typeof value === "number" ? make("td", { class: "numeric" }, number(value)) : make("td", {}, value);
  }

  /** @param {number} rest */
  #more(rest) {
    return make(
      "button",
      {
        type: "button",
        class: "text-button table-more",
        "data-key": "more",
        onclick: () => {
          this.rowsShown += atOnce * 5;
          this.#draw();
        },
      },
      say("tableMore", { n: rest }),
    );
  }

  #mark() {
    this.#fill();
    for (const row of this.body?.rows ?? []) {
      if (row.dataset.row === state.selected?.id) row.dataset.selected = "";
      else delete row.dataset.selected;
    }
  }
}

/** As wide as its columns, or as the view where that is more. */
function table(columns, ...parts) {
  const element = make("table", {}, ...parts);
  element.style.minWidth = `${columns.reduce((sum, column) => sum + column.width, 0)}rem`;
  return element;
}

/** @param {Thing[]} things */
function links(things) {
  const parts = (some) => some.flatMap((thing, place) => (place === 0 ? [thingLink(thing)] : [" · ", thingLink(thing)]));
  if (things.length <= namesAtOnce() + 1) return parts(things);
  const rest = things.slice(namesAtOnce());
  return [
    ...parts(things.slice(0, namesAtOnce())),
    " · ",
    make("details", {}, make("summary", {}, say("more", { n: rest.length })), " · ", ...parts(rest)),
  ];
}

function fileName(page, form) {
  const at = state.moment === null ? page.moments.at(-1)?.date : page.moments[state.moment].date;
  return `filiera-${say("view_table").toLowerCase()}${at ? `-${at}` : ""}.${form}`;
}
