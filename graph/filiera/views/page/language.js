// The language of the page: one switch changes every word at once, without loading again.

import { remember, remembered } from "./memory.js";

/** @typedef {import("./data.js").Text} Text */

/** @typedef {Record<string, string | string[]>} Words */

let current = "it";

/** What the page says, by language; a pair is [one, many]. @type {{it: Words, en: Words}} */
let words = { it: {}, en: {} };

/** @type {(() => void)[]} */
const listeners = [];

export function language() {
  return current;
}

/**
 * Gives the page its words; before anything else is said.
 * @param {{it: Words, en: Words}} all
 * @param {string} [lang] the language, for what draws on a page that has chosen it already
 */
export function speak(all, lang = current) {
  words = all;
  current = lang;
}

/**
 * Chooses the language: the address first, then what was chosen before, then the page's own.
 * @param {string} fallback
 */
export function startLanguage(fallback) {
  const asked = new URLSearchParams(location.search).get("lang");
  current = [asked, remembered("lang"), fallback].find((lang) => lang !== null && lang in words) ?? "it";
  sayPage();
}

/** @param {string} lang */
export function changeLanguage(lang) {
  if (!(lang in words) || lang === current) return;
  current = lang;
  remember("lang", lang);
  const address = new URL(location.href);
  address.searchParams.set("lang", lang);
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // A page inside another document has no address of its own; the language changes all the same.
  }
  sayPage();
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
export function onLanguage(listener) {
  listeners.push(listener);
}

/**
 * A text of the data in the language of the page, or in the other one.
 * @param {Text | undefined} text
 * @returns {string}
 */
export function inLanguage(text) {
  if (text === undefined || text === null) return "";
  return typeof text === "string" ? text : (text[current] ?? Object.values(text)[0] ?? "");
}

/**
 * A text of the page itself. `values.n` chooses between one and many.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const entry = words[current][key];
  const pattern = Array.isArray(entry) ? entry[values.n === 1 ? 0 : 1] : entry;
  return pattern.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : values[name],
  );
}

/** @type {Map<string, Intl.NumberFormat>} making one takes long, and a table has hundreds of numbers */
const numberForms = new Map();

/** @param {number} value */
export function number(value) {
  let form = numberForms.get(current);
  if (!form) {
    form = new Intl.NumberFormat(current, { useGrouping: "always" });
    numberForms.set(current, form);
  }
  return form.format(value);
}

/** @type {Map<string, Intl.Collator>} making one takes long, and a table compares much */
const orders = new Map();

/** How texts are compared in the language of the page. */
export function inOrder() {
  const order = orders.get(current) ?? new Intl.Collator(current, { numeric: true, sensitivity: "base" });
  orders.set(current, order);
  return order;
}

/**
 * A publishing date in words: a day, a month or a year; anything else as it stands.
 * @param {string | undefined} date
 */
export function sayDate(date) {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date ?? "");
  if (!match) return date ?? "";
  const [, year, month, day] = match;
  if (!month) return year;
  return dateForm(day !== undefined).format(Date.UTC(+year, +month - 1, +(day ?? 1)));
}

/** @type {Map<string, Intl.DateTimeFormat>} making one takes long, and a card has hundreds of dates */
const dateForms = new Map();

function dateForm(withDay) {
  const key = `${current} ${withDay}`;
  let form = dateForms.get(key);
  if (!form) {
    const day = withDay ? "numeric" : undefined;
    form = new Intl.DateTimeFormat(current, { year: "numeric", month: "long", day, timeZone: "UTC" });
    dateForms.set(key, form);
  }
  return form;
}

/** Writes the words of the page into the elements that name them. */
function sayPage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(element.dataset.say);
  }
  for (const element of document.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.dataset.sayLabel));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.sayLabel);
  }
  for (const element of document.querySelectorAll("[data-say-placeholder]")) {
    element.placeholder = say(element.dataset.sayPlaceholder);
  }
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === current));
  }
}
