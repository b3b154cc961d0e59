// `npm run soak:rooms`: 36,000 events of each of twelve devices into a page in a real browser; `-- EVENTS` for another number.

import { numberOf } from "./words.mjs";

process.env.SOAK_EVENTS = String(numberOf("events", 36_000));
process.argv.splice(2, 1, "page/home");
await import("./test.mjs");
