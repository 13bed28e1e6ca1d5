// The help: keys, and what is particular about asking here.

import { make } from "../page/dom.js";
import { onLanguage, say } from "../page/language.js";

/** The dialog of the page. */
export class Help {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", { id: "help", "aria-labelledby": "help-title" }));
    document.body.append(this.dialog);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    onLanguage(() => this.dialog.open && this.#fill());
  }

  open() {
    if (this.dialog.open) return;
    this.#fill();
    this.dialog.showModal();
    this.dialog.querySelector("h2")?.focus();
  }

  #fill() {
    const row = (keys, word) => make("div", {}, make("dt", {}, ...keys.map((key) => make("kbd", {}, key))), make("dd", {}, say(word)));
    this.dialog.replaceChildren(
      make("div", { class: "help-head" }, make("h2", { id: "help-title", tabindex: "-1" }, say("helpTitle")), make("button", { type: "button", class: "plain", onclick: () => this.dialog.close() }, say("helpClose"))),
      make("h3", {}, say("helpKeys")),
      make(
        "dl",
        {},
        row(["Ctrl", "Enter"], "keyRun"),
        row(["Ctrl", say("keySpace")], "keyComplete"),
        row(["Tab"], "keyTab"),
        row(["Ctrl", "/"], "keyComment"),
        row(["Ctrl", "Shift", "F"], "keyFormat"),
        row(["Ctrl", "Z"], "keyUndo"),
        row(["Esc"], "keyStop"),
        row(["F1"], "keyHelp"),
      ),
      make("h3", {}, say("helpAsking")),
      ...["helpPrefixes", "helpNames", "helpGraphs", "helpLimits", "helpReadOnly"].map((word) => make("p", {}, say(word))),
    );
  }
}
