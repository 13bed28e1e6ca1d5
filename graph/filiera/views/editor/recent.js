// What was asked before, and what is being written: kept in this browser, and nowhere else.

import { remember, remembered } from "../page/memory.js";

/** @typedef {{query: string, when: number, rows: number | null}} Asked `rows` is null where there was no answer */

const most = 30;
const longest = 20_000;

/** @returns {Asked[]} the latest first */
export function recent() {
  try {
    const list = JSON.parse(remembered("queries") ?? "[]");
    return Array.isArray(list) ? list.filter((entry) => typeof entry?.query === "string" && typeof entry.when === "number") : [];
  } catch {
    return [];
  }
}

/**
 * @param {string} query
 * @param {number | null} rows
 */
export function rememberQuery(query, rows) {
  if (query.length > longest) return;
  const others = recent().filter((entry) => entry.query !== query);
  remember("queries", JSON.stringify([{ query, when: Date.now(), rows }, ...others].slice(0, most)));
}

export function forgetQueries() {
  remember("queries", "[]");
}

export function draft() {
  return remembered("draft");
}

/** @param {string} text */
export function rememberDraft(text) {
  if (text.length <= longest) remember("draft", text);
}
