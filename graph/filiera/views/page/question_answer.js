// The answer on screen: the drawing that fits, the rows, the files, and how else to ask.

import { make } from "./dom.js";
import { download } from "./download.js";
import { inLanguage, language, say } from "./language.js";
import { analysisRows, drawAnalysis } from "./question_analyses.js";
import { bars, timeline } from "./question_bars.js";
import { answerAddress, commandOf, isAnalysis } from "./question_catalogue.js";
import { layers } from "./question_layers.js";
import { lines } from "./question_lines.js";
import { places } from "./question_places.js";
import { answerRows, answerTable } from "./question_table.js";
import { toCsv, toWorkbook } from "./table_files.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./question_catalogue.js").Question} Question */

/**
 * @param {Page} page
 * @param {Question} question
 * @param {Record<string, string>} given
 * @param {any} answer what the server sent
 */
export function drawAnswer(page, question, given, answer) {
  const analysis = isAnalysis(question);
  const empty = !analysis && answer.rows.length === 0;
  const rows = analysis ? analysisRows(question.id, answer) : answerRows(answer);
  const count = analysis ? "" : say("questionsRows", { n: answer.rows.length });
  return make(
    "div",
    { class: "answer-content" },
    make("div", { class: "answer-bar" }, make("p", { role: "status" }, count), ...(empty ? [] : files(page, question, given, answer, rows)), copyButton(say("questionsCopyLink"), () => location.href)),
    ...(empty ? [make("div", { class: "answer-empty" }, make("h3", {}, say("questionsEmpty")), make("p", {}, say("questionsEmptyHelp")))] : analysis ? [drawAnalysis(question.id, page, answer)] : catalogued(page, answer, given)),
    ways(page, question, given, answer),
  );
}

function catalogued(page, answer, given) {
  const drawing = drawn(page, answer, given);
  const table = answerTable(page, answer);
  if (!drawing) return [table];
  return [drawing, make("h3", { class: "answer-rows" }, say("questionsTable")), table];
}

function drawn(page, answer, given) {
  switch (answer.drawing) {
    case "bar":
      return bars(page, answer);
    case "line":
      return lines(answer);
    case "timeline":
      return timeline(page, answer);
    case "network":
      return layers(page, answer, given);
    case "map":
      return places(page, answer);
    default:
      return null;
  }
}

/** Buttons that hand the answer over as files. */
function files(page, question, given, answer, rows) {
  const name = (ending) => `filiera-${[question.id, ...Object.values(given)].join("-").replaceAll(/[^\p{L}\p{N}-]+/gu, "-").slice(0, 80)}.${ending}`;
  const button = (label, ending, content) => make("button", { type: "button", class: "plain", "data-key": ending, onclick: () => download(name(ending), content()) }, label);
  const about = () => [
    [inLanguage(question.title)],
    ...question.fields.filter((field) => given[field.id]).map((field) => [inLanguage(field.label), given[field.id]]),
    [location.href],
    [say("tableLicence")],
  ];
  return [
    rows && button("CSV", "csv", () => new Blob([toCsv(rows)], { type: "text/csv;charset=utf-8" })),
    rows && button("Excel", "xlsx", () => toWorkbook([{ name: inLanguage(question.title), rows, filter: true }, { name: say("tableAbout"), rows: about() }])),
    button("JSON", "json", () => new Blob([`${JSON.stringify(answer, null, 2)}\n`], { type: "application/json" })),
  ].filter((part) => part !== null);
}

/** What the answer means, its SPARQL, and the same asked from elsewhere. */
function ways(page, question, given, answer) {
  const command = commandOf(question, given, language());
  return make(
    "div",
    { class: "ways" },
    answer.description && make("details", {}, make("summary", {}, say("questionsMeaning")), make("p", {}, answer.description)),
    answer.sparql && make("details", { "data-key": "sparql" }, make("summary", {}, say("questionsSparql")), code(withoutHeader(answer.sparql)), page.server !== null && make("p", {}, editorLink(page.server, withoutHeader(answer.sparql), say("questionsOpenEditor")))),
    make("details", {}, make("summary", {}, say("questionsElsewhere")), code(command), code(new URL(`${page.server ?? ""}${answerAddress(question, given, language())}`, document.baseURI).href)),
  );
}

/**
 * A link to the page on which the server lets people write SPARQL.
 * @param {string} server
 * @param {string} query what it opens with; nothing for what was there before
 * @param {string} text
 */
export function editorLink(server, query, text) {
  const fragment = query === "" ? "" : `#query=${encodeURIComponent(query)}`;
  return make("a", { href: `${server}editor?lang=${language()}${fragment}`, class: "to-editor" }, text);
}

/** The query itself, without the lines that describe it to the catalogue. */
function withoutHeader(sparql) {
  return sparql.replaceAll(/^#\+.*\n/gm, "").trim();
}

/**
 * A text to copy.
 * @param {string} text
 */
export function code(text) {
  return make("div", { class: "code" }, make("pre", { tabindex: "0" }, make("code", {}, text)), copyButton(say("questionsCopy"), () => text));
}

/**
 * @param {string} label
 * @param {() => string} text
 */
function copyButton(label, text) {
  const button = make("button", { type: "button", class: "plain copy", onclick: async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = say("questionsCopied");
    } catch {
      button.textContent = say("questionsNotCopied");
    }
    setTimeout(() => (button.textContent = label), 2500);
  } }, label);
  return button;
}
