// What comes below the query: that it runs, what went wrong, or the answer with its views and files.

import { make } from "../page/dom.js";
import { download } from "../page/download.js";
import { number, say } from "../page/language.js";
import { drawChart, isMeasured } from "./answer_chart.js";
import { drawNetwork, endsOf } from "./answer_network.js";
import { AnswerTable } from "./answer_table.js";
import { asked, NoAnswer } from "./asking.js";
import { harmless } from "./cell.js";
import { readAnswer } from "./reading.js";

/** @typedef {import("./asking.js").Reply} Reply */
/** @typedef {import("./reading.js").Answer} Answer */

const rowFormats = { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: ["application/sparql-results+json", "srj"], XML: ["application/sparql-results+xml", "srx"] };
const graphFormats = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"], "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] };

/** More characters than this are shown raw in part only; the files have all. */
const mostRaw = 300_000;

export const views = Object.freeze(["table", "chart", "network", "raw"]);

/** The part of the page that shows answers. */
export class AnswerPart {
  /**
   * @param {HTMLElement} element
   * @param {{endpoint: string, network: string, labels: import("./labels.js").Labels, view: () => string, onView: (view: string) => void, onPlace: (place: {line: number, column: number}) => void, onAgain: () => void}} how
   *   `network` is the address of the script that draws networks
   */
  constructor(element, how) {
    this.element = element;
    this.how = how;
    this.query = "";
    /** @type {() => void} draws what is there again, in the language that is now chosen */
    this.again = () => this.#nothing();
    /** @type {AnswerTable | null} */
    this.table = null;
    this.again();
  }

