// The history: members stated and named over the years, what happened, what changed between two dates.

import { make } from "./dom.js";
import { holds, isShown } from "./filters.js";
import { inLanguage, number, say } from "./language.js";
import { membersChart } from "./members_chart.js";
import { change, state } from "./state.js";
import { saidBy, thingLink } from "./statements.js";
import { momentSaid } from "./time_bar.js";

/** @typedef {import("./dimensions.js").Happening} Happening */
/** @typedef {import("./data.js").Tie} Tie */

const deciding = ["moment", "compared", "hidden", "chosen", "steps", "selected", "found", "language"];

/** @typedef {import("./views.js").View} View */

/** @implements {View} */
export class TimeView {
  /**
   * @param {HTMLElement} element
   * @param {import("./data.js").Page} page
   */
  constructor(element, page) {
    this.element = element;
    this.page = page;
    element.classList.add("time-view");
    element.tabIndex = -1;
    this.width = 0;
    new ResizeObserver(() => {
      // Closed it has no width, and is drawn when it is shown again.
      if (element.clientWidth > 0 && Math.abs(element.clientWidth - this.width) > 8) this.#draw();
    }).observe(element);
  }

  show() {
    this.#draw();
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (deciding.some((name) => changed.has(name))) this.#draw();
  }

  #draw() {
    const { element, page } = this;
    this.width = element.clientWidth;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    const top = element.scrollTop;
    element.replaceChildren(
      make("div", { class: "time-page" }, ...(page.moments.length > 0 ? this.#parts() : [nothing()])),
    );
    element.scrollTop = top;
    if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #parts() {
    const { history, focus } = this.page;
    return [
      history && focus && this.#members(history, focus),
      this.#between(),
      this.#happenings(history?.happenings ?? []),
      state.compared !== null && this.#ties(),
    ].filter((part) => part instanceof Node);
  }

  #members(history, focus) {
    const { moments } = this.page;
    const dated = history.stated.filter((point) => point.day !== undefined);
    return make(
      "section",
      {},
      make("h2", {}, say("timeMembers", { body: inLanguage(focus.label) })),
      make("p", { class: "lead" }, say("timeMembersHelp")),
      (dated.length > 0 || history.named.some(([certain]) => certain > 0)) &&
        membersChart(history, moments, Math.min(this.width - 48, 1040), (moment) => change({ moment })),
      namedTable(history, moments),
      make(
        "ul",
        { class: "statements" },
        ...history.stated.map((point) =>
          make("li", { class: "statement" }, make("p", { class: "said" }, inLanguage(point.text)), ...saidBy(point, false)),
        ),
      ),
    );
  }

  /** The two dates between which changes are told. */
  #between() {
    const { moments } = this.page;
    const options = moments.map((_, moment) => [String(moment), momentSaid(moments, moment)]).reverse();
    const list = (word, key, value, first) =>
      make(
        "label",
        { class: "choice" },
        make("span", {}, say(word)),
        make(
          "select",
          {
            "data-key": key,
            onchange: (event) => change({ [key]: event.target.value === "" ? null : Number(event.target.value) }),
          },
          ...[first, ...options].map(([id, label]) => make("option", { value: id, selected: id === value }, label)),
        ),
      );
    return make(
      "section",
      { class: "time-between" },
      make("h2", {}, say("timeChanged")),
      list("timeFrom", "compared", state.compared === null ? "" : String(state.compared), ["", say("timeStart")]),
      list("timeTo", "moment", state.moment === null ? "" : String(state.moment), ["", say("timeAll")]),
    );
  }

  /** First and last day that are asked for. */
  get #range() {
    const { moments } = this.page;
    const first = state.compared === null ? -Infinity : moments[state.compared].day + 1;
    const last = state.moment === null ? Infinity : moments[state.moment].day;
    return [first, last];
  }

  /** @param {Happening[]} all */
  #happenings(all) {
    const [first, last] = this.#range;
    const within = all.filter((each) => {
      const starts = each.day ?? each.last;
      const ends = each.last ?? each.day;
      if (starts === undefined || ends === undefined) return first === -Infinity;
      return ends >= first && starts <= last;
    });
    const shown = within.filter((each) => each.others.length === 0 || each.others.some(isShown));
    const byYear = Map.groupBy(shown, (each) => yearOf(each));
    const counts = [...Map.groupBy(shown, (each) => each.kind)].map(([kind, some]) => say(`timeCount_${kind}`, { n: some.length }));
    return make(
      "section",
      {},
      make("p", { class: "time-summary", role: "status" }, shown.length > 0 ? counts.join(" · ") : say("timeNothing")),
      ...[...byYear].map(([year, some]) =>
        make("div", { class: "year" }, make("h3", {}, year === null ? say("noDate") : String(year)), make("ul", { class: "happenings" }, ...some.map(happening))),
      ),
    );
  }

  /** Ties that are in the network at one date and not at the other. */
  #ties() {
    const { moments, ties } = this.page;
    const before = moments[state.compared ?? 0].day;
    const after = moments[state.moment ?? moments.length - 1].day;
    const dated = ties.filter((tie) => tie.days && isShown(tie.from) && isShown(tie.to));
    const there = (tie, day) => holds(tie.days, day) !== null;
    const come = dated.filter((tie) => !there(tie, before) && there(tie, after));
    const gone = dated.filter((tie) => there(tie, before) && !there(tie, after));
    return make(
      "section",
      {},
      make("h2", {}, say("timeTies")),
      make("p", { class: "lead" }, say("timeTiesHelp", { n: dated.length, all: number(ties.length) })),
      tieList("timeCome", come),
      tieList("timeGone", gone),
    );
  }
}

