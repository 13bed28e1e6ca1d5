// What is said in the middle of the map when there is nothing to see, and the short notice above it.

import { onLanguage, say } from "./language.js";

const one = (selector) => document.querySelector(selector);

/** @type {string | null} */
let reason = null;

onLanguage(writeMessage);

/**
 * Shows why there is nothing to see; null takes the message away.
 * @param {"broken" | "emptyGraph" | "nothingShown" | null} why
 */
export function message(why) {
  reason = why;
  one("#message").hidden = why === null;
  one("#message-all").hidden = why !== "nothingShown";
  writeMessage();
}

function writeMessage() {
  if (reason === null) return;
  one("#message-title").textContent = say(reason);
  one("#message-help").textContent = say(`${reason}Help`);
}

/**
 * A short notice; an empty one takes it away.
 * @param {string} text
 */
export function notice(text) {
  one("#notice").textContent = text;
  one("#notice").hidden = text === "";
}

/**
 * Tells a screen reader.
 * @param {string} text
 */
export function announce(text) {
  one("#announce").textContent = text;
}
