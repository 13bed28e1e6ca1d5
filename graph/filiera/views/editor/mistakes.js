// Words for what the grammar expects, from the names that it has for it.

import { say } from "../page/language.js";

const most = 6;

/** @type {Record<string, string>} */
const terminals = {
  VAR1: "?x",
  VAR2: "$x",
  IRI_REF: "<…>",
  PNAME_LN: "fil:…",
  PNAME_NS: "fil:",
  BLANK_NODE_LABEL: "_:x",
  ANON: "[]",
  NIL: "()",
  INTEGER: "1",
  DECIMAL: "1.5",
  STRING_LITERAL1: "'…'",
  STRING_LITERAL2: '"…"',
  LANGTAG: "@it",
};

/** What of it tells little, after what is told of it already. */
const alike = /^(?:VAR2|PNAME_NS|BLANK_NODE_LABEL|ANON|NIL|DECIMAL|DOUBLE|STRING_LITERAL(?:1|_LONG\w*)|(?:INTEGER|DECIMAL|DOUBLE)_(?:POSITIVE|NEGATIVE))$/;

/**
 * A sentence on what could stand there; empty when nobody can say.
 * @param {string[]} names as the grammar has them
 */
export function expectedHere(names) {
  const told = [...new Set(names.filter((name) => !alike.test(name) && name !== "$").map((name) => terminals[name] ?? name))];
  // Names and words tell more than signs.
  told.sort((a, b) => Number(/\w/.test(b)) - Number(/\w/.test(a)));
  if (told.length === 0) return "";
  const rest = told.length > most ? " …" : "";
  return ` ${say("mistakeExpected", { what: told.slice(0, most).join("  ") + rest })}`;
}
