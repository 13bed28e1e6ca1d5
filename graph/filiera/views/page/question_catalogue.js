// What can be asked: the analyses and the questions of the catalogue, with their fields.

import { inLanguage } from "./language.js";
import { folded } from "./folding.js";

/** @typedef {import("./data.js").Text} Text */

/**
 * A field of a form. `type` is a kind of thing, `date`, `integer`, `number`, `text`, `yes-no`,
 * `need`, `organisations` or `concept:<scheme>`.
 * @typedef {{id: string, label: Text, type: string, default?: string, example?: string, needed?: boolean, option?: string}} Field
 */

/**
 * A question: of the catalogue with a topic and a drawing, else an analysis.
 * @typedef {{id: string, title: Text, about: Text, topic?: string, drawing?: string, fields: Field[]}} Question
 */

/** The groups of the list, in their order. */
export const topics = Object.freeze(["analyses", "members", "chains", "organisations", "ties", "events", "sources", "other"]);

/**
 * @param {any[] | undefined} raw
 * @returns {Question[]}
 */
export function readQuestions(raw) {
  return (raw ?? []).map((question) => ({ about: "", ...question, fields: question.fields ?? [] }));
}

/** @param {Question} question */
export function isAnalysis(question) {
  return question.topic === undefined;
}

/** @param {Question} question */
export function topicOf(question) {
  const topic = question.topic ?? "analyses";
  return topics.includes(topic) ? topic : "other";
}

/**
 * The questions that hold all of the words, in titles, descriptions and labels of fields.
 * @param {Question[]} questions
 * @param {string} words
 */
export function matching(questions, words) {
  const tokens = folded(words).split(" ").filter(Boolean);
  return questions.filter((question) => {
    const text = folded([question.title, question.about, question.id, ...question.fields.map((field) => field.label)].map(inLanguage).join(" "));
    return tokens.every((token) => text.includes(token));
  });
}

/**
 * What a question is asked with: what is given, else the defaults; nothing empty.
 * @param {Question} question
 * @param {Record<string, string>} given
 */
export function filled(question, given) {
  const values = Object.fromEntries(question.fields.map((field) => [field.id, field.default ?? ""]));
  return Object.fromEntries(Object.entries({ ...values, ...given }).filter(([, value]) => value !== ""));
}

/**
 * The fields that are needed and not given.
 * @param {Question} question
 * @param {Record<string, string>} given
 */
export function missing(question, given) {
  const values = filled(question, given);
  return question.fields.filter((field) => field.needed && !values[field.id]);
}

/**
 * The command that asks the same in a terminal.
 * @param {Question} question
 * @param {Record<string, string>} given
 * @param {string} lang
 */
export function commandOf(question, given, lang) {
  const values = filled(question, given);
  const words = isAnalysis(question) ? [question.id, ...question.fields.flatMap((field) => optionOf(field, values[field.id]))] : asked(question, values);
  return ["filiera", ...words, "--lang", lang].join(" ");
}

function asked(question, values) {
  return ["ask", question.id, ...Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`)];
}

function optionOf(field, value) {
  if (value === undefined || value === field.default) return [];
  if (field.type === "yes-no") return value === "yes" ? [field.option] : [field.option.replace("--", "--no-")];
  const parts = field.type === "organisations" ? value.split(";").map((part) => part.trim()) : [value];
  return parts.filter(Boolean).flatMap((part) => (field.option ? [field.option, quoted(part)] : [quoted(part)]));
}

/** As a POSIX shell takes it. */
function quoted(value) {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * The address of the answer, relative to the page.
 * @param {Question} question
 * @param {Record<string, string>} given
 * @param {string} lang
 */
export function answerAddress(question, given, lang) {
  const query = new URLSearchParams({ ...filled(question, given), lang });
  return `${isAnalysis(question) ? "answers" : "ask"}/${encodeURIComponent(question.id)}?${query}`;
}
