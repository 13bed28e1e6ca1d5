// The text of the query: YASQE, with our prefixes, our keys, our suggestions and our words for mistakes.

import Yasqe from "@zazuko/yasqe";
import { make } from "../page/dom.js";
import { onLanguage, say } from "../page/language.js";
import { isWhole, suggestions, written } from "./completion.js";
import { expectedHere } from "./mistakes.js";
import { expanded, known, meaning, termOf } from "./terms.js";

/** A place in the text, both from 1. @typedef {{line: number, column: number}} Place */

/** Milliseconds without typing after which the text is looked over. */
const pause = 350;

const openers = /[A-Za-z:?$]/;

Yasqe.defineMode("filiera", (config) => {
  const mode = Yasqe.getMode(config, "sparql11");
  // The server knows these prefixes without a declaration.
  return { ...mode, startState: () => ({ ...mode.startState(), prefixes: { ...known.prefixes } }) };
});

/** The editor in its element. */
export class QueryText {
  /**
   * @param {HTMLElement} element
   * @param {string} text
   * @param {{run: () => void, help: () => void, changed: () => void, mistake: (said: string) => void, told: (meaning: string) => void}} on
   *   `mistake` says what cannot stand where it does, `told` what the term at the cursor means; empty for nothing
   */
  constructor(element, text, on) {
    this.on = on;
    this.timer = 0;
    /** @type {{clear: () => void}[]} */
    this.marks = [];
    this.editor = new Yasqe(element, {
      value: text,
      mode: "filiera",
      indentUnit: 2,
      tabSize: 2,
      inputStyle: "contenteditable",
      lineWrapping: true,
      autocompleters: [],
      createShareableLink: null,
      consumeShareLink: null,
      persistenceId: null,
      showQueryButton: false,
      resizeable: false,
      syntaxErrorCheck: false,
      editorHeight: "auto",
      viewportMargin: Infinity,
      highlightSelectionMatches: false,
      extraKeys: {
        "Ctrl-Enter": () => on.run(),
        "Cmd-Enter": () => on.run(),
        "Ctrl-Space": () => this.complete(),
        F1: () => on.help(),
        // Tab leads out, as everywhere on the page; lines indent themselves.
        Tab: false,
        "Shift-Tab": false,
        "Ctrl-S": false,
        Esc: false,
        "Shift-Ctrl-F": () => this.format(),
      },
    });
    this.#label();
    onLanguage(() => this.#label());
    this.editor.on("changes", () => {
      this.#unmark();
      on.changed();
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.#look(), pause);
    });
    this.editor.on("cursorActivity", () => this.#tell());
    this.editor.getWrapperElement().addEventListener("mouseover", ({ target }) => {
      if (target instanceof HTMLElement && target.matches(".cm-string-2, .cm-variable-3")) target.title = meaningOf(target.textContent ?? "");
    });
    this.editor.on("inputRead", (_, change) => {
      const last = change.text.at(-1)?.at(-1) ?? "";
      if (openers.test(last) && !this.editor.state.completionActive) this.#suggest(true);
    });
    this.#fold();
    this.#look();
  }

  get value() {
    return this.editor.getValue();
  }

  /** @param {string} text */
  set value(text) {
    this.editor.setValue(text);
    this.editor.getDoc().setCursor(0, 0);
    this.#fold();
  }

  focus() {
    this.editor.focus();
  }

  /** Reads the text anew: which prefixes are known has changed. */
  reread() {
    this.editor.setOption("mode", "filiera");
    this.#look();
    this.#tell();
  }

  format() {
    this.editor.autoformat();
    this.editor.getDoc().setCursor(this.editor.getDoc().getCursor("end"));
  }

  /** Suggests what may stand at the cursor. */
  complete() {
    this.#suggest(false);
  }

  /**
   * Writes at the cursor, apart from the words around it.
   * @param {string} text
   */
  insert(text) {
    const document = this.editor.getDoc();
    const cursor = document.getCursor();
    const line = document.getLine(cursor.line);
    const before = /[\w:>]$/.test(line.slice(0, cursor.ch)) ? " " : "";
    const after = /^[\w?<]/.test(line.slice(cursor.ch)) ? " " : "";
    document.replaceSelection(before + text + after);
    this.focus();
  }

  /**
   * Marks the character at which the server stopped reading, and goes there.
   * @param {Place} place
   */
  markPlace({ line, column }) {
    const document = this.editor.getDoc();
    const row = Math.min(Math.max(0, line - 1), document.lastLine());
    const at = Math.min(Math.max(0, column - 1), document.getLine(row).length);
    const word = /^\S+/.exec(document.getLine(row).slice(at))?.[0].length ?? 1;
    this.#mark(row, at, at + word);
    document.setCursor({ line: row, ch: at });
    this.focus();
  }

  /** Prefixes that are declared are folded away: here they need no declaration, elsewhere they do. */
  #fold() {
    if ((this.value.match(/^\s*PREFIX\s/gim)?.length ?? 0) > 1) this.editor.collapsePrefixes(true);
  }

  #label() {
    const input = this.editor.getInputField();
    const label = say("queryLabel");
    for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-label": label, "aria-describedby": "query-help mistake term-help" })) input.setAttribute(name, value);
  }

