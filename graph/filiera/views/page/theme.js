// Light and dark. The palette stands in theme.css; the canvas reads it from there.

import { say } from "./language.js";
import { remember, remembered } from "./memory.js";

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** @type {(() => void)[]} */
const listeners = [];

/** @type {Record<string, string>} */
let palette = {};

const names = ["ground", "ink", "quiet", "edge", "edge-strong", "sea", "land", "land-far", "border", "hue-0", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5"];

/** The theme: the address first, then what was chosen before, then what the system asks for. */
export function startTheme() {
  const asked = new URLSearchParams(location.search).get("theme");
  const chosen = asked === "light" || asked === "dark" ? asked : remembered("theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  readPalette();
  prefersDark.addEventListener("change", refresh);
  addEventListener("beforeprint", () => paintAs("light"));
  addEventListener("afterprint", () => paintAs(null));
}

export function isDark() {
  return (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
}

export function switchTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  remember("theme", root.dataset.theme);
  const address = new URL(location.href);
  address.searchParams.set("theme", root.dataset.theme);
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // A page inside another document has no address of its own; the theme changes all the same.
  }
  refresh();
}

/** What the theme switch does next, in words. */
export function themeLabel() {
  return say(isDark() ? "toLight" : "toDark");
}

/**
 * A colour of the palette, as the canvas takes it.
 * @param {string} name
 */
export function colour(name) {
  return palette[name];
}

/** @param {() => void} listener */
export function onTheme(listener) {
  listeners.push(listener);
}

/** Reads the palette anew and has everything drawn with it. */
export function refresh() {
  readPalette();
  for (const listener of listeners) listener();
}

/** Custom properties are not resolved by the style system; a colour that uses them is. */
function readPalette() {
  const probe = document.createElement("span");
  document.body.append(probe);
  palette = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    palette[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

/** @type {string | undefined} */
let themeBeforePrint;

/** @param {string | null} theme */
function paintAs(theme) {
  if (theme) {
    themeBeforePrint = root.dataset.theme;
    root.dataset.theme = theme;
  } else if (themeBeforePrint) {
    root.dataset.theme = themeBeforePrint;
  } else {
    delete root.dataset.theme;
  }
  refresh();
}
