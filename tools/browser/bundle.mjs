// Bundles the pages: node bundle.mjs OUTPUT_FOLDER < PARTS
// PARTS is JSON, {"folder": …, "scripts": {"app.js": "page/app.js"}, "styles": {"app.css": […]}};
// what it names lies in the folder, or is a file of a package. Writes the scripts, the styles and
// packages.json: of each script, the npm packages that are in it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [output] = process.argv.slice(2);
const parts = JSON.parse(readFileSync(0, "utf8"));
const packages = fileURLToPath(new URL("node_modules", import.meta.url));

const shared = {
  absWorkingDir: parts.folder,
  nodePaths: [packages],
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  target: ["chrome123", "firefox121", "safari17.5"],
};

try {
  const inside = {};
  for (const [name, entry] of Object.entries(parts.scripts)) {
    const { metafile } = await build({
      ...shared,
      entryPoints: [entry],
      outfile: join(output, name),
      format: "esm",
      metafile: true,
    });
    inside[name] = withTheirs(Object.keys(metafile.inputs).map(packageOf));
  }
  for (const [name, entries] of Object.entries(parts.styles)) {
    await build({
      ...shared,
      stdin: {
        contents: entries.map((entry) => `@import "${entry}";\n`).join(""),
        loader: "css",
        resolveDir: parts.folder,
      },
      outfile: join(output, name),
    });
  }
  writeFileSync(join(output, "packages.json"), JSON.stringify(inside));
} catch {
  process.exit(1); // esbuild has said why
}

/** The package that a file belongs to; nothing for one of ours. */
function packageOf(path) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** The packages and those that they need: one that comes in a single file has these inside. */
function withTheirs(names) {
  const found = new Set(names.filter(Boolean));
  for (const name of found) {
    const { dependencies } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
    for (const other of Object.keys(dependencies ?? {})) found.add(other);
  }
  return [...found].sort();
}
