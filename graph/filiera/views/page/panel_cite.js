// How the card is cited: a sentence with its address, to be copied.

import { isServed } from "./delivery.js";
import { make } from "./dom.js";
import { inLanguage, language, say, sayDate } from "./language.js";
import { announce } from "./messages.js";

/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./data.js").Page} Page */

/**
 * The sentence and a button that copies it; nothing where the data has no address of its own.
 * @param {Thing} thing
 * @param {Page} page
 * @returns {HTMLElement | null}
 */
export function citePart(thing, page) {
  const sentence = citationOf(thing, page);
  if (!sentence) return null;
  const place = make("p", { class: "citation" }, sentence);
  const button = make("button", { type: "button", class: "text-button", "data-key": "cite", onclick: () => copy(sentence, place, button) }, say("cardCopy"));
  return make(
    "section",
    { class: "group", "data-group": "cite" },
    make("h3", {}, say("cardCite")),
    place,
    make("p", { class: "panel-actions" }, button, ownPage(thing)),
  );
}

/**
 * The page that the server has of a thing alone.
 * @param {Thing} thing
 */
export function ownPage(thing) {
  if (!isServed()) return null;
  const path = thing.id.split("/").map(encodeURIComponent).join("/");
  return make("a", { class: "own-page", href: `/page/id/${path}?lang=${language()}` }, say("cardOwnPage"));
}

function citationOf(thing, page) {
  const { base, publisher, collected, licence } = page.cite ?? {};
  if (!base) return "";
  return say("cardCitation", {
    publisher: publisher ? `${publisher}, ` : "",
    name: inLanguage(thing.label),
    title: inLanguage(page.title),
    collected: collected ? say("cardCollected", { day: sayDate(collected) }) : "",
    iri: `${base}${thing.id}`,
    day: sayDate(new Date().toISOString().slice(0, 10)),
    licence: licence ? say("cardLicence", { name: licence }) : "",
  });
}

/** Where the browser forbids copying, the text is left selected. */
async function copy(sentence, place, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(sentence);
  } catch {
    done = false;
    getSelection()?.selectAllChildren(place);
  }
  const said = say(done ? "cardCopied" : "cardNotCopied");
  announce(said);
  button.textContent = said;
}
