// `npm run soak:page`: an hour of ten events a second into a page in a real browser; `-- MINUTES` for another time.

import { numberOf } from "./words.mjs";

process.env.SOAK_MINUTES = String(numberOf("minutes", 60));
process.argv.splice(2, 1, "page/soak");
await import("./test.mjs");
