// `npm run soak:page`: an hour of ten events a second into a page in a real browser; `-- MINUTES` for another time.

const [minutes = "60"] = process.argv.splice(2);
process.env.SOAK_MINUTES = minutes;
process.argv.push("page/soak");
await import("./test.mjs");
