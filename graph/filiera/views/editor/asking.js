// Asking the endpoint: one query at a time, which can be stopped, and what went wrong told apart.

/**
 * Why there is no answer: the text is malformed, it is not allowed, a limit was reached, the server
 * made a mistake, it cannot be reached, or it was stopped.
 * @typedef {"malformed" | "refused" | "limit" | "failed" | "away" | "stopped"} Trouble
 */

/** What the endpoint sent. @typedef {{type: string, text: string, bytes: number, ms: number}} Reply */

/** An answer that could not be had. */
export class NoAnswer extends Error {
  /**
   * @param {Trouble} trouble
   * @param {string} [said] what the server says of it
   */
  constructor(trouble, said = "") {
    super(said);
    this.trouble = trouble;
    const place = /line (\d+), column (\d+)/.exec(said);
    /** @type {{line: number, column: number} | null} where it stopped reading, both from 1 */
    this.place = trouble === "malformed" && place ? { line: Number(place[1]), column: Number(place[2]) } : null;
  }
}

/** What is read here: rows as JSON, triples line by line. */
export const readable = "application/sparql-results+json, application/n-triples;q=0.9";

/** @param {number} status @returns {Trouble} */
function troubleOf(status) {
  if (status === 400) return "malformed";
  if ([413, 429, 503, 504].includes(status)) return "limit";
  return status < 500 ? "refused" : "failed";
}

/**
 * @param {string} endpoint
 * @param {string} query
 * @param {string} accept
 * @param {AbortSignal} [signal]
 * @returns {Promise<Reply>}
 * @throws {NoAnswer}
 */
export async function asked(endpoint, query, accept, signal) {
  const start = performance.now();
  try {
    const response = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ query }), headers: { accept }, signal });
    const text = await response.text();
    if (!response.ok) throw new NoAnswer(troubleOf(response.status), text.trim());
    const type = (response.headers.get("content-type") ?? "").split(";")[0].trim();
    return { type, text, bytes: new Blob([text]).size, ms: performance.now() - start };
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(signal?.aborted ? "stopped" : "away");
  }
}
