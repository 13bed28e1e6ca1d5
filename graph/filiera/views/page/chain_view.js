// The chain view: the stages of one value chain in flow order, who works at each, and where nobody does.

import { drawArrows, lightArrows } from "./chain_arrows.js";
import { board } from "./chain_board.js";
import { stageSheet } from "./chain_sheet.js";
import { changes, summary } from "./chain_summary.js";
import { boardAt } from "./dimensions.js";
import { make } from "./dom.js";
import { inLanguage, say } from "./language.js";
import { change, state } from "./state.js";
import { momentSaid } from "./time_bar.js";

/** @typedef {import("./dimensions.js").Chain} Chain */
/** @typedef {import("./dimensions.js").Board} Board */

const deciding = [
  "view", "chain", "opened", "moment", "compared", "hidden", "chosen", "steps", "selected", "language", "found",
];

/** A board from before anything is known. @type {Board} */
const unknown = Object.freeze({ moment: 0, stages: new Map() });

/** @typedef {import("./views.js").View} View */

/** @implements {View} */
export class ChainView {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   * @param {import("./views.js").Actions} actions
   */
  constructor(element, page, actions) {
    this.element = element;
    this.page = page;
    this.actions = actions;
    this.chains = page.chains.filter((chain) => chain.stages.length > 0);
    element.classList.add("chain-view");
    new ResizeObserver(() => this.#arrows()).observe(element);
    element.addEventListener("pointerover", (event) => this.#light(event.target));
    element.addEventListener("keydown", (event) => this.#close(event));
    element.addEventListener("focusin", (event) => this.#light(event.target));
  }

  show() {
    this.#draw();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (deciding.some((name) => changed.has(name))) this.#draw();
  }

  /** The chain in view: the one chosen, else the one with most stages. */
  get chain() {
    const chosen = this.chains.find((chain) => chain.id === state.chain);
    return chosen ?? this.chains.toSorted((a, b) => b.stages.length - a.stages.length)[0];
  }

  #draw() {
    const { chain, element } = this;
    const scrolled = element.querySelector(".chain-scroll");
    const place = scrolled && [scrolled.scrollLeft, scrolled.scrollTop];
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    if (!chain) {
      element.replaceChildren(empty("chainNone"));
      return;
    }
    const now = boardAt(chain, state.moment);
    const before = state.compared === null ? null : (boardAt(chain, state.compared) ?? unknown);
    this.scroll = make(
      "div",
      { class: "chain-scroll", tabindex: "0", role: "group", "aria-label": say("chainFlow") },
      now ? board(chain, now, before) : empty("chainNoBoard"),
      now?.knowledge && make("p", { class: "chain-knowledge" }, inLanguage(now.knowledge)),
    );
    element.replaceChildren(this.#head(chain, now, before), this.scroll);
    const opened = chain.stages.find((stage) => stage.id === state.opened);
    if (opened && now) element.append(stageSheet(opened, now.stages.get(opened)));
    if (place) [this.scroll.scrollLeft, this.scroll.scrollTop] = place;
    if (opened && opened.id !== this.openedId) this.#bring(opened.id);
    this.openedId = opened?.id ?? null;
    if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.#arrows();
  }

  #arrows() {
    const flow = this.element.querySelector(".chain-flow");
    if (flow) drawArrows(flow, this.chain);
  }

  /** Brings a stage that was opened into sight; on a phone its sheet covers all but the top. */
  #bring(id) {
    const block = matchMedia("(max-width: 900px)").matches ? "start" : "nearest";
    this.element.querySelector(`.stage[data-stage="${CSS.escape(id)}"] > h3`)?.scrollIntoView({ block, inline: "nearest" });
  }

  /** Escape closes the stage that is open, before it does anything else. */
  #close(event) {
    if (event.key !== "Escape" || state.opened === null) return;
    event.stopPropagation();
    const { opened } = state;
    change({ opened: null });
    this.element.querySelector(`[data-key="${CSS.escape(`stage:${opened}`)}"]`)?.focus({ preventScroll: true });
  }

  /** Brings out what the stage under the pointer, or with the keyboard, feeds and is fed by. */
  #light(target) {
    const flow = this.element.querySelector(".chain-flow");
    const card = target.closest?.(".chain-column > [data-stage]");
    if (flow) lightArrows(flow, card?.dataset.stage ?? null);
  }

  /**
   * @param {Chain} chain
   * @param {Board | null} now
   * @param {Board | null} before
   */
  #head(chain, now, before) {
    return make(
      "header",
      { class: "chain-head" },
      now && summary(chain, now),
      make(
        "div",
        { class: "chain-choices" },
        choice("chainChoice", "chain", chain.id, this.chains.map((each) => [each.id, inLanguage(each.label)])),
        choice("chainCompare", "compared", state.compared === null ? "" : String(state.compared), [
          ["", say("chainNoCompare")],
          ...this.page.moments.map((_, moment) => [String(moment), momentSaid(this.page.moments, moment)]).reverse(),
        ]),
      ),
      now && before && changes(chain, now, before, momentSaid(this.page.moments, state.compared)),
    );
  }
}

/** A labelled list to choose from. */
function choice(word, key, value, options) {
  const select = make(
    "select",
    {
      "data-key": key,
      onchange: (event) => {
        const chosen = event.target.value;
        if (key === "chain") change({ chain: chosen, opened: null });
        else change({ compared: chosen === "" ? null : Number(chosen) });
      },
    },
    ...options.map(([id, label]) => make("option", { value: id, selected: id === value }, label)),
  );
  return make("label", { class: "choice" }, make("span", {}, say(word)), select);
}

function empty(word) {
  return make("div", { class: "view-empty" }, make("h2", {}, say(word)), make("p", {}, say(`${word}Help`)));
}
