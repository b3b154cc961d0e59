// `npm run soak:memory`: the memory that each row of the hostile table takes on the chip's engine, in two minutes.

process.env.MEMORY_ROWS = "all";
process.argv.splice(2, 0, "xs/memory");
await import("./test.mjs");
