// Asking the server: one answer at a time, each kept, and what went wrong told apart.

/** @typedef {"refused" | "unknown" | "limit" | "slow" | "away"} Trouble */

/** No query of the server runs longer than this, whatever its limit. */
const patience = 60_000;

/** An answer that could not be had, and why. */
export class NoAnswer extends Error {
  /**
   * @param {Trouble} trouble
   * @param {string} said what the server says of it
   */
  constructor(trouble, said = "") {
    super(said);
    this.trouble = trouble;
  }
}

/** @type {Map<string, Promise<any>>} by address */
const kept = new Map();

/** The question that waits for its answer. @type {{address: string, controller: AbortController} | null} */
let running = null;

/**
 * The JSON at an address of the server; an earlier question that still waits is given up.
 * @param {string} address
 * @returns {Promise<any>}
 * @throws {NoAnswer}
 */
export function ask(address) {
  if (running?.address !== address) stopAsking();
  const before = kept.get(address);
  if (before) return before;
  const controller = new AbortController();
  running = { address, controller };
  const answer = fetched(address, controller).finally(() => {
    if (running?.controller === controller) running = null;
  });
  kept.set(address, answer);
  answer.catch(() => {
    if (kept.get(address) === answer) kept.delete(address);
  });
  return answer;
}

/** Gives up the question that waits. */
export function stopAsking() {
  if (running === null) return;
  kept.delete(running.address);
  running.controller.abort("another");
  running = null;
}

/**
 * @param {string} address
 * @param {AbortController} controller
 */
async function fetched(address, controller) {
  const timer = setTimeout(() => controller.abort("slow"), patience);
  try {
    const response = await fetch(address, { signal: controller.signal, headers: { accept: "application/json" } });
    if (response.ok) return await response.json();
    throw new NoAnswer(troubleOf(response.status), (await response.text()).trim());
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(controller.signal.reason === "slow" ? "slow" : "away");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {number} status
 * @returns {Trouble}
 */
function troubleOf(status) {
  if (status === 404) return "unknown";
  if (status === 503 || status === 504) return "limit";
  return status < 500 ? "refused" : "away";
}

/**
 * What a name may mean, as the server knows it; nothing when it cannot be asked.
 * @param {string} server
 * @param {string} type
 * @param {string} typed
 * @param {string} lang
 * @returns {Promise<{id: string, label: string}[]>}
 */
export async function namesLike(server, type, typed, lang) {
  const query = new URLSearchParams({ type, q: typed, lang });
  try {
    const response = await fetch(`${server}names?${query}`, { signal: AbortSignal.timeout(10_000) });
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}
