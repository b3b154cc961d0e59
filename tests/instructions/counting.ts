// What the tests of tools/instructions have in common.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @returns The module `name` of tools/instructions. */
export const load = (name: string) => import(pathToFileURL(join("tools/instructions", name)).href);

const { noCount } = await load("count.mjs");
const reason: string | undefined = noCount();
if (reason && process.env.CI) throw new Error(`CI needs what counts instructions: ${reason}`);

/** Why nothing can be counted here; else `false`. */
export const skip = reason ?? false;
