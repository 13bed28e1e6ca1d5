// The share menu: the view as a link, a picture, a drawing or a print.

import { make } from "./dom.js";
import { download } from "./download.js";
import { isServed } from "./delivery.js";
import { sheet, svgPixels, svgText } from "./export_sheet.js";
import { hasAddress, pictureName, stateAddress, told } from "./export_told.js";
import { hasPicture, legendOf, pictureOf } from "./export_views.js";
import { onLanguage, say } from "./language.js";
import { announce } from "./messages.js";
import { change, onChange, state } from "./state.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./views.js").Views} Views */

const icons = {
  share: "M10 12.5V3m0 0L6.6 6.4M10 3l3.4 3.4M5 9.5H4v7.2h12V9.5h-1",
  link: "M8.6 11.4a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 0 0-4.3-4.3l-.9.9m.9 3.4a3 3 0 0 0-4.3 0l-2.8 2.8a3 3 0 0 0 4.3 4.3l.9-.9",
  png: "M3.5 4.5h13v11h-13zM3.5 13l3.6-3.6 3 3 2.4-2.4 4 4M12.6 7.4v.1",
  svg: "M4.5 15.5C5 8 15 12 15.5 4.5M3.3 14.3h2.4v2.4H3.3zM14.3 3.3h2.4v2.4h-2.4z",
  table: "M3.5 4.5h13v11h-13zM3.5 8.2h13M3.5 11.9h13M8 4.5v11",
  print: "M6 8V3.5h8V8M6 13.5H3.8V8h12.4v5.5H14M6 11.5h8v5H6z",
};

/** The button at the end of the tabs, and the menu below it. */
export class Share {
  /**
   * @param {Page} page
   * @param {Views} views
   */
  constructor(page, views) {
    this.page = page;
    this.views = views;
    this.button = /** @type {HTMLButtonElement} */ (document.querySelector("#share"));
    this.button.append(icon("share"));
    this.menu = make("div", { id: "share-menu", hidden: true });
    this.button.after(this.menu);
    this.button.addEventListener("click", () => (this.menu.hidden ? this.open() : this.close()));
    this.menu.addEventListener("keydown", (event) => this.#key(event));
    this.button.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.menu.contains(event.target) && !this.button.contains(event.target)) this.close();
    });
    this.menu.parentElement?.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !this.menu.parentElement?.contains(event.relatedTarget)) this.close();
    });
    onChange((changed) => changed.has("view") && this.close());
    onLanguage(() => this.#label());
    this.#label();
    document.querySelector("#tools").hidden = false;
  }

  open() {
    this.#fill("");
    this.menu.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.menu.querySelector("button:not([disabled])")?.focus();
  }

  close() {
    if (this.menu.hidden) return;
    const inside = this.menu.contains(document.activeElement);
    this.menu.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (inside) this.button.focus();
    this.menu.replaceChildren();
  }

  #label() {
    this.button.setAttribute("aria-label", say("share"));
    this.button.title = say("share");
    if (!this.menu.hidden) this.#fill("");
  }

  /** @param {string} link what could not be copied, to be copied by hand */
  #fill(link) {
    const drawable = hasPicture(this.views);
    const noPicture = say(["table", "questions"].includes(state.view) ? `shareNoPicture_${state.view}` : "shareNoPicture");
    const items = [
      this.#item("link", "shareLink", say(!hasAddress() ? "shareLinkNone" : isServed() ? "shareLinkHelp" : "shareLinkFile"), hasAddress(), () => this.#copy()),
      this.#item("png", "sharePng", drawable ? say("sharePngHelp") : noPicture, drawable, () => this.#save("png")),
      this.#item("svg", "shareSvg", drawable ? say("shareSvgHelp") : noPicture, drawable, () => this.#save("svg")),
      ...(["table", "questions"].includes(state.view) ? [] : [this.#item("table", "shareTable", say("shareTableHelp"), true, () => change({ view: "table" }))]),
      this.#item("print", "sharePrint", say("sharePrintHelp"), true, () => {
        this.close();
        window.print();
      }),
    ];
    this.menu.replaceChildren(
      make("ul", {}, ...items),
      ...(link === ""
        ? []
        : [
            make("p", {}, say("shareRefused")),
            make("input", { type: "text", readonly: true, value: link, "aria-label": say("shareLinkField"), onfocus: (event) => event.target.select() }),
          ]),
      make("p", { class: "share-done", role: "status" }),
    );
  }

  #item(sign, word, help, can, press) {
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", "data-share": sign, disabled: !can, onclick: press },
        icon(sign),
        make("span", {}, make("strong", {}, say(word)), make("span", {}, help)),
      ),
    );
  }

  async #copy() {
    const link = stateAddress(this.page);
    try {
      await navigator.clipboard.writeText(link);
      this.#done(say("shareCopied"));
    } catch {
      // No clipboard, or it is refused: the person copies.
      this.#fill(link);
      this.menu.querySelector("input")?.focus();
      announce(say("shareRefused"));
    }
  }

  /** @param {"png" | "svg"} form */
  async #save(form) {
    const svg = this.drawing();
    if (!svg) return;
    const name = pictureName(this.page, this.#chain, form);
    try {
      download(name, form === "png" ? await svgPixels(svg) : new Blob([svgText(svg)], { type: "image/svg+xml" }));
      this.#done(say("shareMade", { name }));
    } catch (error) {
      console.error(error);
      this.#done(say("shareFailed"));
    }
  }

  /** The sheet of what is on screen; null when the view is not a picture. */
  drawing() {
    const picture = pictureOf(this.views);
    return picture && sheet(told(this.page, this.#chain), picture, legendOf());
  }

  get #chain() {
    return state.view === "chain" ? /** @type {any} */ (this.views.current).chain : undefined;
  }

  /** @param {string} text */
  #done(text) {
    const place = this.menu.querySelector(".share-done");
    if (place) place.textContent = text;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.menu.hidden) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.menu.querySelectorAll("button:not([disabled])")];
    const at = buttons.indexOf(document.activeElement);
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }
}

/** @param {string} name */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}
