// What is said in the middle of the map when there is nothing to see, and the short notice above it.

import { onLanguage, say } from "./language.js";

const one = (selector) => document.querySelector(selector);

/** @type {string | null} */
let reason = null;

onLanguage(writeMessage);

/**
 * Shows why there is nothing to see; null takes the message away.
 * @param {"loading" | "broken" | "noAnswer" | "unreachable" | "refused" | "emptyGraph" | "nothingShown" | null} why
 */
export function message(why) {
  reason = why;
  one("#message").hidden = why === null;
  one("#message-all").hidden = why !== "nothingShown";
  one("#message-again").hidden = !["noAnswer", "unreachable", "refused"].includes(why ?? "");
  one("#message-slow")?.remove();
  one("#message").classList.toggle("loading", why === "loading");
  one("#stage").setAttribute("aria-busy", String(why === "loading"));
  writeMessage();
}

function writeMessage() {
  one("#message-title").textContent = reason === null ? "" : say(reason);
  one("#message-help").textContent = reason === null ? "" : say(`${reason}Help`);
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
