// Answers as bars, as points over time and as a list by date.

import { make } from "./dom.js";
import { number, say } from "./language.js";
import { shown } from "./question_table.js";

/** @typedef {import("./question_table.js").Answer} Answer */
/** @typedef {import("./data.js").Page} Page */

const mostBars = 25;

/**
 * A bar for each row, by its first number; null when there is nothing to measure.
 * @param {Page} page
 * @param {Answer} answer
 */
export function bars(page, answer) {
  const measured = answer.columns.find((column) => column.kind === "number");
  const label = answer.columns.findIndex((column) => column.kind !== "number");
  if (!measured || label < 0) return null;
  const rows = answer.rows
    .map((row, line) => ({ row, texts: answer.texts[line], value: row[measured.name] }))
    .filter(({ value }) => typeof value === "number");
  const greatest = Math.max(0, ...rows.map(({ value }) => value));
  if (greatest <= 0) return null;
  const bar = ({ row, texts, value }) => {
    const fill = make("span", { class: "bar-fill" });
    fill.style.width = `${(100 * value) / greatest}%`;
    const column = answer.columns[label];
    const name = row[column.name] === null ? say("unknown") : shown(page, answer, column, row[column.name], texts[label]);
    return make("li", {}, make("span", { class: "bar-label" }, name), make("span", { class: "bar-track", "aria-hidden": "true" }, fill), make("span", { class: "bar-value" }, number(value)));
  };
  const list = (some) => make("ul", { class: "bars" }, ...some.map(bar));
  const rest = rows.slice(mostBars);
  return make(
    "figure",
    { class: "answer-drawing" },
    make("figcaption", {}, measured.title),
    list(rows.slice(0, mostBars)),
    rest.length > 0 && make("details", {}, make("summary", {}, say("more", { n: rest.length })), list(rest)),
  );
}

/**
 * The rows by their dates, each with what else it says; null when no column holds dates.
 * @param {Page} page
 * @param {Answer} answer
 */
export function timeline(page, answer) {
  const dated = answer.columns.filter((column) => column.kind === "edtf" || column.kind === "date");
  const head = answer.columns.findIndex((column) => column.kind === "thing" || column.kind === "text");
  if (dated.length === 0 || head < 0) return null;
  const others = answer.columns.filter((column, place) => place !== head && column.kind !== "number");
  const item = (row, line) => {
    const text = (column) => (row[column.name] === null ? "" : answer.texts[line][answer.columns.indexOf(column)]);
    const first = dated.find((column) => text(column) !== "");
    const details = others.filter((column) => column !== first && text(column) !== "");
    const column = answer.columns[head];
    return make(
      "li",
      {},
      make("p", { class: first ? "timeline-when" : "timeline-when unknown" }, first ? shown(page, answer, first, row[first.name], text(first)) : say("noDate")),
      make(
        "div",
        {},
        make("p", { class: "timeline-head" }, text(column) === "" ? say("unknown") : shown(page, answer, column, row[column.name], text(column))),
        make("dl", {}, ...details.map((each) => make("div", {}, make("dt", {}, each.title), make("dd", {}, shown(page, answer, each, row[each.name], text(each)))))),
      ),
    );
  };
  return make("ol", { class: "timeline" }, ...answer.rows.map(item));
}
