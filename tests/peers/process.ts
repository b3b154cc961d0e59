// What the programs of tools/peers/round.mjs have in common.

/** Replies to round.mjs. */
export const tell = (result: object) => process.send?.(result);

/** Of the computer's monotonic clock. */
export const nowUs = () => Number(process.hrtime.bigint() / 1000n);
