// Starts the SPARQL page: puts query, side and answer together, and follows address, language and theme.

import { make } from "../page/dom.js";
import { changeLanguage, onLanguage, say, speak, startLanguage } from "../page/language.js";
import { isDark, onTheme, startTheme, switchTheme, themeLabel } from "../page/theme.js";
import { AnswerPart, views } from "./answer_part.js";
import { asked, NoAnswer, readable } from "./asking.js";
import { Help } from "./help.js";
import { Labels } from "./labels.js";
import { QueryText } from "./query_text.js";
import { draft, rememberDraft, rememberQuery } from "./recent.js";
import { askedFor, fragmentOf } from "./sharing.js";
import { isNarrow, Side } from "./side.js";
import { loadTerms } from "./terms.js";
import { words } from "./words.js";

const root = document.documentElement;
const one = (selector) => document.querySelector(selector);

const first = `SELECT ?member ?name
WHERE {
  ?member fil:memberOf id:clust-er-mech ;
    skos:prefLabel ?name .
}
ORDER BY ?name
`;

start();

async function start() {
  speak(words);
  startLanguage(root.lang);
  startTheme();
  const { endpoint, terms, network } = /** @type {Record<string, string>} */ ({ ...root.dataset });
  let view = "table";
  /** @type {AbortController | null} the query that runs */
  let running = null;

  const wanted = await askedFor(location);
  if (wanted.view !== null && views.includes(wanted.view)) view = wanted.view;

  const labels = new Labels(endpoint);
  const help = new Help();
  const text = new QueryText(one("#query"), wanted.query ?? draft() ?? first, {
    run: () => run(),
    help: () => help.open(),
    changed: () => rememberDraft(text.value),
    mistake: (said) => write(one("#mistake"), said),
    told: (meaning) => write(one("#term-help"), meaning),
  });
  const answer = new AnswerPart(one("#answer"), {
    endpoint,
    network,
    labels,
    view: () => view,
    onView: (name) => {
      view = name;
      writeAddress(answer.query);
    },
    onPlace: (place) => text.markPlace(place),
    onAgain: () => run(),
  });
  const side = new Side(one("#side"), {
    take: (query) => {
      text.value = query;
      side.unfold(false);
      // In the text, the keys of a phone would come up and cover the answer.
      if (isNarrow()) one("#query-part").focus();
      else text.focus();
      one("#query-part").scrollIntoView({ block: isNarrow() ? "start" : "nearest" });
      run();
    },
    insert: (term) => text.insert(term),
  });

  async function run() {
    running?.abort();
    const stop = new AbortController();
    running = stop;
    const query = text.value;
    answer.wait(() => stop.abort());
    one("#run").disabled = true;
    let rows = null;
    try {
      const reply = await asked(endpoint, query, readable, stop.signal);
      if (running !== stop) return;
      rows = answer.show(query, reply);
      await writeAddress(query);
    } catch (error) {
      if (running !== stop) return;
      if (!(error instanceof NoAnswer)) throw error;
      answer.fail(error);
      if (error.place) text.markPlace(error.place);
    } finally {
      if (running === stop) {
        running = null;
        one("#run").disabled = false;
        rememberQuery(query, rows);
        if (side.tab === "recent") side.draw();
      }
    }
  }

  /** The address holds what was asked, so that it can be sent on as it is. */
  async function writeAddress(query) {
    const address = new URL(location.href);
    address.searchParams.delete("query");
    address.hash = await fragmentOf(query, view);
    history.replaceState(history.state, "", address);
  }

  one("#run").addEventListener("click", () => run());
  one("#format").addEventListener("click", () => text.format());
  one("#copy-link").addEventListener("click", async (event) => {
    await writeAddress(text.value);
    try {
      await navigator.clipboard.writeText(location.href);
      flash(event.target, say("copied"));
    } catch {
      flash(event.target, say("notCopied"));
    }
  });
  one("#help-open").addEventListener("click", () => help.open());
  one("#theme").addEventListener("click", switchTheme);
  for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => changeLanguage(button.dataset.lang));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && running && !document.querySelector("dialog[open]")) running.abort();
    const isWriting = event.target instanceof HTMLElement && event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "F1" || (event.key === "?" && !isWriting)) {
      event.preventDefault();
      help.open();
    }
  });
  addEventListener("hashchange", async () => {
    const { query } = await askedFor(location);
    if (query === null || query === answer.query) return;
    text.value = query;
    run();
  });
  onLanguage(() => {
    sayFrame();
    text.reread();
    answer.again();
  });
  onTheme(sayFrame);
  sayFrame();

  try {
    await loadTerms(terms);
    side.draw();
    text.reread();
  } catch (error) {
    console.error(error);
    one("#side").replaceChildren(make("p", { class: "quiet" }, say("sideBroken")));
  }
  root.dataset.ready = "";
  if (wanted.query !== null) run();
  else if (!isNarrow()) text.focus();
}

/** What the frame says besides what its elements name: the title of the data set, the switch of the theme. */
function sayFrame() {
  const title = root.dataset[`title${root.lang === "it" ? "It" : "En"}`] ?? "";
  const home = one("#home");
  home.textContent = title;
  home.setAttribute("aria-label", say("toMap", { title }));
  document.title = `${say("title")} · ${title}`;
  const theme = one("#theme");
  theme.setAttribute("aria-label", themeLabel());
  theme.setAttribute("aria-pressed", String(isDark()));
  theme.title = themeLabel();
}

/** Writes what is said to a screen reader only when it is something else. */
function write(element, said) {
  if (element.textContent !== said) element.textContent = said;
}

/** Says for a moment, on a button, what became of a click. */
function flash(button, said) {
  const before = button.textContent;
  button.textContent = said;
  setTimeout(() => (button.textContent = before), 2500);
}
