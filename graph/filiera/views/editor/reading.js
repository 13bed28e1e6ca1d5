// Answers of the endpoint as rows of terms: what SELECT and ASK send as JSON, CONSTRUCT and DESCRIBE as N-Triples.

/** An RDF term, as in the JSON of SPARQL results. @typedef {{type: "uri" | "literal" | "bnode", value: string, "xml:lang"?: string, datatype?: string}} Term */

/**
 * An answer. Triples are rows of three columns.
 * @typedef {{kind: "rows" | "triples", columns: string[], rows: (Term | undefined)[][]} | {kind: "truth", value: boolean}} Answer
 */

export const xsd = "http://www.w3.org/2001/XMLSchema#";
const numeric = new Set(
  "integer decimal double float int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte"
    .split(" ")
    .map((name) => xsd + name),
);
const dated = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => xsd + name));

/**
 * @param {string} type media type
 * @param {string} text
 * @returns {Answer}
 * @throws {Error} when the text is not what its type says
 */
export function readAnswer(type, text) {
  if (type === "application/n-triples") return { kind: "triples", columns: ["subject", "predicate", "object"], rows: readTriples(text) };
  const { head, results, boolean } = JSON.parse(text);
  if (typeof boolean === "boolean") return { kind: "truth", value: boolean };
  return { kind: "rows", columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name])) };
}

const pattern = /\s*(?:<((?:[^<>\\]|\\.)*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<((?:[^<>\\]|\\.)*)>)?)/y;

/**
 * @param {string} text N-Triples
 * @returns {Term[][]}
 */
function readTriples(text) {
  const rows = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    pattern.lastIndex = 0;
    rows.push([readTerm(line), readTerm(line), readTerm(line)]);
  }
  return rows;
}

/** The next term of a line. @returns {Term} */
function readTerm(line) {
  const match = pattern.exec(line);
  if (!match) throw new Error(`This is no triple: ${line.slice(0, 200)}`);
  const [, iri, blank, literal, lang, datatype] = match;
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  const value = unescaped(literal);
  if (lang) return { type: "literal", value, "xml:lang": lang };
  return datatype ? { type: "literal", value, datatype: unescaped(datatype) } : { type: "literal", value };
}

const letters = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, letter) =>
    letter === undefined ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (letters[letter] ?? letter),
  );
}

/**
 * The number that a term is; null when it is none.
 * @param {Term | undefined} term
 */
export function numberOf(term) {
  if (term?.type !== "literal" || !numeric.has(term.datatype ?? "")) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/**
 * The moment that a term is, in milliseconds since 1970; null when it is none.
 * @param {Term | undefined} term
 */
export function momentOf(term) {
  if (term?.type !== "literal" || !dated.has(term.datatype ?? "")) return null;
  const match = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/.exec(term.value);
  if (!match) return null;
  const value = Date.parse(term.value.includes("T") ? term.value : `${match[1]}-${match[2] ?? "01"}-${match[3] ?? "01"}`);
  return Number.isFinite(value) ? value : null;
}
