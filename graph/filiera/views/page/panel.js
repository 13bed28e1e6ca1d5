// The card of what is selected: all facts, each with its date and who says so.

import { make, outwardLink, webAddress } from "./dom.js";
import { inLanguage, onLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { statementList } from "./statements.js";
import { isMember, isTieShown, neighboursBeyond } from "./filters.js";
import { announce } from "./messages.js";
import { toggleExpanded } from "./network_badges.js";
import { pathSheet } from "./network_path_sheet.js";
import { citePart, ownPage } from "./panel_cite.js";
import { CardFetcher } from "./panel_fetch.js";
import { stagesPart, standingPart, unknownPart } from "./panel_more.js";
import { neighboursPart } from "./panel_neighbours.js";
import { timelinePart } from "./panel_timeline.js";
import { change, clearFilters, onChange, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

/** What changes the card of the same thing. */
const shaping = ["hidden", "chosen", "moment", "steps", "expanded", "to", "picking"];

/** The panel beside the map; a sheet at the bottom of a phone. */
export class Panel {
  /**
   * @param {import("./data.js").Page} page
   * @param {() => void} close
   */
  constructor(page, close) {
    this.page = page;
    this.element = document.querySelector("#panel");
    this.content = document.querySelector("#panel-content");
    this.cards = new CardFetcher(page, () => this.#show(false));
    document.querySelector("#panel-close").addEventListener("click", close);
    document.querySelector("#panel-size").addEventListener("click", () => this.element.classList.toggle("tall"));
    onChange((changed) => {
      if (changed.has("selected") || changed.has("path")) this.#show(true);
      else if (shaping.some((key) => changed.has(key)) && state.selected) this.#show(false);
      if (changed.has("path") && state.path && !state.path.waiting) announce([state.path.said, ...state.path.ways.map((way) => way.said)].join(" "));
    });
    onLanguage(() => this.#show(false));
  }

  /** How much of the map it covers, in CSS pixels. */
  insets() {
    const none = { left: 0, right: 0, top: 0, bottom: 0 };
    if (this.element.hidden) return none;
    const sheet = getComputedStyle(this.element).position === "fixed";
    const stage = /** @type {HTMLElement} */ (document.querySelector("#stage"));
    const covered = Math.min(stage.offsetTop + stage.offsetHeight - this.element.offsetTop, stage.offsetHeight * 0.6);
    return sheet ? { ...none, bottom: covered } : { ...none, right: this.element.offsetWidth };
  }

  /** Moves the keyboard to the name, so that a screen reader begins there. */
  takeFocus() {
    this.content.querySelector("h2")?.focus({ preventScroll: true });
  }

  #show(fromTop) {
    const { selected } = state;
    this.cards.want(selected);
    this.element.hidden = selected === null;
    if (!selected) {
      this.element.classList.remove("tall");
      this.content.replaceChildren();
      return;
    }
    const held = this.content.contains(document.activeElement) ? document.activeElement : null;
    const key = held instanceof HTMLElement ? held.dataset.key : undefined;
    const path = state.to ? state.path : null;
    this.content.replaceChildren(...(path ? pathSheet(path) : card(selected, this.page, this.cards)));
    if (fromTop) this.content.scrollTop = 0;
    if (held) (this.content.querySelector(`[data-key="${key}"]`) ?? this.content.querySelector("h2"))?.focus({ preventScroll: true });
  }
}

/**
 * @param {Thing} thing
 * @param {import("./data.js").Page} page
 * @param {CardFetcher} cards
 */
function card(thing, page, cards) {
  const kind = inLanguage(thing.kindLabel ?? thing.kind.label);
  const parts = [
    make(
      "header",
      {},
      make(
        "p",
        { class: "panel-kind" },
        shapePicture(thing.kind, isMember(thing)),
        make("span", {}, isMember(thing) ? `${kind} · ${say("member")}` : kind),
      ),
      make("h2", { id: "panel-name", tabindex: "-1" }, inLanguage(thing.label)),
      thing.aliases.length > 0 &&
        make("p", { class: "panel-aliases" }, say("alsoCalled", { names: thing.aliases.join(" · ") })),
      thing.description && make("p", { class: "panel-description" }, inLanguage(thing.description)),
      standingPart(thing),
      about(thing),
      unknownPart(thing),
      make("p", { class: "panel-tally" }, tally(thing), ownPage(thing)),
      hiddenTies(thing),
      actions(thing),
    ),
  ];
  if (!thing.told) parts.push(cards.part(thing));
  // All of the card comes at once: nothing that is being read moves down.
  if (cards.waiting?.thing === thing) return parts;
  parts.push(...[stagesPart(thing), neighboursPart(thing), timelinePart(thing, page)].filter((part) => part !== null));
  for (const group of thing.groups) {
    parts.push(section(group.id, inLanguage(group.title), group.statements));
  }
  const rest = unsaidTies(thing);
  if (rest.length > 0) parts.push(section("other-ties", say("otherTies"), rest));
  if (thing.told && thing.groups.length === 0) parts.push(make("p", { class: "panel-empty" }, say("noFacts")));
  const cite = citePart(thing, page);
  return cite ? [...parts, cite] : parts;
}

/** What can be asked of a thing in the network. */
function actions(thing) {
  const beyond = state.steps === null ? 0 : neighboursBeyond(thing);
  const open = state.steps !== null && state.expanded.has(thing.id);
  return make(
    "p",
    { class: "panel-actions" },
    ...(state.picking
      ? [
          make("span", { class: "path-pick", role: "status" }, say("pathPick")),
          make("button", { type: "button", class: "text-button", "data-key": "path", onclick: () => change({ picking: false }) }, say("pathCancel")),
        ]
      : [make("button", { type: "button", class: "text-button", "data-key": "path", onclick: pick }, say("pathAsk"))]),
    (beyond > 0 || open) &&
      make(
        "button",
        { type: "button", class: "text-button", "data-key": "expand", onclick: () => toggleExpanded(thing) },
        beyond > 0 ? say("expand", { n: beyond }) : say("collapse"),
      ),
  );
}

/** The other end of a path is chosen in the network, or by searching: the keyboard goes there. */
function pick() {
  change({ picking: true });
  document.querySelector("#search").focus();
}

/** Groups of what is said without a date as a rule. */
const timeless = new Set(["identity", "names", "fields", "offerings"]);

function section(id, title, statements) {
  return make(
    "section",
    { class: "group", "data-group": id },
    make("h3", {}, title, make("span", { class: "group-count" }, String(statements.length))),
    statementList(statements, !timeless.has(id)),
  );
}

/** Where it is and its website: said to be unknown where they are. */
function about(thing) {
  const unknown = () => make("span", { class: "unknown" }, say("unknown"));
  const site = webAddress(thing.website);
  return make(
    "dl",
    { class: "panel-about" },
    make("dt", {}, say("where")),
    make("dd", {}, thing.place ? inLanguage(thing.place.label) : (thing.town ?? unknown())),
    thing.told && make("dt", {}, say("website")),
    thing.told &&
      make(
        "dd",
        {},
        site ? outwardLink(site, site.host.replace(/^www\./, ""), say("newTab")) : (thing.website ?? unknown()),
      ),
  );
}

function tally(thing) {
  if (!thing.told) return say("nTies", { n: thing.ties.length });
  const statements = thing.groups.flatMap((group) => group.statements);
  const sources = new Set(statements.flatMap((statement) => statement.sources));
  return [
    say("nTies", { n: thing.ties.length }),
    say("nFacts", { n: statements.length }),
    say("nSources", { n: sources.size }),
  ].join(" · ");
}

function hiddenTies(thing) {
  const hidden = thing.ties.filter((tie) => !isTieShown(tie)).length;
  if (hidden === 0) return null;
  return make(
    "p",
    { class: "panel-hidden" },
    say("hiddenTies", { n: hidden }),
    " ",
    make("button", { type: "button", class: "text-button", onclick: clearFilters }, say("showAll")),
  );
}

/**
 * Ties of the network that no statement of the card tells of, as statements.
 * @param {Thing} thing
 */
function unsaidTies(thing) {
  const told = new Set(thing.groups.flatMap((group) => group.statements.map((statement) => statement.other)));
  return thing.ties
    .filter((tie) => !told.has(tie.from === thing ? tie.to : tie.from))
    .map((tie) => ({
      text: `${inLanguage(tie.from === thing ? tie.relation.label : tie.relation.inverse)} {}`,
      when: tie.when,
      sources: tie.sources,
      other: tie.from === thing ? tie.to : tie.from,
    }));
}
