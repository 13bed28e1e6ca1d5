// Bundles the page: node bundle.mjs PAGE_FOLDER OUTPUT_FOLDER STYLE_SHEET...
// Writes app.js, app.css and packages.json, the names of the npm packages that are in app.js.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [page, output, ...styles] = process.argv.slice(2);
const packages = fileURLToPath(new URL("node_modules", import.meta.url));

const shared = {
  absWorkingDir: page,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  target: ["chrome123", "firefox121", "safari17.5"],
};

try {
  const { metafile } = await build({
    ...shared,
    entryPoints: ["app.js"],
    outfile: join(output, "app.js"),
    format: "esm",
    nodePaths: [packages],
    metafile: true,
  });
  await build({
    ...shared,
    stdin: {
      contents: styles.map((path) => `@import "./${path}";\n`).join(""),
      loader: "css",
      resolveDir: page,
    },
    outfile: join(output, "app.css"),
  });
  const names = Object.keys(metafile.inputs).map((path) => path.split("node_modules/")[1]?.split("/")[0]);
  writeFileSync(join(output, "packages.json"), JSON.stringify([...new Set(names)].filter(Boolean).sort()));
} catch {
  process.exit(1); // esbuild has said why
}
