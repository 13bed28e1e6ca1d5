// The card of what is selected: all facts, each with its date and who says so.

import { make, outwardLink, webAddress } from "./dom.js";
import { inLanguage, onLanguage, say } from "./language.js";
import { shapePicture } from "./shapes.js";
import { statementList } from "./statements.js";
import { change, isTieShown, onChange, state } from "./state.js";

/** @typedef {import("./data.js").Thing} Thing */

/** The panel beside the map; a sheet at the bottom of a phone. */
export class Panel {
  /** @param {() => void} close */
  constructor(close) {
    this.element = document.querySelector("#panel");
    this.content = document.querySelector("#panel-content");
    document.querySelector("#panel-close").addEventListener("click", close);
    document.querySelector("#panel-size").addEventListener("click", () => this.element.classList.toggle("tall"));
    onChange((changed) => {
      if (changed.has("selected")) this.#show(true);
      else if (changed.has("hidden") && state.selected) this.#show(false);
    });
    onLanguage(() => this.#show(false));
  }

  /** How much of the map it covers, in CSS pixels. */
  insets() {
    const none = { left: 0, right: 0, top: 0, bottom: 0 };
    if (this.element.hidden) return none;
    const sheet = getComputedStyle(this.element).position === "fixed";
    const covered = Math.min(this.element.offsetHeight, innerHeight * 0.5);
    return sheet ? { ...none, bottom: covered } : { ...none, right: this.element.offsetWidth };
  }

  /** Moves the keyboard to the name, so that a screen reader begins there. */
  takeFocus() {
    this.content.querySelector("h2")?.focus({ preventScroll: true });
  }

  #show(fromTop) {
    const { selected } = state;
    this.element.hidden = selected === null;
    if (!selected) {
      this.element.classList.remove("tall");
      this.content.replaceChildren();
      return;
    }
    this.content.replaceChildren(...card(selected));
    if (fromTop) this.content.scrollTop = 0;
  }
}

/** @param {Thing} thing */
function card(thing) {
  const kind = inLanguage(thing.kindLabel ?? thing.kind.label);
  const parts = [
    make(
      "header",
      {},
      make(
        "p",
        { class: "panel-kind" },
        shapePicture(thing.kind, thing.member),
        make("span", {}, thing.member ? `${kind} · ${say("member")}` : kind),
      ),
      make("h2", { id: "panel-name", tabindex: "-1" }, inLanguage(thing.label)),
      thing.aliases.length > 0 &&
        make("p", { class: "panel-aliases" }, say("alsoCalled", { names: thing.aliases.join(" · ") })),
      thing.description && make("p", { class: "panel-description" }, inLanguage(thing.description)),
      about(thing),
      make("p", { class: "panel-tally" }, tally(thing)),
      hiddenTies(thing),
    ),
  ];
  for (const group of thing.groups) {
    parts.push(section(group.id, inLanguage(group.title), group.statements));
  }
  const rest = unsaidTies(thing);
  if (rest.length > 0) parts.push(section("other-ties", say("otherTies"), rest));
  if (thing.groups.length === 0) parts.push(make("p", { class: "panel-empty" }, say("noFacts")));
  return parts;
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
    make("dd", {}, thing.town ? thing.town : unknown()),
    make("dt", {}, say("website")),
    make(
      "dd",
      {},
      site ? outwardLink(site, site.host.replace(/^www\./, ""), say("newTab")) : (thing.website ?? unknown()),
    ),
  );
}

function tally(thing) {
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
    make("button", { type: "button", class: "text-button", onclick: () => change({ hidden: new Set() }) }, say("showAll")),
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
