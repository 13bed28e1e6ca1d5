// What a print adds to the view: a head that says what it is, its drawing where there is a canvas, and the sources.

import { make } from "./dom.js";
import { bareSheet } from "./export_sheet.js";
import { told } from "./export_told.js";
import { legendOf, pictureOf } from "./export_views.js";
import { state } from "./state.js";

/** Views that are drawn on a canvas: a print has their drawing instead. */
const drawnViews = new Set(["network", "map"]);

/**
 * Prepares the page whenever it is printed.
 * @param {import("./data.js").Page} page
 * @param {import("./views.js").Views} views
 */
export function followPrint(page, views) {
  const head = make("header", { id: "print-head" });
  const picture = make("div", { id: "print-picture" });
  const foot = make("footer", { id: "print-foot" });
  document.querySelector("#stage").before(head, picture);
  document.body.append(foot);

  addEventListener("beforeprint", () => {
    const { chain } = /** @type {any} */ (views.current);
    const said = told(page, state.view === "chain" ? chain : undefined);
    const drawing = drawnViews.has(state.view) ? pictureOf(views) : null;
    head.replaceChildren(
      make("h1", {}, said.title),
      make("p", { class: "print-view" }, said.view),
      ...said.facts.map((fact) => make("p", {}, fact)),
    );
    picture.replaceChildren(...(drawing ? [bareSheet(drawing)] : []));
    const legend = legendOf().map((entry) => make("li", {}, entry.picture, entry.name));
    foot.replaceChildren(make("ul", {}, ...legend), ...said.sources.map((source) => make("p", {}, source)));
    document.body.dataset.printing = drawing ? "drawing" : "page";
  });
  addEventListener("afterprint", () => {
    for (const element of [head, picture, foot]) element.replaceChildren();
    delete document.body.dataset.printing;
  });
}
