// `npm run soak:access`: a minute of strangers who try passwords from 17 addresses; `-- SECONDS` for another time.

import { numberOf } from "./words.mjs";

process.env.SOAK_SECONDS = String(numberOf("seconds", 60));
process.argv.splice(2, 1, "e2e/access");
await import("./test.mjs");