  /** Looks for the first word that cannot stand where it does. */
  #look() {
    this.#unmark();
    const document = this.editor.getDoc();
    for (let row = 0; row < document.lineCount(); row += 1) {
      const { state } = this.editor.getTokenAt({ line: row, ch: document.getLine(row).length }, true);
      if (state.OK !== false) continue;
      const line = document.getLine(row);
      const from = Math.min(state.errorStartPos ?? 0, line.length);
      const to = Math.max(from + 1, Math.min(state.errorEndPos ?? line.length, line.length));
      if (this.#isAtEnd(row, from, to)) break;
      this.#mark(row, from, to);
      const word = line.slice(from, to).trim() || line.trim();
      const prefix = state.errorMsg ? word.slice(0, word.indexOf(":")) : null;
      const said = prefix === null ? say("mistakeWord", { word }) : say("mistakePrefix", { prefix });
      this.on.mistake(`${say("place", { line: row + 1, column: from + 1 })}: ${said}${prefix === null ? expectedHere(state.possibleCurrent ?? []) : ""}`);
      return;
    }
    this.on.mistake("");
  }

  /** Whether somebody is still writing this word. */
  #isAtEnd(row, from, to) {
    const cursor = this.editor.getDoc().getCursor();
    return this.editor.hasFocus() && cursor.line === row && cursor.ch === to && /^[\w:?$<]/.test(this.editor.getDoc().getLine(row).slice(from, to));
  }

  #mark(row, from, to) {
    this.marks.push(this.editor.getDoc().markText({ line: row, ch: from }, { line: row, ch: to }, { className: "mistaken" }));
    this.editor.setGutterMarker(row, "gutterErrorBar", make("span", { class: "mistaken-line", "aria-hidden": "true" }, "!"));
  }

  #unmark() {
    for (const mark of this.marks) mark.clear();
    this.marks = [];
    this.editor.clearGutter("gutterErrorBar");
  }

  /** Says what the term at the cursor means. */
  #tell() {
    const token = this.editor.getTokenAt(this.editor.getDoc().getCursor());
    const name = token.string.trim();
    const meant = meaningOf(name);
    this.on.told(meant && `${name}: ${meant}`);
  }

  /** @param {boolean} byItself nobody asked for it: then only where it helps */
  #suggest(byItself) {
    const { editor } = this;
    const document = editor.getDoc();
    const cursor = document.getCursor();
    const token = editor.getTokenAt(cursor);
    if (/string\b(?!-)|comment/.test(token.type ?? "")) return;
    const now = written(document.getLine(cursor.line).slice(0, cursor.ch));
    if (!now || (byItself && /^[A-Za-z][\w-]{0,1}$/.test(now.typed))) return;
    const hint = async () => {
      const place = editor.getDoc().getCursor();
      const then = written(editor.getDoc().getLine(place.line).slice(0, place.ch));
      if (!then) return null;
      const list = (await suggestions(then, editor.getVariablesFromQuery())).map((suggestion) => ({
        text: suggestion.text,
        meaning: suggestion.meaning,
        render: (item) => item.append(make("span", { class: "hint-text" }, suggestion.text), make("span", { class: "hint-name" }, suggestion.kind === "prefix" ? suggestion.name : suggestion.name || say(`kind_${suggestion.kind}`))),
      }));
      const data = { list, from: { line: place.line, ch: then.start }, to: place };
      Yasqe.on(data, "shown", () => {
        const { widget } = editor.state.completionActive;
        // While the next suggestions are on their way, keys are those of the editor, Enter among them.
        widget.disable = () => editor.removeKeyMap(widget.keyMap);
      });
      Yasqe.on(data, "select", (picked) => this.on.told(picked.meaning));
      return data;
    };
    const enter = (_, handle) => {
      const { data, selectedHint } = editor.state.completionActive.widget;
      const typed = document.getLine(data.from.line).slice(data.from.ch, document.getCursor().ch);
      if (selectedHint > 0 || !isWhole(typed)) return handle.pick();
      // What is written out in full asks for no choice: then Enter is a new line.
      handle.close();
      editor.execCommand("newlineAndIndent");
    };
    editor.showHint({ hint, completeSingle: false, alignWithWord: true, closeCharacters: /[\s()[\]{};>,]/, extraKeys: { Enter: enter } });
  }
}

/**
 * What a term of ours means; nothing for any other word.
 * @param {string} word as it is written: with a prefix, or in < and >
 */
function meaningOf(word) {
  const iri = /^<.*>$/.test(word) ? word.slice(1, -1) : expanded(word);
  const term = iri === null ? undefined : termOf(iri);
  return term ? meaning(term) : "";
}
