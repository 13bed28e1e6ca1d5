// The questions: a list to choose from, and one question with its form and its answer.

import { make } from "./dom.js";
import { inLanguage, language, say } from "./language.js";
import { announce } from "./messages.js";
import { code, drawAnswer, editorLink } from "./question_answer.js";
import { ask, NoAnswer, stopAsking } from "./question_asking.js";
import { answerAddress, commandOf, filled, isAnalysis, matching, missing, topicOf, topics } from "./question_catalogue.js";
import { chainLink } from "./question_links.js";
import { QuestionForm } from "./question_form.js";
import { change, state } from "./state.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./question_catalogue.js").Question} Question */
/** @typedef {import("./views.js").View} View */

/** @implements {View} */
export class QuestionsView {
  /**
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.words = "";
    this.turn = 0;
    /** @type {QuestionForm | null} */
    this.form = null;
    /** @type {HTMLElement} */
    this.answer = make("section");
    element.classList.add("questions-view");
  }

  show() {
    this.#draw();
  }

  hide() {
    stopAsking();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (changed.has("question")) {
      this.#draw();
      this.element.scrollTop = 0;
      this.element.querySelector("h2")?.focus({ preventScroll: true });
    } else if (changed.has("parameters") || changed.has("language")) this.#draw();
    else if (changed.has("moment") && this.form) this.#draw(this.form.values, false);
  }

  /** The question that is open; null for the list. */
  get question() {
    return this.page.questions.find((question) => question.id === state.question) ?? null;
  }

  /**
   * @param {Record<string, string>} values what stands in the form
   * @param {boolean} again whether the answer is to be drawn too
   */
  #draw(values = state.parameters, again = true) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = focused && this.element.contains(focused) ? focused.dataset.key || focused.id : null;
    const { question } = this;
    this.form = null;
    if (question === null) this.element.replaceChildren(this.#list());
    else this.#one(question, values, again);
    if (key) this.element.querySelector(`[data-key="${CSS.escape(key)}"], #${CSS.escape(key)}`)?.focus({ preventScroll: true });
  }

  // The list ---------------------------------------------------------------------------------

  #list() {
    const results = make("div", { class: "questions-topics" });
    const count = make("p", { class: "unseen", role: "status" });
    const fill = () => {
      const found = matching(this.page.questions, this.words);
      results.replaceChildren(...topics.flatMap((topic) => topicPart(topic, found.filter((question) => topicOf(question) === topic), (question) => this.#open(question))));
      if (found.length === 0) results.append(make("div", { class: "answer-empty" }, make("h3", {}, say("noMatch", { query: this.words.trim() })), make("p", {}, say("questionsNoMatchHelp"))));
      count.textContent = this.words.trim() === "" ? "" : say("questionsMatching", { n: found.length });
    };
    fill();
    const search = /** @type {HTMLInputElement} */ (
      make("input", {
        id: "questions-search",
        type: "search",
        autocomplete: "off",
        value: this.words,
        placeholder: say("questionsSearch"),
        "aria-label": say("questionsSearch"),
        oninput: () => {
          this.words = search.value;
          fill();
        },
      })
    );
    return make(
      "div",
      { class: "questions-page" },
      make("header", { class: "questions-head" }, make("h2", { tabindex: "-1" }, say("questionsTitle")), make("p", { class: "lead" }, say(this.page.server === null ? "questionsLeadFile" : "questionsLead"), ...(this.page.server === null ? [] : [" ", editorLink(this.page.server, "", say("questionsEditor"))])), state.question !== null && make("p", { class: "notice-line" }, say("questionsUnknown", { name: state.question })), search, count),
      results,
    );
  }

  /**
   * Opens a question with what the page already knows: the date of the slider, the selection.
   * @param {Question} question
   */
  #open(question) {
    /** @type {Record<string, string>} */
    const parameters = {};
    if (state.moment !== null && question.fields.some((field) => field.id === "at")) parameters.at = this.page.moments[state.moment].date;
    const about = question.fields.find((field) => ["organisation", "thing"].includes(field.type) && (field.needed || ["organisation", "about", "a"].includes(field.id)));
    if (state.selected && about) parameters[about.id] = state.selected.id;
    change({ question: question.id, parameters: this.page.server === null ? parameters : filled(question, parameters) });
  }

  // One question -----------------------------------------------------------------------------

  #one(question, values, again) {
    const slider = state.moment === null ? null : this.page.moments[state.moment].date;
    this.form = new QuestionForm(question, this.page, values, {
      slider,
      submit: say(this.page.server === null ? "questionsMakeCommand" : "questionsAsk"),
      ask: (given) => this.#asked(question, given),
      typed: (given) => this.page.server === null && this.#offline(question, given),
    });
    const head = make(
      "header",
      { class: "questions-head" },
      make("button", { type: "button", class: "text-button back", "data-key": "back", onclick: () => change({ question: null, parameters: {} }) }, `‹ ${say("questionsAll")}`),
      make("h2", { tabindex: "-1" }, inLanguage(question.title)),
      make("p", { class: "lead" }, inLanguage(question.about)),
    );
    if (again) this.answer = make("section", { class: "answer", "aria-label": say("questionsAnswer") });
    this.element.replaceChildren(make("div", { class: "questions-page one" }, head, this.form.element, this.answer));
    if (!again) return;
    if (this.page.server === null) this.#offline(question, filled(question, state.parameters));
    else if (missing(question, state.parameters).length === 0) this.#answer(question, state.parameters);
    else this.answer.replaceChildren(make("p", { class: "quiet" }, say("questionsFill")));
  }

  /** Asks with what stands in the form; the address then holds it. */
  #asked(question, given) {
    const lacking = missing(question, given);
    if (lacking.length > 0) {
      this.form?.lack(lacking);
      return;
    }
    const parameters = this.page.server === null ? given : filled(question, given);
    if (JSON.stringify(parameters) === JSON.stringify(state.parameters)) this.#draw();
    else change({ parameters });
  }

  async #answer(question, given) {
    const turn = ++this.turn;
    const { answer } = this;
    const parameters = filled(question, given);
    const current = () => turn === this.turn && answer === this.answer;
    answer.setAttribute("aria-busy", "true");
    answer.replaceChildren(waiting());
    try {
      const told = await ask(`${this.page.server}${answerAddress(question, given, language())}`);
      if (!current()) return;
      answer.replaceChildren(drawAnswer(this.page, question, parameters, told));
      announce(isAnalysis(question) ? say("questionsAnswered") : say("questionsRows", { n: told.rows.length }));
    } catch (error) {
      if (!current()) return;
      if (!(error instanceof NoAnswer)) throw error;
      answer.replaceChildren(this.#trouble(question, error));
    } finally {
      if (current()) answer.removeAttribute("aria-busy");
    }
  }

  /** @param {Question} question @param {NoAnswer} error */
  #trouble(question, error) {
    const retry = error.trouble !== "refused" && error.trouble !== "unknown";
    return make(
      "div",
      { class: "answer-trouble", role: "alert" },
      make("h3", {}, say(`questionsTrouble_${error.trouble}`)),
      make("p", {}, say(`questionsTroubleHelp_${error.trouble}`)),
      error.message !== "" && make("p", { class: "server-said", lang: "en" }, error.message),
      retry && make("button", { type: "button", class: "plain", "data-key": "again", onclick: () => this.#answer(question, state.parameters) }, say("questionsAgain")),
    );
  }

  /** What a page without a server can do: the commands that give the answer, and the views that hold part of it. */
  #offline(question, given) {
    const lacking = missing(question, given);
    const example = Object.fromEntries(lacking.map((field) => [field.id, field.example || "…"]));
    const views = viewsFor(this.page, question, given);
    this.answer.replaceChildren(
      make(
        "div",
        { class: "offline" },
        make("h3", {}, say("questionsOffline")),
        make("p", {}, say("questionsOfflineHelp")),
        code(commandOf(question, { ...example, ...given }, language())),
        make("p", {}, say("questionsServe")),
        code("filiera serve --open"),
        views.length > 0 && make("section", {}, make("h3", {}, say("questionsHere")), make("ul", {}, ...views.map((link) => make("li", {}, link)))),
      ),
    );
  }
}

