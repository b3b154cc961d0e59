// `npm start`: builds what is needed, then is the desktop host itself, in this process.

import * as esbuild from "esbuild";
import { buildPage } from "./build.mjs";
import { compile } from "./compile.mjs";

process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));

await Promise.all([compile("modules"), buildPage()]);
await esbuild.stop();

// The file is made by the line above: types of it are checked with its source.
const main = "../build/node/modules/platform/node/main.js";
await (await import(main)).main(process.argv.slice(2));