  #nothing() {
    this.element.replaceChildren(make("div", { class: "answer-empty" }, make("h2", {}, say("emptyTitle")), make("p", {}, say("emptyHelp"))));
  }

  /** That the query runs, and how to stop it. @param {() => void} stop */
  wait(stop) {
    this.element.setAttribute("aria-busy", "true");
    this.again = () => {
      const clock = make("span", { class: "clock" });
      const start = performance.now();
      const tick = () => {
        if (!clock.isConnected) return;
        clock.textContent = say("seconds", { n: Math.floor((performance.now() - start) / 1000) });
        setTimeout(tick, 500);
      };
      this.element.replaceChildren(make("div", { class: "answer-waiting" }, make("p", { role: "status" }, say("running")), clock, make("button", { type: "button", id: "stop", class: "plain", onclick: stop }, say("stop"))));
      tick();
    };
    this.again();
  }

  /** What went wrong. @param {NoAnswer} error */
  fail(error) {
    this.element.setAttribute("aria-busy", "false");
    this.again = () => {
      const place = error.place;
      this.element.replaceChildren(
        make(
          "div",
          { class: "answer-trouble", role: "alert", "data-trouble": error.trouble },
          make("h2", {}, say(`trouble_${error.trouble}`)),
          make("p", {}, say(`trouble_${error.trouble}Help`)),
          error.message !== "" && make("pre", { class: "server-said", lang: "en", tabindex: "0" }, harmless(error.message)),
          place && make("button", { type: "button", class: "plain", onclick: () => this.how.onPlace(place) }, say("goTo", place)),
          error.trouble === "away" && make("button", { type: "button", class: "plain", onclick: () => this.how.onAgain() }, say("again")),
        ),
      );
    };
    this.again();
  }

  /**
   * An answer.
   * @param {string} query
   * @param {Reply} reply
   */
  show(query, reply) {
    let answer;
    try {
      answer = readAnswer(reply.type, reply.text);
    } catch (error) {
      this.fail(new NoAnswer("failed", String(error)));
      return null;
    }
    this.query = query;
    this.element.setAttribute("aria-busy", "false");
    const known = answer;
    this.again = () => this.#draw(known, reply);
    this.again();
    return answer.kind === "truth" ? 1 : answer.rows.length;
  }

  /** @param {Answer} answer @param {Reply} reply */
  #draw(answer, reply) {
    const time = say("took", { ms: number(Math.max(1, Math.round(reply.ms))), kb: number(Math.max(1, Math.round(reply.bytes / 1024))) });
    const counted = answer.kind === "truth" ? say(answer.value ? "truthYes" : "truthNo") : say(answer.kind === "triples" ? "nTriples" : "nRows", { n: answer.rows.length });
    const panel = make("div", { class: "answer-view", id: "answer-view", role: "tabpanel" });
    const offered = this.#offered(answer);
    const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": say("answerViews") });
    const open = (view, focus = false) => {
      tabs.replaceChildren(
        ...offered.map((name) =>
          make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "answer-view", "aria-selected": String(name === view), tabindex: name === view ? "0" : "-1", onclick: () => choose(name) }, say(`view_${name}`)),
        ),
      );
      if (focus) tabs.querySelector(`#tab-${view}`)?.focus();
      panel.setAttribute("aria-labelledby", `tab-${view}`);
      this.#fill(panel, view, answer, reply);
    };
    const choose = (name) => {
      this.how.onView(name);
      open(name, true);
    };
    tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const now = offered.findIndex((name) => tabs.querySelector(`#tab-${name}`)?.getAttribute("aria-selected") === "true");
      choose(offered[(now + step + offered.length) % offered.length]);
      event.preventDefault();
    });
    this.element.replaceChildren(
      make("div", { class: "answer-head" }, make("p", { class: "answer-told", role: "status" }, make("strong", {}, counted), make("span", {}, ` · ${time}`)), tabs, this.#files(answer)),
      panel,
    );
    const wished = this.how.view();
    open(offered.includes(wished) ? wished : offered[0]);
  }

  /** @param {Answer} answer */
  #offered(answer) {
    if (answer.kind === "truth") return ["raw"];
    if (answer.rows.length === 0) return ["table", "raw"];
    return views.filter((view) => view === "table" || view === "raw" || (view === "chart" ? isMeasured(answer) : endsOf(answer) !== null));
  }

  /** @param {HTMLElement} panel @param {string} view @param {Answer} answer @param {Reply} reply */
  #fill(panel, view, answer, reply) {
    this.table = null;
    panel.dataset.view = view;
    if (view === "raw" || answer.kind === "truth") panel.replaceChildren(...rawParts(reply));
    else if (answer.rows.length === 0) panel.replaceChildren(make("div", { class: "answer-empty" }, make("h2", {}, say("noRows")), make("p", {}, say("noRowsHelp"))));
    else if (view === "chart") drawChart(panel, answer, this.how.labels);
    else if (view === "network") {
      panel.replaceChildren(make("p", { class: "quiet" }, say("networkWaiting")));
      drawNetwork(panel, answer, this.how.labels, this.how.network).catch((error) => {
        console.error(error);
        panel.replaceChildren(make("p", { class: "quiet" }, say("networkBroken")));
      });
    } else this.table = new AnswerTable(panel, answer, this.how.labels);
  }

  /** Buttons that ask the endpoint for the same in a format, and hand it over as a file. @param {Answer} answer */
  #files(answer) {
    const formats = answer.kind === "triples" ? graphFormats : rowFormats;
    const { query } = this;
    const said = make("span", { role: "status", class: "quiet" });
    const button = (name, type, ending) =>
      make("button", { type: "button", class: "plain", onclick: async () => {
        said.textContent = "";
        try {
          const { text } = await asked(this.how.endpoint, query, type);
          download(`filiera.${ending}`, new Blob([text], { type }));
        } catch (error) {
          said.textContent = error instanceof NoAnswer ? error.message || say(`trouble_${error.trouble}`) : String(error);
        }
      } }, name);
    return make("div", { class: "files", role: "group", "aria-label": say("files") }, make("span", { class: "quiet", "aria-hidden": "true" }, say("files")), ...Object.entries(formats).map(([name, [type, ending]]) => button(name, type, ending)), said);
  }
}

/** The answer as it came. @param {Reply} reply */
function rawParts({ text, type }) {
  let whole = text;
  try {
    if (type.endsWith("json") && text.length < mostRaw) whole = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Then it is shown as it came.
  }
  return [make("pre", { class: "raw", tabindex: "0" }, harmless(whole.slice(0, mostRaw))), ...(whole.length > mostRaw ? [make("p", { class: "quiet" }, say("rawRest"))] : [])];
}
