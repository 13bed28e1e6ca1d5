// How the page came here: as one file that holds everything, or from a server that answers questions.

import { unpackLzma } from "./lzma.js";

const DEFLATED = 0x78; // the first byte of what zlib packs; that of our LZMA is another

/** Whether a server sent the page, so that there is one to ask. */
export function isServed() {
  return document.documentElement.dataset.delivery === "served";
}

/** Why the page data is not here: nobody answers, nobody can be reached, or the answer is a refusal. */
export class Undelivered extends Error {
  /**
   * @param {"noAnswer" | "unreachable" | "refused"} why
   * @param {string} what
   * @param {number} [status] of the refusal
   */
  constructor(why, what, status = 0) {
    super(what);
    this.why = why;
    this.status = status;
  }
}

/**
 * The page data: fetched from the server, or unpacked from the page.
 * @param {HTMLElement} place the link to the data, or the element that holds it (packed, in base64)
 * @returns {Promise<any>}
 * @throws {Undelivered} when the server does not give it
 * @throws {Error} when it cannot be read
 */
export async function delivered(place) {
  if (place instanceof HTMLLinkElement) return fetched(place.href);
  const packed = Uint8Array.from(atob(place.textContent ?? ""), (character) => character.charCodeAt(0));
  if (packed[0] !== DEFLATED) return JSON.parse(new TextDecoder().decode(unpackLzma(packed)));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(unpacked).json();
}

/** How long until data that the server is still making is asked for again, in ms. */
const pause = 2000;

/**
 * All of the page data, where `place` links to an overview of it.
 * @param {HTMLElement} place
 * @param {(making: boolean) => void} tell called with whether the server is still making it
 * @returns {Promise<any>}
 * @throws {Undelivered} when the server does not give it
 */
export async function deliveredWhole(place, tell) {
  for (;;) {
    try {
      return await fetched(new URL(place.dataset.whole ?? "", document.baseURI).href, () => tell(false));
    } catch (error) {
      if (!(error instanceof Undelivered) || error.status !== 503) throw error;
      tell(true);
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

/** Data may take long; but something must come within this time, in ms. */
const patience = 20_000;

/**
 * @param {string} address
 * @param {() => void} [coming] called when the data begins to come
 */
async function fetched(address, coming = () => {}) {
  const stop = new AbortController();
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => stop.abort(), patience);
  };
  wait();
  try {
    const response = await fetch(address, { signal: stop.signal });
    if (!response.ok) throw new Undelivered("refused", `The page data cannot be had: ${response.status} at ${address}.`, response.status);
    coming();
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const parts = [];
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      wait();
      parts.push(/** @type {Uint8Array<ArrayBuffer>} */ (part.value));
    }
    return JSON.parse(await new Blob(parts).text());
  } catch (error) {
    if (stop.signal.aborted) throw new Undelivered("noAnswer", `Nothing came from ${address} for ${patience / 1000} s.`);
    if (error instanceof TypeError) throw new Undelivered("unreachable", `${address} cannot be reached: ${error.message}`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
