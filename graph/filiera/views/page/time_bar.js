// The slider over the years: every view shows the ecosystem as of its date, or all dates together.

import { make } from "./dom.js";
import { onLanguage, say, sayDate } from "./language.js";
import { change, onChange, state } from "./state.js";

const pace = 1100;

/** The bar below the stage. Its last position stands for all dates together. */
export class TimeBar {
  /** @param {import("./data.js").Page} page */
  constructor(page) {
    this.moments = page.moments;
    this.element = /** @type {HTMLElement} */ (document.querySelector("#time-bar"));
    this.slider = /** @type {HTMLInputElement} */ (document.querySelector("#time"));
    this.button = /** @type {HTMLButtonElement} */ (document.querySelector("#play"));
    this.output = document.querySelector("#time-said");
    this.timer = 0;
    this.element.hidden = this.moments.length < 2;
    if (this.element.hidden) return;
    this.slider.max = String(this.moments.length);
    document.querySelector("#time-scale").replaceChildren(...marks(this.moments));
    this.slider.addEventListener("input", () => {
      const position = Number(this.slider.value);
      this.#stop();
      this.#go(position);
    });
    this.button.addEventListener("click", () => (this.timer ? this.#stop() : this.#play()));
    onChange((changed) => changed.has("moment") && this.#tell());
    onLanguage(() => this.#tell());
    this.#tell();
  }

  #play() {
    if (state.moment === null || state.moment === this.moments.length - 1) this.#go(0);
    this.timer = window.setInterval(() => {
      this.#go((state.moment ?? -1) + 1);
      if (state.moment === null || state.moment === this.moments.length - 1) this.#stop();
    }, pace);
    this.#tell();
  }

  #stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.#tell();
  }

  /** @param {number} position */
  #go(position) {
    change({ moment: position >= this.moments.length ? null : position });
  }

  #tell() {
    const said = momentSaid(this.moments, state.moment);
    this.slider.value = String(state.moment ?? this.moments.length);
    this.slider.setAttribute("aria-valuetext", said);
    this.slider.style.setProperty("--part", String(Number(this.slider.value) / this.moments.length));
    this.output.textContent = said;
    this.button.setAttribute("aria-label", say(this.timer ? "pause" : "play"));
    this.button.title = say(this.timer ? "pause" : "play");
    this.button.dataset.playing = String(this.timer !== 0);
    this.element.classList.toggle("all", state.moment === null);
  }
}

/** The years under the slider: every fifth, or each where there are few. */
function marks(moments) {
  const step = moments.length > 12 ? 5 : 1;
  const years = moments.slice(0, -1).map(({ date }, place) => ({ year: date.slice(0, 4), place }));
  return years
    .filter(({ year }) => Number(year) % step === 0)
    .map(({ year, place }) => {
      const mark = make("span", {}, year);
      mark.style.setProperty("--at", String(place / moments.length));
      return mark;
    });
}

/**
 * A moment in words: the end of a year, today, or all dates.
 * @param {{date: string}[]} moments
 * @param {number | null} moment
 */
export function momentSaid(moments, moment) {
  if (moment === null) return say("timeAll");
  const { date } = moments[moment];
  if (moment === moments.length - 1) return say("timeToday", { date: sayDate(date) });
  return say("timeEnd", { year: date.slice(0, 4) });
}