/** The bars of the chart as numbers, for who reads rather than looks. */
function namedTable(history, moments) {
  const rows = moments.map((moment, index) => ({ index, counts: history.named[index] ?? [0, 0] })).filter(({ counts }) => counts[0] + counts[1] > 0);
  if (rows.length === 0) return null;
  const head = ["timeAt", "timeKey_named", "timeKey_possible"].map((word) => make("th", { scope: "col" }, say(word)));
  return make(
    "details",
    { class: "time-named" },
    make("summary", {}, say("timeNumbers")),
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...head)),
      make(
        "tbody",
        {},
        ...rows.map(({ index, counts }) =>
          make("tr", {}, make("th", { scope: "row" }, momentSaid(moments, index)), ...counts.map((count) => make("td", {}, number(count)))),
        ),
      ),
    ),
  );
}

function nothing() {
  return make("div", { class: "view-empty" }, make("h2", {}, say("timeEmpty")), make("p", {}, say("timeEmptyHelp")));
}

/** @param {Happening} each */
function yearOf(each) {
  const day = each.day ?? each.last ?? null;
  return day === null ? null : new Date(day * 86_400_000).getUTCFullYear();
}

/** What happened, with the names in it as links; who is not named in it stands below. */
function told({ text, others }) {
  /** @type {(string | Node)[]} */
  let parts = [inLanguage(text)];
  const below = [];
  for (const thing of others) {
    const label = inLanguage(thing.label);
    const place = parts.findIndex((part) => typeof part === "string" && part.includes(label));
    if (label === "" || place < 0) {
      below.push(thing);
      continue;
    }
    const words = /** @type {string} */ (parts[place]);
    const at = words.indexOf(label);
    parts = parts.toSpliced(place, 1, words.slice(0, at), thingLink(thing), words.slice(at + label.length));
  }
  return [
    make("p", { class: "said" }, ...parts),
    below.length > 0 &&
      make("p", { class: "happening-others" }, ...below.flatMap((thing, place) => (place === 0 ? [thingLink(thing)] : [" · ", thingLink(thing)]))),
  ];
}

/** @param {Happening} each */
function happening(each) {
  const about = state.selected !== null && each.others.includes(state.selected);
  return make(
    "li",
    { class: "happening", "data-kind": each.kind, "data-about": about },
    make("span", { class: "happening-kind" }, say(`timeKind_${each.kind}`)),
    make(
      "div",
      { class: "statement" },
      ...told(each),
      ...saidBy(each, true),
    ),
  );
}

/** @param {string} word @param {Tie[]} ties */
function tieList(word, ties) {
  const title = say(word, { n: ties.length });
  if (ties.length === 0) return make("p", { class: "lead" }, title);
  return make(
    "details",
    { open: ties.length <= 12 },
    make("summary", {}, title),
    make(
      "ul",
      { class: "statements" },
      ...ties.map((tie) =>
        make(
          "li",
          { class: "statement" },
          make("p", { class: "said" }, thingLink(tie.from), ` ${inLanguage(tie.relation.label)} `, thingLink(tie.to)),
          ...saidBy(tie, true),
        ),
      ),
    ),
  );
}
