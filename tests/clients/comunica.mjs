// Asks an endpoint with Comunica. Reads jobs from the standard input, one JSON object a line:
// { source, query, form, times, auth }; form says what is asked for, auth is USER:PASSWORD.
// Writes one JSON object a line: { answers } or { error }.
import { createInterface } from "node:readline";
import { QueryEngine } from "@comunica/query-sparql";

const engine = new QueryEngine();

/** @param {{ [key: string]: any }} term */
const plain = ({ termType, value, language, datatype }) => ({
  kind: termType, value, language: language ?? "", datatype: datatype?.value ?? "",
});

const ask = {
  async bindings(query, context) {
    const rows = await (await engine.queryBindings(query, context)).toArray();
    return rows.map((row) =>
      Object.fromEntries([...row].map(([name, term]) => [name.value, plain(term)])));
  },
  boolean: (query, context) => engine.queryBoolean(query, context),
  async quads(query, context) {
    const quads = await (await engine.queryQuads(query, context)).toArray();
    return quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(plain));
  },
  async count(query, context) {
    let count = 0;
    for await (const _ of await engine.queryBindings(query, context)) count += 1;
    return count;
  },
  async void(query, context) {
    await engine.queryVoid(query, { ...context, destination: context.sources[0] });
    await engine.invalidateHttpCache();
    return true;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { source, query, form, times, auth } = JSON.parse(line);
  const one = () => ask[form](query, { sources: [source], ...(auth ? { httpAuth: auth } : {}) });
  const told = await Promise.all(Array.from({ length: times }, one)).then(
    (answers) => ({ answers }),
    (error) => ({ error: error.message }),
  );
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
