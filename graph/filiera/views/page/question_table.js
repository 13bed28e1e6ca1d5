// The rows of an answer as a table, and as rows of a file.

import { make } from "./dom.js";
import { number, say, sayDate } from "./language.js";
import { named, sourceLink } from "./question_links.js";

/** @typedef {import("./data.js").Page} Page */

/** @typedef {{name: string, title: string, kind: string}} Column */

/**
 * The answer to a question of the catalogue.
 * @typedef {object} Answer
 * @property {string} question
 * @property {string} title
 * @property {string} description
 * @property {string} drawing
 * @property {Column[]} columns
 * @property {Record<string, any>[]} rows
 * @property {string[][]} texts the rows as people read them
 * @property {Record<string, import("./question_links.js").ToldSource>} sources by their IRI
 * @property {string} sparql
 */

const atOnce = 100;

/**
 * @param {Page} page
 * @param {Answer} answer
 */
export function answerTable(page, answer) {
  const body = make("tbody");
  const more = make("button", { type: "button", class: "text-button" });
  let shown = 0;
  const show = (many) => {
    const next = answer.rows.slice(shown, shown + many);
    body.append(...next.map((row, place) => tableRow(page, answer, row, answer.texts[shown + place])));
    shown += next.length;
    more.hidden = shown >= answer.rows.length;
    more.textContent = say("tableMore", { n: answer.rows.length - shown });
  };
  more.addEventListener("click", () => show(atOnce * 10));
  show(atOnce);
  return make(
    "div",
    {},
    make(
      "div",
      { class: "answer-scroll", tabindex: "0", role: "region", "aria-label": answer.title },
      make(
        "table",
        { class: "answer-table" },
        make("caption", { class: "unseen" }, answer.title),
        make("thead", {}, make("tr", {}, ...answer.columns.map((column) => make("th", { scope: "col", class: column.kind === "number" ? "numeric" : undefined }, column.title)))),
        body,
      ),
    ),
    more,
  );
}

function tableRow(page, answer, row, texts) {
  return make("tr", {}, ...answer.columns.map((column, place) => cell(page, answer, column, row[column.name], texts[place], place === 0)));
}

function cell(page, answer, column, value, text, first) {
  const tag = first ? "th" : "td";
  const scope = first ? "row" : undefined;
  if (value === null || value === undefined || text === "") {
    return make(tag, { class: "unknown", scope }, make("span", { "aria-hidden": "true" }, "—"), make("span", { class: "unseen" }, say("unknown")));
  }
  if (column.kind === "number") return make(tag, { class: "numeric", scope }, typeof value === "number" ? number(value) : text);
  return make(tag, { scope }, shown(page, answer, column, value, text));
}

/**
 * One value as people read it, linked where it is a thing or a source.
 * @param {Page} page
 * @param {Answer} answer
 * @param {Column} column
 * @param {any} value
 * @param {string} text
 * @returns {Node | string}
 */
export function shown(page, answer, column, value, text) {
  if (column.kind === "date") return sayDate(text);
  if (column.kind !== "thing") return text;
  const source = answer.sources[value];
  return source ? sourceLink(source) : named(page, value, text);
}

/**
 * Heads and rows for a file.
 * @param {Answer} answer
 * @returns {import("./table_files.js").Rows}
 */
export function answerRows(answer) {
  const heads = answer.columns.map((column) => column.title);
  const rows = answer.rows.map((row, line) =>
    answer.columns.map((column, place) => {
      const value = row[column.name];
      return column.kind === "number" && typeof value === "number" ? value : answer.texts[line][place] || null;
    }),
  );
  return [heads, ...rows];
}
