// The help: all keys, what the marks mean, where the facts come from.

import { make } from "./dom.js";
import { inLanguage, onLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";

/** @typedef {import("./data.js").Page} Page */

/** Marks of which each has its shape; the chain has marks of its own, which chain.css draws. */
const statuses = ["covered", "one", "risk", "outside", "nobody"];

export class Help {
  /**
   * @param {Page} page
   * @param {number} views how many there are
   */
  constructor(page, views) {
    this.page = page;
    this.views = views;
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", { id: "help", "aria-labelledby": "help-title" }));
    document.body.append(this.dialog);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.dialog.replaceChildren());
    const button = document.querySelector("#help-open");
    button.addEventListener("click", () => this.open());
    button.hidden = false;
    onLanguage(() => {
      if (this.dialog.open) this.#fill();
    });
  }

  open() {
    if (this.dialog.open) return;
    this.#fill();
    this.dialog.showModal();
    this.dialog.querySelector("h2")?.focus();
  }

  #fill() {
    const close = make("button", { type: "button", class: "icon", "aria-label": say("helpClose"), title: say("helpClose"), onclick: () => this.dialog.close() }, cross());
    this.dialog.replaceChildren(
      make(
        "div",
        { class: "help-page" },
        make("div", { class: "help-head" }, make("h2", { id: "help-title", tabindex: "-1" }, say("helpTitle")), close),
        make("div", { class: "help-parts" }, this.#keys(), this.#marks(), this.#facts()),
      ),
    );
  }

  #keys() {
    const row = (keys, word) => make("div", {}, make("dt", {}, ...keys.map((key) => (key === "–" ? key : make("kbd", {}, key)))), make("dd", {}, say(word)));
    return make(
      "section",
      {},
      make("h3", {}, say("helpKeys")),
      make(
        "dl",
        { class: "help-keys" },
        row(["/"], "keySearch"),
        row(["1", "–", `${this.views}`], "keyViews"),
        row([say("keyNames_arrows")], "keyArrows"),
        row([say("keyNames_enter")], "keyEnter"),
        row([say("keyNames_escape")], "keyEscape"),
        row(["f"], "keyFit"),
        row(["+", "−"], "keyZoom"),
        row(["e"], "keyExpand"),
        row([say("keyNames_shift")], "keyPath"),
        row(["b"], "keySide"),
        row(["?"], "keyHelp"),
      ),
      make("p", { class: "help-note" }, say("helpKeysNote")),
    );
  }

  #marks() {
    const kind = this.page.kinds[0] ?? { shape: "dot", colour: 0 };
    const row = (picture, word) => make("li", {}, picture, make("span", {}, say(word)));
    return make(
      "section",
      {},
      make("h3", {}, say("helpMarks")),
      make(
        "ul",
        { class: "help-marks" },
        row(shapePicture(kind), "markMember"),
        row(shapePicture(kind, false), "markOther"),
        row(make("span", { class: "line", "aria-hidden": "true" }), "markLine"),
        row(make("span", { class: "help-disagree", "aria-hidden": "true" }, "≠"), "markDisagree"),
      ),
      ...(this.page.chains.length === 0
        ? []
        : [
            make("h4", {}, say("view_chain")),
            make(
              "ul",
              { class: "help-marks" },
              ...statuses.map((status) =>
                make(
                  "li",
                  { "data-status": status },
                  make("span", { class: "status-mark", "aria-hidden": "true" }),
                  make("span", {}, `${say(`status_${status}`)}: ${say(`statusHelp_${status}`)}`),
                ),
              ),
            ),
          ]),
      this.page.moments.length > 1 && make("p", { class: "help-note" }, say("helpTime")),
    );
  }

  #facts() {
    const { facts, sources } = this.page.counts;
    return make(
      "section",
      {},
      make("h3", {}, say("helpFacts")),
      make("p", {}, inLanguage(this.page.subtitle)),
      make("p", {}, say("helpFactsText")),
      make("p", {}, say("helpUnknown")),
      make("p", {}, say("helpCounts", { facts: say("nFacts", { n: facts }), sources: say("nSources", { n: sources }) })),
      make("p", {}, say("helpLicence")),
    );
  }
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "m5.5 5.5 9 9m0-9-9 9");
  svg.append(path);
  return svg;
}
