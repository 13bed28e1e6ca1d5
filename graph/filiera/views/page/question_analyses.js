// Which analysis is shown how, and what of it goes into a file.

import { brokers, brokerRows } from "./question_brokers.js";
import { gaps, gapRows } from "./question_gaps.js";
import { history, historyRows } from "./question_history.js";
import { partners, partnerRows, suggestions, suggestionRows } from "./question_partners.js";
import { paths, pathRows } from "./question_paths.js";
import { quality, qualityRows } from "./question_quality.js";
import { told } from "./question_told.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./table_files.js").Rows} Rows */

/** @type {Record<string, {draw: (page: Page, answer: any) => HTMLElement, rows: (answer: any) => Rows}>} */
const known = {
  gaps: { draw: gaps, rows: gapRows },
  partners: { draw: partners, rows: partnerRows },
  suggestions: { draw: suggestions, rows: suggestionRows },
  paths: { draw: paths, rows: pathRows },
  brokers: { draw: brokers, rows: brokerRows },
  history: { draw: history, rows: historyRows },
  quality: { draw: quality, rows: qualityRows },
};

/**
 * @param {string} name
 * @param {Page} page
 * @param {any} answer
 */
export function drawAnalysis(name, page, answer) {
  return (known[name]?.draw ?? told)(page, answer);
}

/**
 * Heads and rows for a file; null for an analysis that is no list.
 * @param {string} name
 * @param {any} answer
 * @returns {Rows | null}
 */
export function analysisRows(name, answer) {
  return known[name]?.rows(answer) ?? null;
}