/**
 * @param {string} topic
 * @param {Question[]} questions
 * @param {(question: Question) => void} open
 */
function topicPart(topic, questions, open) {
  if (questions.length === 0) return [];
  return [
    make(
      "section",
      { "data-topic": topic },
      make("h3", {}, say(`questionsTopic_${topic}`)),
      make("ul", {}, ...questions.map((question) => make("li", {}, make("button", { type: "button", class: "question-card", "data-key": question.id, onclick: () => open(question) }, make("strong", {}, inLanguage(question.title)), make("span", {}, inLanguage(question.about)))))),
    ),
  ];
}

/** The views of this page that hold part of an answer. */
function viewsFor(page, question, given) {
  const links = [];
  const chain = page.chains.find((each) => each.id === given.chain);
  if (question.fields.some((field) => field.type === "chain" || field.type === "stage") && page.chains.length > 0) {
    links.push(chain ? chainLink(chain.id, null, say("questionsOpenChain", { chain: inLanguage(chain.label) })) : make("a", { href: "#/chain" }, say("questionsSeeChain")));
  }
  if (page.history && (question.id === "history" || ["events", "members"].includes(question.topic ?? ""))) links.push(make("a", { href: "#/time" }, say("questionsOpenTime")));
  if (question.drawing === "map") links.push(make("a", { href: "#/map" }, say("questionsSeeMap")));
  if (question.topic === "organisations" || question.topic === "members" || question.id === "partners") links.push(make("a", { href: "#/table" }, say("questionsSeeTable")));
  if (question.topic === "ties" || question.id === "paths" || question.id === "brokers") links.push(make("a", { href: "#/network" }, say("questionsSeeNetwork")));
  return links;
}

function waiting() {
  return make(
    "div",
    { class: "answer-waiting" },
    make("p", { role: "status" }, say("questionsWaiting")),
    make("div", { class: "skeleton", "aria-hidden": "true" }, make("span"), make("span"), make("span"), make("span")),
  );
}
