// `npm run soak:page`: an hour of ten events a second into a page in a real browser, `-- MINUTES` for another time, from 45 on: the
// first third fills the history of 15 minutes. And a whole day of faults.

import { numberOf } from "./words.mjs";

process.env.SOAK_MINUTES = String(numberOf("minutes", 60, 45));
process.argv.splice(2, 1, "page/soak", "page/faults");
await import("./test.mjs");
